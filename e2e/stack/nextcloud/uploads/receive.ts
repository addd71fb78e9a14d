import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exchange } from '../http/exchange.ts';
import { header, readBody } from '../http/exchange.ts';

/** Bytes that arrived in full and wait in a temporary file. */
export interface Received {
  readonly tempPath: string;
  readonly size: number;
  /** Lower-case hex by algorithm, for those asked for. */
  readonly hashes: ReadonlyMap<string, string>;
}

/** The client went away before the whole body had arrived; nothing was kept. */
export class IncompleteBody extends Error {
  override readonly name = 'IncompleteBody';
}

const smallBody = 128 * 1024;

/** Stores the request body in a temporary file, hashing it on the way. */
export async function receive(
  exchange: Exchange,
  tempPath: string,
  algorithms: readonly string[] = [],
): Promise<Received> {
  const hashes = new Map(algorithms.map((algorithm) => [algorithm, createHash(algorithm)]));
  try {
    const length = Number(header(exchange, 'content-length') ?? Number.POSITIVE_INFINITY);
    const size =
      length <= smallBody
        ? await receiveSmall(exchange, tempPath, hashes)
        : await receiveStream(exchange, tempPath, hashes);
    return { tempPath, size, hashes: new Map([...hashes].map(([name, hash]) => [name, hash.digest('hex')])) };
  } catch (error) {
    rmSync(tempPath, { force: true });
    if (exchange.request.complete) throw error;
    throw new IncompleteBody('the request body ended early', { cause: error });
  }
}

async function receiveSmall(
  exchange: Exchange,
  tempPath: string,
  hashes: ReadonlyMap<string, Hash>,
): Promise<number> {
  const body = await readBody(exchange);
  for (const hash of hashes.values()) hash.update(body);
  writeFileSync(tempPath, body);
  return body.length;
}

async function receiveStream(
  exchange: Exchange,
  tempPath: string,
  hashes: ReadonlyMap<string, Hash>,
): Promise<number> {
  const file = createWriteStream(tempPath, { highWaterMark: 1024 * 1024 });
  if (hashes.size === 0) await pipeline(exchange.body, file);
  else await pipeline(exchange.body, hashing(hashes), file);
  return file.bytesWritten;
}

function hashing(hashes: ReadonlyMap<string, Hash>): Transform {
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      for (const hash of hashes.values()) hash.update(part);
      done(null, part);
    },
  });
}
