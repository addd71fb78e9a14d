/** The page on which the provider asks who somebody is; `asked` goes along unseen. */
export function signInPage(asked: URLSearchParams, problem: string | null): string {
  const hidden = [...asked].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  return `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Annuaire des agents</title>
<h1>Annuaire des agents (essai)</h1>${problem === null ? '' : `<p role="alert">${escaped(problem)}</p>`}
<form method="post">${hidden.join('')}<label>Identifiant <input name="user"></label>
<label>Mot de passe <input name="password" type="password"></label><button type="submit">Se connecter</button></form></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
