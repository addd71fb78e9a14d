import { rmSync } from 'node:fs';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { permission } from '../store/shares.ts';
import type { Received } from '../uploads/receive.ts';
import { receive } from '../uploads/receive.ts';
import { judge } from './conditions.ts';
import { badRequest, forbidden } from './dav-error.ts';
import type { DavRequest } from './dav-request.ts';
import {
  acceptedTimes,
  announcedLength,
  checkQuota,
  complainAbout,
  emptyPage,
  may,
  nodeHeaders,
  parseTime,
} from './write-headers.ts';
import type { WriteTarget } from './write-target.ts';
import { findTarget, whileLocked } from './write-target.ts';

/** PUT of a file, with everything recorded in group 03. */
export async function put(standin: Standin, request: DavRequest): Promise<void> {
  const { exchange } = request;
  checkConditions(request);
  if (header(exchange, 'content-range') !== undefined) {
    throw badRequest('Content-Range on PUT requests are forbidden.');
  }
  if (standin.switches.autoMkcol && header(exchange, 'x-nc-webdav-automkcol') !== undefined) {
    makeParents(standin, request);
  }
  const target = findTarget(standin, request);
  checkQuota(standin, target.parentPlace, `/${request.path.names.join('/')}`, announcedLength(exchange));
  const hashes = wantedHashes(header(exchange, 'x-hash'));
  const received = await whileLocked(standin, target, () => receive(exchange, standin.tempPath(), hashes));
  finish(standin, request, received);
}

/** Puts the bytes in place. The tree may have changed while they arrived: everything is looked up again. */
function finish(standin: Standin, request: DavRequest, received: Received): void {
  const { exchange } = request;
  const mtime = parseTime(header(exchange, 'x-oc-mtime'));
  const ctime = parseTime(header(exchange, 'x-oc-ctime'));
  let target: WriteTarget;
  try {
    checkConditions(request);
    target = findTarget(standin, request);
    checkQuota(standin, target.parentPlace, `/${request.path.names.join('/')}`, received.size);
  } catch (error) {
    rmSync(received.tempPath, { force: true });
    throw error;
  }
  const file = standin.operations.writeFile(target.parent, target.name, {
    tempPath: received.tempPath,
    size: received.size,
    mtime: mtime.kind === 'seconds' ? mtime.seconds : null,
    checksum: header(exchange, 'oc-checksum') ?? null,
    by: exchange.path.startsWith('/public.php/') ? '' : request.uid,
  });
  if (ctime.kind === 'seconds') {
    file.creationTime = ctime.seconds;
    standin.tree.save(file);
  }
  complainAbout(mtime);
  complainAbout(ctime);
  const hashHeaders = [...received.hashes].map(([name, hash]) => [`X-Hash-${name.toUpperCase()}`, hash]);
  reply(exchange, target.existing ? 204 : 201, {
    ...acceptedTimes(exchange),
    ...Object.fromEntries(hashHeaders),
    ...nodeHeaders(standin, file),
    ...emptyPage,
  });
}

function checkConditions(request: DavRequest): void {
  const node = request.place()?.node;
  const isFile = node?.kind === 'file';
  judge(
    request.exchange,
    node ? { etag: isFile ? `"${node.etag}"` : null, mtime: node.mtime, showEtag: isFile } : null,
  );
}

function makeParents(standin: Standin, request: DavRequest): void {
  const { names } = request.path;
  for (let depth = 1; depth < names.length; depth += 1) {
    const here = request.at({ asked: names.slice(0, depth), names: names.slice(0, depth) });
    if (here.place()) continue;
    const parent = here.parentLookup();
    if ('nowhere' in parent || parent.place.node.kind === 'file') return;
    if (!may(standin.view, parent.place, permission.create)) throw forbidden();
    here.checkName();
    standin.operations.makeFolder(parent.place.node, here.name);
  }
}

/** X-Hash: `all`, or one of md5, sha1, sha256 (03/68, 03/69). */
function wantedHashes(value: string | undefined): string[] {
  if (value === 'all') return ['sha256', 'sha1', 'md5'];
  return value !== undefined && ['md5', 'sha1', 'sha256'].includes(value) ? [value] : [];
}
