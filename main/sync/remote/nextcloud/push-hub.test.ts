import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atDesk } from '../../conduct.ts';
import { newPushHub } from '../../default-ports.ts';
import { throwIfAborted } from '../../model/failures.ts';
import type { Hint } from '../../ports/hints.ts';
import { PushHub } from './push-hub.ts';

/** What RFC 6455 (section 1.3) has a server append to the key. */
const appendix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** `authenticated` in one unmasked frame of text. */
const authenticated = Buffer.from('\x81\x0dauthenticated', 'latin1');

let server: Server;
let url: string;
let sockets: Duplex[];
/** What the server does otherwise in a test. */
let habits: { status: number; fragment: string; isShort: boolean };

/** A server that offers push and, once it has greeted, answers nothing more: not even that the connection is to end. */
beforeEach(async () => {
  sockets = [];
  habits = { status: 200, fragment: '', isShort: false };
  server = createServer((_, answer) => {
    const endpoints = { websocket: `${url.replace('http', 'ws')}/push${habits.fragment}` };
    answer.statusCode = habits.status;
    answer.end(JSON.stringify({ ocs: { data: { capabilities: { notify_push: { endpoints } } } } }));
  });
  server.on('upgrade', ({ headers }, socket) => {
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${appendix}`).digest('base64');
    const head = ['HTTP/1.1 101 -', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
    if (habits.isShort) socket.end(authenticated);
    else socket.write(authenticated);
    sockets.push(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
});

test('a connection that is dead and does not know keeps neither a new one nor the end waiting', async () => {
  const hub = newPushHub();
  const heard: Hint[] = [];
  const remote = { url, user: 'ana', password: '-', rootPath: '/' };
  const close = hub.hints(remote).watch((hint) => heard.push(hint));
  await vi.waitFor(() => expect(heard).toEqual(['live']));
  hub.follow({ ...atDesk.surroundings, network: { kind: 'online', line: 'another' } });
  await vi.waitFor(() => expect(heard).toEqual(['live', 'lost', 'live']), 5000);
  await close();
});

/** Listens until it rested so many times; gives how long each time, in ms. */
async function restsOf(most: number): Promise<readonly number[]> {
  const rests: number[] = [];
  const sleep = (ms: number, signal: AbortSignal): Promise<void> => {
    throwIfAborted(signal);
    rests.push(ms);
    if (rests.length < most) return Promise.resolve();
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    });
  };
  const hub = new PushHub({
    clock: { now: () => 0, sleep },
    random: { hex: () => '', fraction: () => 0.5 },
  });
  const close = hub.hints({ url, user: 'ana', password: '-', rootPath: '/' }).watch(() => undefined);
  await vi.waitFor(() => expect(rests).toHaveLength(most));
  await close();
  return rests;
}

test('a connection that ends as soon as it is made is made again later each time', async () => {
  habits.isShort = true;
  expect(await restsOf(4)).toEqual([2000, 4000, 8000, 16_000]);
});

test('a password that is refused is not sent again and again', async () => {
  habits.status = 401;
  expect(await restsOf(1)).toEqual([3_600_000]);
});

test('an address that is none for push is not tried', async () => {
  habits.fragment = '#here';
  expect(await restsOf(1)).toEqual([3_600_000]);
});
