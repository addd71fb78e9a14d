import { once } from 'node:events';
import { createServer } from 'node:http';

/** Somebody else's server, to which nobody must be led: every request that reaches it is an escape. */
export interface Stranger {
  readonly url: string;
  /** What was asked of it so far: method and path. */
  readonly reached: readonly string[];
  readonly close: () => void;
}

/** Starts one on this machine; to every page that asks it hands a script to run. Whoever opens it closes it. */
export async function openStranger(): Promise<Stranger> {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
    response.end('globalThis.ranForeignScript = true');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, reached, close: () => server.close() };
}
