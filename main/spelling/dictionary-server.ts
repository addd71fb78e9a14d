import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dictionaryAsked } from './languages.ts';

/** Hands out dictionaries on this computer while Chromium takes them over. */
export interface DictionaryServer {
  /** With a closing slash: Chromium adds the name of what it wants. */
  readonly url: string;
  readonly close: () => void;
}

/**
 * Serves the dictionaries of a folder on the loopback address, at a port that the system picks. Chromium takes
 * dictionaries by http only: no scheme of a program's own, no file.
 */
export async function serveDictionaries(folder: string): Promise<DictionaryServer> {
  const server = createServer((request, response) => {
    // No connection outlives its answer, so that none keeps the port open.
    response.setHeader('connection', 'close');
    const file = request.method === 'GET' ? dictionaryAsked(request.url ?? '') : null;
    void send(file === null ? null : join(folder, file), response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => void server.close(),
  };
}

async function send(path: string | null, response: ServerResponse): Promise<void> {
  try {
    if (path === null) response.writeHead(404).end();
    else response.end(await readFile(path));
  } catch {
    // Chromium says that it did not get it.
    response.writeHead(500).end();
  }
}
