import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Nextcloud } from './index.ts';
import { clientOf, openTestServer } from './testing.ts';

const startSchema = z.object({
  poll: z.object({ token: z.string(), endpoint: z.string() }),
  login: z.string(),
});
const grantedSchema = z.object({ server: z.string(), loginName: z.string(), appPassword: z.string() });

/** A browser that follows redirects, keeps cookies and sends the one form of a page. */
function openBrowser() {
  const cookies = new Map<string, string>();
  const visit = async (
    url: string,
    form?: Record<string, string>,
  ): Promise<{ url: string; html: string; status: number }> => {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: {
        Accept: 'text/html',
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      redirect: 'manual',
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) return visit(new URL(location, url).href);
    return { url, html: await response.text(), status: response.status };
  };
  return {
    visit,
    send: (page: { url: string; html: string }, filled: Record<string, string>) => {
      const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? '';
      const hidden = [...page.html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      const fields = Object.fromEntries(
        hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
      );
      return visit(new URL(action, page.url).href, { ...fields, ...filled });
    },
  };
}

async function startFlow(server: Nextcloud) {
  const response = await fetch(`${server.url}/index.php/login/v2`, {
    method: 'POST',
    headers: { 'User-Agent': 'Traboule <1>' },
  });
  return startSchema.parse(await response.json());
}

const poll = (flow: z.infer<typeof startSchema>) =>
  fetch(flow.poll.endpoint, { method: 'POST', body: new URLSearchParams({ token: flow.poll.token }) });

async function signInTo(flow: z.infer<typeof startSchema>, password: string) {
  const browser = openBrowser();
  const picker = await browser.visit(flow.login);
  const toLogin = /class="button" href="([^"]+)"/.exec(picker.html)?.[1] ?? '';
  const form = await browser.visit(new URL(toLogin, picker.url).href);
  return { browser, picker, page: await browser.send(form, { user: 'nadia', password }) };
}

describe('the login flow in a browser', () => {
  it('gives the client an app password once the person agreed', async () => {
    await using test = await openTestServer();
    const flow = await startFlow(test.server);
    expect((await poll(flow)).status).toBe(404);
    const { browser, picker, page } = await signInTo(flow, 'nadia secret');
    expect(picker.html).toContain('Traboule &lt;1&gt;');
    expect(page.html).toContain('Nadia Benali');
    const done = await browser.send(page, {});
    expect(done.html).toContain('Vous pouvez fermer cette fenêtre');

    const granted = grantedSchema.parse(await (await poll(flow)).json());
    expect(granted).toMatchObject({ server: test.server.url, loginName: 'nadia' });
    expect(granted.appPassword).toMatch(/^[A-Za-z0-9]{72}$/);
    expect((await poll(flow)).status).toBe(404);

    const call = clientOf(test.server, 'nadia', granted.appPassword);
    const user = await call('GET', '/ocs/v2.php/cloud/user?format=json', {
      headers: { 'OCS-APIRequest': 'true' },
    });
    expect(user.text).toContain('"id":"nadia"');
    const revoked = await call('DELETE', '/ocs/v2.php/core/apppassword', {
      headers: { 'OCS-APIRequest': 'true' },
    });
    expect(revoked.status).toBe(200);
    expect((await call('PROPFIND', '')).status).toBe(401);
  });

  it('lets a wrong password be tried again', async () => {
    await using test = await openTestServer();
    const flow = await startFlow(test.server);
    const { browser, page } = await signInTo(flow, 'not it');
    expect(page.html).toContain('Nom ou mot de passe incorrect');
    const grant = await browser.send(page, { user: 'nadia', password: 'nadia secret' });
    await browser.send(grant, {});
    expect((await poll(flow)).status).toBe(200);
  });

  it('refuses a grant with a guessed state or from another browser', async () => {
    await using test = await openTestServer();
    const flow = await startFlow(test.server);
    const { browser, page } = await signInTo(flow, 'nadia secret');
    expect((await browser.send(page, { stateToken: 'guessed' })).status).toBe(403);
    expect((await browser.send(page, { requesttoken: 'guessed' })).status).toBe(403);
    expect((await openBrowser().send(page, {})).status).toBe(403);
    expect((await poll(flow)).status).toBe(404);
  });

  it('never sends the browser to another server', async () => {
    await using test = await openTestServer();
    const browser = openBrowser();
    const evil = encodeURIComponent('//evil.example/');
    const form = await browser.visit(`${test.server.url}/index.php/login?redirect_url=${evil}`);
    const after = await browser.send(form, { user: 'nadia', password: 'nadia secret' });
    expect(new URL(after.url).origin).toBe(test.server.url);
  });
});
