import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inPieces } from '../../line/paced.ts';
import { DavClient } from './client.ts';

/** Sends 20 pieces of a byte, one at each drop, and ends. */
let server: Server;
let drop: () => void;
let url: string;
beforeAll(async () => {
  server = createServer((_request, response) => {
    let left = 20;
    drop = () => {
      left -= 1;
      if (left < 0) response.end();
      else response.write('x');
    };
    drop();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const { signal } = new AbortController();
function open(now: () => number): DavClient {
  const config = { url, user: 'ana', password: '-', rootPath: '/' };
  return new DavClient(config, url, () => Promise.resolve(), { now });
}

async function get(client: DavClient, onPiece: () => void = () => undefined): Promise<number> {
  const answer = await client.send({ method: 'GET', path: '/', signal, isTransfer: true });
  let bytes = 0;
  for await (const piece of answer.body) {
    bytes += piece.length;
    onPiece();
    drop();
  }
  return bytes;
}

test('a file that comes in drops is given up, to be gone on with later; after several it is the server', async () => {
  let now = 0;
  const client = open(() => (now += 55_000));
  const codes: unknown[] = [];
  for (let times = 0; times < 3; times += 1) codes.push(await get(client).catch((error: unknown) => error));
  expect(codes).toMatchObject([{ code: 'interrupted' }, { code: 'interrupted' }, { code: 'timedOut' }]);
  await client.close();
});

test('who takes time with what came, as a limit of the line does, gives nothing up', async () => {
  let now = 0;
  const client = open(() => now);
  expect(await get(client, () => (now += 3_600_000))).toBe(20);
  await client.close();
});

test('a large piece is handed on in small ones', async () => {
  const lengths: number[] = [];
  async function* body(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(25);
    yield new Uint8Array(3);
  }
  for await (const { length } of inPieces(body(), 10)) lengths.push(length);
  expect(lengths).toEqual([10, 10, 5, 3]);
});
