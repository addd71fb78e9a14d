/**
 * A stand-in for a Jitsi Meet server, for the demo and the tests: the IFrame API, conference pages in
 * which people really see each other, a lobby. It says on its face that it is not Jitsi Meet.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { makePages } from './pages.ts';
import type { ConferenceSnapshot } from './room.ts';
import { serveSignalling } from './signalling.ts';

export type JitsiOptions = {
  /** A free one when left out. */
  port?: number;
  /** Key and certificate, PEM; see ../tls/authority.ts. */
  tls: { key: string; cert: string };
  /** New conferences start with the lobby on: the first to come lets the others in. */
  lobby?: boolean;
  /** What `/.well-known/element/jitsi` says: nothing (404) or that a token is asked for. */
  auth?: 'none' | 'openidtoken-jwt';
};

/** `host` goes where a conference domain is asked for; `conferences` tells who is in and what arrives. */
export type Jitsi = {
  url: string;
  host: string;
  conferences: () => ConferenceSnapshot[];
  stop: () => Promise<void>;
};

const WELL_KNOWN = '/.well-known/element/jitsi';
/** As a real Jitsi: it may be framed and its script fetched from anywhere. Never HSTS: that would hold for
 * every port of localhost, and the other servers of the demo speak http. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
};

/** Starts it on loopback. `stop` ends every conference and connection. */
export async function startJitsi({
  port = 0,
  tls,
  lobby = false,
  auth = 'none',
}: JitsiOptions): Promise<Jitsi> {
  const { conference, byPath } = await makePages();
  const server = createServer(tls, (request, response) => {
    const path = new URL(request.url ?? '/', 'https://localhost').pathname;
    if (path === WELL_KNOWN) return answerWellKnown(response, auth);
    const page = byPath.get(path) ?? (/^\/[^/]+$/.test(path) ? conference : undefined);
    if (!page || !isRead(request)) return answer(response, page ? 405 : 404, 'text/plain', '');
    answer(response, 200, page.type, page.body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const host = `localhost:${portOf(server)}`;
  const url = `https://${host}`;
  const signalling = serveSignalling(server, { lobby, tokenRequired: auth !== 'none', origin: url });
  return {
    url,
    host,
    conferences: signalling.conferences,
    stop: async () => {
      signalling.stop();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answerWellKnown(response: ServerResponse, auth: 'none' | 'openidtoken-jwt'): void {
  if (auth === 'none') answer(response, 404, 'text/plain', '');
  else answer(response, 200, 'application/json', JSON.stringify({ auth }));
}

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type }).end(body);
}

function isRead(request: IncomingMessage): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}
