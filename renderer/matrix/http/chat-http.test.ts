import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ChatHttp, createChatHttp } from './chat-http.ts';

let server: Server;
let http: ChatHttp;
let answers: { readonly status: number; readonly body: string }[];
let asked: number;
let signedOut: number;

beforeEach(async () => {
  answers = [];
  asked = 0;
  signedOut = 0;
  server = createServer((_request, response) => {
    asked += 1;
    const { status, body } = answers.shift() ?? { status: 200, body: '{}' };
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const onSignedOut = (): void => {
    signedOut += 1;
  };
  http = createChatHttp({
    serverUrl: `http://127.0.0.1:${address.port}/`,
    accessToken: 't',
    fetch,
    onSignedOut,
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test('an answer that is no JSON, as of a hotel’s network, is a line that is not there', async () => {
  answers = [
    { status: 200, body: '<html>Bienvenue</html>' },
    { status: 503, body: '<html>' },
  ];
  await expect(http.json('GET', '/a')).rejects.toMatchObject({ code: 'offline' });
  await expect(http.json('GET', '/a')).rejects.toMatchObject({ code: 'offline', detail: 'HTTP 503' });
});

test('after the session ended nothing is sent any more', async () => {
  answers = [{ status: 401, body: '{"errcode":"M_UNKNOWN_TOKEN","soft_logout":true}' }];
  await expect(http.json('GET', '/a')).rejects.toMatchObject({ code: 'signed-out' });
  await expect(http.json('GET', '/a')).rejects.toMatchObject({ code: 'signed-out' });
  expect({ asked, signedOut }).toEqual({ asked: 1, signedOut: 1 });
});

test('whoever asks can end the waiting', async () => {
  const controller = new AbortController();
  controller.abort();
  await expect(http.json('GET', '/a', { signal: controller.signal })).rejects.toMatchObject({
    code: 'offline',
    detail: 'aborted',
  });
});
