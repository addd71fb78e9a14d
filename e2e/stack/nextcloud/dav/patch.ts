import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { notImplemented } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import { emptyPage } from './write-headers.ts';

/** PATCH with X-Recalculate-Hash: the server hashes the stored file and keeps the sum (06/71). */
export async function patch(standin: Standin, request: DavRequest): Promise<void> {
  const algorithm = header(request.exchange, 'x-recalculate-hash')?.toLowerCase();
  const { node } = request.requirePlace();
  if (node.kind === 'folder' || algorithm === undefined || !['md5', 'sha1', 'sha256'].includes(algorithm)) {
    throw notImplemented('PATCH');
  }
  const hash = createHash(algorithm);
  await pipeline(createReadStream(standin.tree.diskPath(node)), hash);
  node.checksum = `${algorithm.toUpperCase()}:${hash.digest('hex')}`;
  standin.tree.save(node);
  reply(request.exchange, 204, { 'OC-Checksum': node.checksum, ...emptyPage });
}
