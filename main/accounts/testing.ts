import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of a small server: by `METHOD /path`, a value is sent as JSON, a text as a web page. */
export type Answers = Record<
  string,
  (request: IncomingMessage, body: string) => { status?: number; json?: unknown; html?: string }
>;

/** A real server on this machine that answers as told; for tests. */
export async function serveAnswers(
  answers: Answers,
): Promise<{ url: string; host: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => void respond(answers, request, response)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => server.once('listening', resolve));
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, close: () => closed(server) };
}

async function respond(answers: Answers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await request.toArray()).map(String).join('');
  const path = request.url?.split('?')[0] ?? '';
  const answer = answers[`${request.method} ${path}`]?.(request, body) ?? {
    status: 404,
    json: { errcode: 'M_UNRECOGNIZED' },
  };
  const isPage = answer.html !== undefined;
  response.writeHead(answer.status ?? 200, { 'content-type': isPage ? 'text/html' : 'application/json' });
  response.end(isPage ? answer.html : JSON.stringify(answer.json));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
