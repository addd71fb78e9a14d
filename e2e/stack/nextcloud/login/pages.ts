/** The pages of the login flow: plain forms in French with English below, for a person or a script. */
import { escapeXml } from '../dav/xml-write.ts';

interface Text {
  readonly fr: string;
  readonly en: string;
}

const style = `
body{font:1.05rem/1.5 system-ui,sans-serif;background:#1d3f5e;color:#16222c;margin:0;display:grid;place-items:center;min-height:100vh}
main{background:#fff;border-radius:12px;padding:2rem;max-width:26rem;width:calc(100% - 4rem)}
h1{font-size:1.3rem;margin:0 0 1rem}[lang=en]{color:#54636e;display:block;font-size:.88em}
button [lang=en],.button [lang=en]{color:inherit}
label{display:block;margin:1rem 0 .25rem}input{font:inherit;padding:.5rem;width:100%;box-sizing:border-box}
button,.button{font:inherit;display:inline-block;margin-top:1.25rem;padding:.6rem 1.2rem;border:0;border-radius:8px;background:#00679e;color:#fff;text-decoration:none;text-align:center;cursor:pointer}
.problem{color:#a3262f}footer{margin-top:1.5rem;font-size:.8em;color:#54636e}`;

const bilingual = ({ fr, en }: Text) => `${escapeXml(fr)}<span lang="en">${escapeXml(en)}</span>`;
const hidden = (name: string, value: string) =>
  `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;

function page(title: Text, requestToken: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="fr">
<head data-requesttoken="${escapeXml(requestToken)}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title.fr)} – Nextcloud</title><style>${style}</style>
</head>
<body><main>
<h1>${bilingual(title)}</h1>
${body}
<footer>${bilingual({ fr: 'Serveur d’essai, compatible Nextcloud', en: 'Test server that stands in for Nextcloud' })}</footer>
</main></body>
</html>
`;
}

/** Who is asking, and the way to sign in (01/34). */
export function pickerPage(client: string, requestToken: string, grantPath: string): string {
  const text = {
    fr: `Vous allez autoriser « ${client} » à accéder à votre compte.`,
    en: `You are about to give “${client}” access to your account.`,
  };
  return page(
    { fr: 'Connexion au compte', en: 'Connect to your account' },
    requestToken,
    `<p>${bilingual(text)}</p>
<a class="button" href="${escapeXml(grantPath)}">${bilingual({ fr: 'Se connecter', en: 'Log in' })}</a>`,
  );
}

/** The login form. */
export function loginPage(requestToken: string, redirect: string, failed: boolean): string {
  const problem = { fr: 'Nom ou mot de passe incorrect.', en: 'Wrong login or password.' };
  return page(
    { fr: 'Se connecter', en: 'Log in' },
    requestToken,
    `${failed ? `<p class="problem" role="alert">${bilingual(problem)}</p>` : ''}
<form method="post" action="/index.php/login">
${hidden('requesttoken', requestToken)}${hidden('redirect_url', redirect)}
<label for="user">${bilingual({ fr: 'Nom du compte ou adresse', en: 'Account name or email' })}</label>
<input id="user" name="user" autocomplete="username" required autofocus>
<label for="password">${bilingual({ fr: 'Mot de passe', en: 'Password' })}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">${bilingual({ fr: 'Continuer', en: 'Continue' })}</button>
</form>`,
  );
}

/** The question itself (01/37). */
export function grantPage(
  client: string,
  displayName: string,
  requestToken: string,
  stateToken: string,
): string {
  const text = {
    fr: `Autoriser « ${client} » à accéder au compte de ${displayName} ?`,
    en: `Give “${client}” access to the account of ${displayName}?`,
  };
  return page(
    { fr: 'Accès au compte', en: 'Account access' },
    requestToken,
    `<p>${bilingual(text)}</p>
<form method="post" action="/index.php/login/v2/grant">
${hidden('requesttoken', requestToken)}${hidden('stateToken', stateToken)}
<button type="submit">${bilingual({ fr: 'Autoriser l’accès', en: 'Grant access' })}</button>
</form>`,
  );
}

/** All is done (01/38). */
export function donePage(requestToken: string): string {
  const text = { fr: 'Vous pouvez fermer cette fenêtre.', en: 'You can close this window.' };
  return page({ fr: 'Compte connecté', en: 'Account connected' }, requestToken, `<p>${bilingual(text)}</p>`);
}

/** A page for what went wrong. */
export function problemPage(title: Text): string {
  return page(title, '', '');
}
