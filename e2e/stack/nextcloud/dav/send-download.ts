import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeflated } from '../http/deflate.ts';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import type { Headers } from '../http/reply.ts';
import { reply, start } from '../http/reply.ts';
import { judge } from './conditions.ts';
import { DavError } from './dav-error.ts';
import { httpDate } from './properties.ts';
import { chooseRange } from './ranges.ts';
import { emptyPage } from './write-headers.ts';

/** Something that can be downloaded: a file, a chunk, a version, a trashed file. */
export interface Download {
  readonly diskPath: string;
  readonly fileName: string;
  readonly size: number;
  /** Seconds. */
  readonly mtime: number;
  /** As sent: with quotes where the server has them. */
  readonly etag: string;
  readonly checksum: string | null;
  readonly type: string;
}

/** Sends bytes with conditions and ranges honoured as recorded in group 05. */
export async function sendDownload(exchange: Exchange, download: Download): Promise<void> {
  const { etag, mtime, size } = download;
  const verdict = judge(exchange, { etag, mtime, showEtag: true });
  if (verdict !== 'proceed') {
    reply(exchange, 304, { ...verdict.notModified, ...emptyPage });
    return;
  }
  const range = chooseRange(
    { range: header(exchange, 'range'), ifRange: header(exchange, 'if-range') },
    { etag, mtime, size },
  );
  if (range.kind === 'refused') {
    const headers = { ETag: etag, 'Last-Modified': httpDate(mtime) };
    throw new DavError(416, 'Sabre\\DAV\\Exception\\RequestedRangeNotSatisfiable', range.message, {
      headers,
    });
  }
  const [from, to] = range.kind === 'part' ? [range.from, range.to] : [0, size - 1];
  const partial = range.kind === 'part' ? { 'Content-Range': `bytes ${from}-${to}/${size}` } : {};
  const headers = {
    ...downloadHeaders(exchange, download),
    ...partial,
    'Content-Length': String(to - from + 1),
  };
  await sendFile(exchange, range.kind === 'part' ? 206 : 200, headers, download.diskPath, from, to);
}

function downloadHeaders(exchange: Exchange, { fileName, etag, mtime, checksum, type }: Download): Headers {
  // HEAD repeats these two (05/29): the server asks itself for the headers twice.
  const twice = (value: string) => (exchange.method === 'HEAD' ? [value, value] : value);
  return {
    'Content-Type': type,
    'Last-Modified': httpDate(mtime),
    ETag: etag,
    'OC-ETag': etag,
    'Content-Disposition': attachment(fileName),
    ...(checksum === null ? {} : { 'OC-Checksum': twice(checksum) }),
    'X-Accel-Buffering': twice('no'),
  };
}

/** The header that names a download; the name is percent-encoded in both forms (05/06). */
export function attachment(fileName: string): string {
  const name = encodeURIComponent(fileName).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${name}; filename="${name}"`;
}

const smallFile = 128 * 1024;
const pieceSize = 512 * 1024;

/**
 * Sends part of a file, both ends included. The file is opened before the head is sent: what follows is the content
 * the head speaks of, even if an upload replaces it meanwhile.
 */
export async function sendFile(
  exchange: Exchange,
  status: number,
  headers: Headers,
  diskPath: string,
  from: number,
  to: number,
): Promise<void> {
  const size = to - from + 1;
  const type = headers['Content-Type'];
  const deflates = typeof type === 'string' && isDeflated(exchange, status, type, size);
  const file = openSync(diskPath, 'r');
  if (exchange.method === 'HEAD' || size <= smallFile || deflates) {
    const bytes = Buffer.alloc(exchange.method === 'HEAD' ? 0 : size);
    try {
      readSync(file, bytes, 0, bytes.length, from);
    } finally {
      closeSync(file);
    }
    await sendBytes(exchange, status, headers, bytes);
    return;
  }
  start(exchange, status, headers);
  await sendStream(
    exchange,
    createReadStream('', { fd: file, start: from, end: to, highWaterMark: pieceSize }),
  );
}

async function sendBytes(exchange: Exchange, status: number, headers: Headers, bytes: Buffer): Promise<void> {
  if (exchange.outgoing.length > 0 && bytes.length > 0) {
    start(exchange, status, headers);
    await sendStream(exchange, Readable.from([bytes]));
    return;
  }
  const { 'Content-Length': plainLength = '0', ...rest } = headers;
  reply(
    exchange,
    status,
    exchange.method === 'HEAD' ? { ...rest, 'Content-Length': plainLength } : rest,
    bytes,
  );
}

/** Sends a stream as the body, through the filters a fault may have put in the way. */
export async function sendStream(exchange: Exchange, source: NodeJS.ReadableStream): Promise<void> {
  try {
    await pipeline([source, ...exchange.outgoing, exchange.response]);
  } catch (error) {
    // The answer has begun: all that is left to tell the client is to close the connection.
    exchange.response.destroy(error instanceof Error ? error : undefined);
  }
}
