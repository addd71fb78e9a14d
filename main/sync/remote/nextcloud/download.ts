import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { RemoteFailure } from '../../model/failures.ts';
import type { Download, DownloadRequest } from '../../ports/remote.ts';
import type { Addresses } from './addresses.ts';
import type { DavAnswer, DavClient } from './client.ts';
import { plainEtag, secondsOf } from './entries.ts';

/**
 * Begins a GET, from the first byte that is missing. If-Range carries the plain etag: with the one of a
 * compressed answer, Apache cuts the range out of the compressed bytes (recorded: 12).
 */
export async function startDownload(
  client: DavClient,
  addresses: Addresses,
  { path, offset, etag, signal }: DownloadRequest,
): Promise<Download> {
  const range = offset === 0 ? {} : { range: `bytes=${offset}-`, 'if-range': `"${etag}"` };
  const answer = await client.send({
    method: 'GET',
    path: addresses.file(path),
    headers: range,
    signal,
    isTransfer: true,
  });
  const sent = plainEtag(answer.header('oc-etag') ?? answer.header('etag') ?? '');
  if (sent === '') {
    // A folder answers 200 with a page of text (recorded: 05/33), and so does many a portal.
    await answer.drop();
    throw new RemoteFailure('malformed', { what: 'no etag', status: answer.status });
  }
  const span = answer.status === 206 ? readRange(answer, offset) : wholeOf(answer);
  return {
    ...span,
    etag: sent,
    mtime: secondsOf(answer.header('last-modified')),
    stated: answer.header('oc-checksum') ?? '',
    body: decoded(answer),
  };
}

function wholeOf(answer: DavAnswer): { readonly offset: number; readonly size: number | undefined } {
  const length = answer.header('content-length');
  const isPlain = isIdentity(answer.header('content-encoding'));
  return { offset: 0, size: isPlain && length !== undefined ? Number(length) : undefined };
}

function readRange(answer: DavAnswer, offset: number): { readonly offset: number; readonly size: number } {
  const range = answer.header('content-range') ?? '';
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(range);
  const isAsAsked =
    match !== null && Number(match[1]) === offset && isIdentity(answer.header('content-encoding'));
  if (!isAsAsked) throw new RemoteFailure('rangeRefused', { range });
  return { offset, size: Number(match[2]) };
}

function isIdentity(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === 'identity';
}

/** The bytes as stored, when a front server compressed them although it was asked not to. */
function decoded(answer: DavAnswer): AsyncIterable<Uint8Array> {
  const encoding = answer.header('content-encoding');
  if (isIdentity(encoding)) return answer.body;
  const decoder = decoderOf(encoding ?? '');
  // A failure of either reaches whoever reads the decoder.
  pipeline(Readable.from(answer.body), decoder, () => undefined);
  return decoder;
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
