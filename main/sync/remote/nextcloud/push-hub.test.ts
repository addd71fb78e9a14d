import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atDesk } from '../../conduct.ts';
import { newPushHub } from '../../default-ports.ts';
import type { Hint } from '../../ports/hints.ts';

/** What RFC 6455 (section 1.3) has a server append to the key. */
const appendix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** `authenticated` in one unmasked frame of text. */
const authenticated = Buffer.from('\x81\x0dauthenticated', 'latin1');

let server: Server;
let url: string;
let sockets: Duplex[];

/** A server that offers push and, once it has greeted, answers nothing more: not even that the connection is to end. */
beforeEach(async () => {
  sockets = [];
  server = createServer((_, answer) => {
    const endpoints = { websocket: `${url.replace('http', 'ws')}/push` };
    answer.end(JSON.stringify({ ocs: { data: { capabilities: { notify_push: { endpoints } } } } }));
  });
  server.on('upgrade', ({ headers }, socket) => {
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${appendix}`).digest('base64');
    const head = ['HTTP/1.1 101 -', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
    socket.write(authenticated);
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
