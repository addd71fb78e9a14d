/**
 * Apache with mod_deflate in front (group 12): text is gzipped for those who accept it, and the ETag of a download
 * gets the suffix `-gzip` while OC-ETag stays as it is.
 */
import { gzipSync } from 'node:zlib';
import type { Exchange } from './exchange.ts';
import { header } from './exchange.ts';
import type { Headers } from './reply.ts';

/** Bodies below this leave as they are (12/04). */
const smallest = 200;
/** Larger downloads are not compressed here: they would have to lie in memory. */
const largest = 16 * 1024 * 1024;

const compressibleType = /^(text\/|application\/(json|xml|javascript))/;

/** Whether a body of that type and size leaves gzipped. */
export function isDeflated(exchange: Exchange, status: number, type: string, size: number): boolean {
  if (!exchange.apache || exchange.method === 'HEAD' || status < 200 || status > 207 || status === 206)
    return false;
  if (size < smallest || size > largest || !compressibleType.test(type)) return false;
  return header(exchange, 'accept-encoding')?.includes('gzip') === true;
}

/** What leaves instead of a plain body. */
export interface Deflated {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/**
 * Compresses a body. A Range with an If-Range that names the gzip etag is cut out of the compressed bytes, as
 * Apache does (12/10): a client that asked for part of the file gets part of a gzip stream.
 */
export function deflate(exchange: Exchange, status: number, headers: Headers, body: Buffer): Deflated {
  const bytes = gzipSync(body);
  const etag = headers.ETag;
  // Only downloads carry OC-ETag; OCS etags stay plain (12/13).
  const gzipEtag =
    typeof etag === 'string' && headers['OC-ETag'] !== undefined ? etag.replace(/"$/, '-gzip"') : etag;
  const shown = {
    ...headers,
    ...(gzipEtag === undefined ? {} : { ETag: gzipEtag }),
    Vary: headers.Vary ?? 'Accept-Encoding',
    'Content-Encoding': 'gzip',
  };
  const cut = /^bytes=(\d+)-(\d*)$/.exec(header(exchange, 'range') ?? '');
  if (cut && gzipEtag !== undefined && header(exchange, 'if-range') === gzipEtag) {
    const from = Number(cut[1]);
    const to = Math.min(cut[2] === '' ? bytes.length - 1 : Number(cut[2]), bytes.length - 1);
    const range = {
      'Content-Range': `bytes ${from}-${to}/${bytes.length}`,
      'Content-Length': String(to - from + 1),
    };
    return { status: 206, headers: { ...shown, ...range }, bytes: bytes.subarray(from, to + 1) };
  }
  return { status, headers: { ...shown, 'Content-Length': String(bytes.length) }, bytes };
}

/** What Apache itself says to an escaped slash (12/20). */
export const apacheNotFound = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">
<html><head>
<title>404 Not Found</title>
</head><body>
<h1>Not Found</h1>
<p>The requested URL was not found on this server.</p>
</body></html>
`;
