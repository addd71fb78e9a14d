import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isAbort, RemoteFailure } from '../../model/failures.ts';
import type { DavAnswer } from './client.ts';

/** Whether a Content-Encoding leaves the bytes as they are stored. */
export function isIdentity(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === 'identity';
}

/** The bytes of an answer as the server made them; see `decoded`. */
export function plainBody(answer: Pick<DavAnswer, 'body' | 'header'>): AsyncIterable<Uint8Array> {
  return decoded(answer.body, answer.header('content-encoding'));
}

/**
 * The bytes as stored, when a front server compressed them although it was asked not to (recorded: 12).
 *
 * @param encoding the answer's Content-Encoding; throws a RemoteFailure when it is none that is known here
 * @returns the bytes; fails with `malformed` where they are not what the encoding says
 */
export function decoded(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncIterable<Uint8Array> {
  if (isIdentity(encoding)) return body;
  const decoder = decoderOf(encoding ?? '');
  // A failure of either reaches whoever reads the decoder. It may come before anybody reads, when the pipeline has
  // seen all of the body and does not listen any more: the stream remembers it, and must not end the process.
  decoder.on('error', () => undefined);
  pipeline(Readable.from(body), decoder, () => undefined);
  return readDecoder(decoder);
}

async function* readDecoder(decoder: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* decoder;
  } catch (error) {
    if (error instanceof RemoteFailure || isAbort(error)) throw error;
    throw new RemoteFailure('malformed', { what: 'encoding' }, error);
  }
}

function decoderOf(encoding: string): ReturnType<typeof createGunzip> {
  switch (encoding.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new RemoteFailure('malformed', { what: 'encoding', encoding });
  }
}
