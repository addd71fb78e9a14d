import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ensureAuthority } from '../../e2e/stack/tls/authority.ts';
import { ask, expectJson } from './answers.ts';
import { createHttp, isSafeTransport } from './http.ts';
import { describeFailure, HttpError } from './http-error.ts';

const http = createHttp(fetch);
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/slow') return;
    if (request.url === '/away') response.writeHead(302, { location: '/x' }).end();
    else if (request.url === '/endless') Readable.from(endless()).pipe(response);
    else if (request.url === '/accents') response.end('é'.repeat(40_000));
    else if (request.url === '/html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    else
      response
        .writeHead(404, { 'set-cookie': 'a=b', 'x-cookie': request.headers.cookie ?? 'none' })
        .end('{"n":1}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function* endless(): Generator<string> {
  for (;;) yield 'x'.repeat(1_000_000);
}

describe('http', () => {
  it('takes any answer for an answer and keeps no cookie', async () => {
    expect(await http({ url: `${base}/x` })).toMatchObject({ status: 404, text: '{"n":1}' });
    expect((await http({ url: `${base}/x` })).headers.get('x-cookie')).toBe('none');
    // Node keeps none by itself; Electron's fetch does unless it is told.
    const seen: (string | undefined)[] = [];
    const asked = createHttp((url, init) => {
      seen.push(init.credentials);
      return fetch(url, init);
    });
    await asked({ url: `${base}/x` });
    expect(seen).toEqual(['omit']);
  });

  it('reads no answer without end', async () => {
    await expect(http({ url: `${base}/endless` })).rejects.toMatchObject({ failure: 'too-large' });
    expect((await http({ url: `${base}/accents` })).text).toBe('é'.repeat(40_000));
  });

  it('gives up after its time, or when told', async () => {
    await expect(http({ url: `${base}/slow`, timeoutMs: 50 })).rejects.toMatchObject({ failure: 'timeout' });
    const abort = new AbortController();
    const answer = http({ url: `${base}/slow`, signal: abort.signal });
    abort.abort();
    await expect(answer).rejects.toMatchObject({ failure: 'cancelled' });
  });

  it('follows a redirect only with nothing secret in hand', async () => {
    const authorization = 'Bearer x';
    expect(await http({ url: `${base}/away` })).toMatchObject({ status: 404, url: `${base}/x` });
    for (const secret of [{ method: 'POST', body: 'password' }, { headers: { authorization } }]) {
      await expect(http({ url: `${base}/away`, ...secret })).rejects.toMatchObject({
        failure: 'unreachable',
      });
    }
  });

  it('never speaks in the clear to another machine, not even when sent there', async () => {
    await expect(http({ url: 'http://chat.example/' })).rejects.toMatchObject({ failure: 'insecure' });
    expect(isSafeTransport('https://chat.example')).toBe(true);
    expect(isSafeTransport('http://localhost:8008')).toBe(true);
    expect(isSafeTransport('http://127.0.0.1.evil.example')).toBe(false);
    expect(isSafeTransport('http://10.0.0.1')).toBe(false);
  });

  it('tells an expired certificate from a server that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tls-'));
    const authority = await ensureAuthority(folder);
    const expired = await authority.issue({ hosts: ['localhost'], expired: true });
    const tls = createTlsServer(expired, (_request, response) => response.end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => tls.once('listening', resolve));
    // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address
    const { port } = tls.address() as AddressInfo;
    await expect(http({ url: `https://localhost:${port}/` })).rejects.toMatchObject({
      failure: 'certificate',
    });
    await new Promise((resolve) => tls.close(resolve));
    await expect(http({ url: `https://localhost:${port}/` })).rejects.toMatchObject({
      failure: 'unreachable',
    });
    await rm(folder, { recursive: true });
  });

  it("reads Chromium's codes as well", () => {
    const of = (message: string) => describeFailure(new Error(message), false, false);
    expect(of('net::ERR_CERT_DATE_INVALID')).toBe('certificate');
    expect(of('net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED')).toBe('own-certificate');
    expect(of('net::ERR_INTERNET_DISCONNECTED')).toBe('offline');
    expect(of('net::ERR_NAME_NOT_RESOLVED')).toBe('unreachable');
  });
});

describe('answers', () => {
  const Numbers = z.object({ n: z.number() });

  it('become errors the person can read', async () => {
    const failing = (failure: 'offline' | 'certificate') => () => Promise.reject(new HttpError(failure));
    await expect(ask(failing('offline'), 'chat', { url: base })).rejects.toMatchObject({
      about: 'offline.network',
    });
    await expect(ask(failing('certificate'), 'files', { url: 'https://x.example/a' })).rejects.toMatchObject({
      about: 'certificate.files',
      details: { host: 'x.example' },
    });
  });

  it('of another kind are no server of ours', async () => {
    expect(expectJson(await http({ url: `${base}/x` }), 'chat', Numbers)).toEqual({ n: 1 });
    const html = await http({ url: `${base}/html` });
    expect(() => expectJson(html, 'chat', Numbers)).toThrow('not-a-server.chat');
  });
});
