import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openReturnAddress, type ReturnAddress } from './return-address.ts';

const WORDS = { language: 'fr', title: 'Vous pouvez revenir à « T & <T> »', text: 'Fermez cette page.' };
const opened: ReturnAddress[] = [];
const open = async (givesUpAfterMs = 60_000) => {
  const back = await openReturnAddress(() => WORDS, givesUpAfterMs);
  opened.push(back);
  return back;
};
afterEach(() => {
  for (const back of opened.splice(0)) back.close();
});

/** Whether nobody has come yet. */
async function isWaiting({ token }: ReturnAddress): Promise<boolean> {
  return (await Promise.race([token, Promise.resolve(null)])) === null;
}

/** A request as no browser would write it; answers the first line of what came back. */
function raw(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('the address that a browser comes back to', () => {
  it('takes the token that it brings, once', async () => {
    const back = await open();
    expect(back.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
    const answer = await fetch(`${back.url}?loginToken=abc%2B1`);
    expect(await back.token).toBe('abc+1');
    expect(answer.status).toBe(200);
    await answer.text();
    expect((await fetch(`${back.url}?loginToken=other`)).status).toBe(404);
    expect(await back.token).toBe('abc+1');
  });

  it('answers a page in the person’s language that runs, keeps and sends nothing', async () => {
    const back = await open();
    const answer = await fetch(`${back.url}?loginToken=abc`);
    const page = await answer.text();
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('<h1>Vous pouvez revenir à « T &amp; &lt;T> »</h1>');
    expect(page).not.toMatch(/<script|abc|https?:/);
    const headers = Object.fromEntries(answer.headers);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is never the same', async () => {
    const urls = await Promise.all([open(), open(), open()]);
    expect(new Set(urls.map(({ url }) => new URL(url).pathname)).size).toBe(3);
  });

  it.each([
    ['another path', (url: string) => [new URL('/?loginToken=evil', url).href, {}] as const],
    ['a path that is nearly right', (url: string) => [`${url.slice(0, -1)}_?loginToken=evil`, {}] as const],
    ['a longer path', (url: string) => [`${url}/x?loginToken=evil`, {}] as const],
    ['no token', (url: string) => [url, {}] as const],
    ['an empty token', (url: string) => [`${url}?loginToken=`, {}] as const],
    ['two tokens', (url: string) => [`${url}?loginToken=a&loginToken=b`, {}] as const],
    ['a token without end', (url: string) => [`${url}?loginToken=${'a'.repeat(5000)}`, {}] as const],
    ['another method', (url: string) => [`${url}?loginToken=evil`, { method: 'POST' }] as const],
    ['a look only', (url: string) => [`${url}?loginToken=evil`, { method: 'HEAD' }] as const],
  ])('is not changed by a request with %s', async (_, requestOf) => {
    const back = await open();
    const answer = await fetch(...requestOf(back.url));
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
    expect(await isWaiting(back)).toBe(true);
    await fetch(`${back.url}?loginToken=right`);
    expect(await back.token).toBe('right');
  });

  it('is not found by another name that leads here, nor by a request that is none', async () => {
    const back = await open();
    const path = new URL(back.url).pathname;
    const request = (host: string) => `GET ${path}?loginToken=evil HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    expect(await raw(back.url, request('rebound.example'))).toBe('HTTP/1.1 404 Not Found');
    expect(await raw(back.url, request('localhost'))).toBe('HTTP/1.1 404 Not Found');
    expect(await raw(back.url, 'nonsense\r\n\r\n')).toBe('HTTP/1.1 400 Bad Request');
    expect(await isWaiting(back)).toBe(true);
  });

  it('is there on this machine’s own address only', async () => {
    const back = await open();
    const { port } = new URL(back.url);
    await expect(fetch(`http://[::1]:${port}/`)).rejects.toThrow('fetch failed');
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow('fetch failed');
  });

  it('takes nobody once it was closed or nobody came in time, and keeps its port from others who would', async () => {
    const closed = await open();
    closed.close();
    await expect(closed.token).rejects.toMatchObject({ about: 'cancelled.request' });
    const late = await open(20);
    await expect(late.token).rejects.toMatchObject({ about: 'timeout.browser' });
    for (const { url } of [closed, late]) {
      expect((await fetch(`${url}?loginToken=late`)).status).toBe(404);
      const other = createServer().listen(Number(new URL(url).port), '127.0.0.1');
      await expect(once(other, 'listening')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    }
  });

  it('is opened by a link that leads to a page once, without saying where from', async () => {
    const back = await open();
    const follow = (link: string) => fetch(link, { redirect: 'manual' });
    const link = back.linkTo('https://chat.example/login?to=here');
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(404);
    const answer = await follow(link);
    expect(answer.status).toBe(302);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: 'https://chat.example/login?to=here',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect((await follow(link)).status).toBe(404);
    const unused = back.linkTo('https://chat.example/login');
    back.close();
    expect((await follow(unused)).status).toBe(404);
  });
});
