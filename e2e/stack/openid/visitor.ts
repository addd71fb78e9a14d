/** A page that a visitor sees, and where it stands. */
export interface Page {
  readonly url: string;
  readonly text: string;
}

/**
 * Does what a person does in their browser on the pages of the chat server and of the provider: signs in where they are asked
 * who they are, goes on where the server asks whether they want to. Answers the page where that ends, or a link that leads to
 * `until`, which is not followed.
 */
export async function visitAs(
  person: { readonly name: string; readonly password: string },
  address: string,
  until?: string,
): Promise<Page> {
  const cookies = new Map<string, string>();
  let page = await load(cookies, address);
  for (;;) {
    const next = /class="primary-button"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*class="primary-button"/.exec(
      page.text,
    );
    const link = next?.[1] ?? next?.[2];
    if (page.text.includes('name="password"')) page = await signIn(cookies, page, person);
    else if (link === undefined) return page;
    else {
      const url = new URL(unescaped(link), page.url).href;
      if (until !== undefined && url.startsWith(until)) return { url, text: '' };
      page = await load(cookies, url);
    }
  }
}

async function signIn(
  cookies: Map<string, string>,
  { url, text }: Page,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<Page> {
  const hidden = [...text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(hidden.map(([, key = '', value = '']) => [key, unescaped(value)]));
  form.set('user', name);
  form.set('password', password);
  const page = await load(cookies, url, form);
  if (page.text.includes('role="alert"')) throw new Error('the provider refused the password');
  return page;
}

async function load(cookies: Map<string, string>, address: string, form?: URLSearchParams): Promise<Page> {
  const response = await fetch(address, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    ...(form ? { body: form } : {}),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = cookie.split(';')[0]?.split(/=(.*)/) ?? [];
    cookies.set(name, value);
  }
  const next = response.headers.get('location');
  return next === null
    ? { url: address, text: await response.text() }
    : load(cookies, new URL(next, address).href);
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&');
}
