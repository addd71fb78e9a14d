import { once } from 'node:events';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.ts';

const stored = Buffer.from('Plan des accès, '.repeat(40));

async function* pieces(bytes: Uint8Array, length: number, told?: EventTarget): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
  told?.dispatchEvent(new Event('sent'));
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a body that was compressed on its way', () => {
  test.each([
    ['gzip', gzipSync(stored)],
    ['X-GZIP', gzipSync(stored)],
    ['deflate', deflateSync(stored)],
    ['br', brotliCompressSync(stored)],
    ['identity', stored],
    [undefined, stored],
  ])('%s is read as it is stored', async (encoding, bytes) => {
    expect(await readAll(decoded(pieces(bytes, 7), encoding))).toEqual(stored);
  });

  test('in a way that is not known here is not taken for the file', () => {
    expect(() => decoded(pieces(stored, 7), 'zstd')).toThrow('malformed');
  });
});

test('one that ends early ends nothing but its own reading, however late that begins', async () => {
  const told = new EventTarget();
  const uncaught: unknown[] = [];
  const hear = (error: unknown): void => void uncaught.push(error);
  process.prependListener('uncaughtException', hear);
  try {
    const body = decoded(pieces(gzipSync(stored).subarray(0, 40), 1000, told), 'gzip');
    await once(told, 'sent');
    // The decoder finds out in the pool of threads, by and by: it is done when another one is.
    await readAll(decoded(pieces(gzipSync(Buffer.alloc(5_000_000)), 1000), 'gzip'));
    await expect(readAll(body)).rejects.toMatchObject({ code: 'malformed' });
    expect(uncaught).toEqual([]);
  } finally {
    process.off('uncaughtException', hear);
  }
});
