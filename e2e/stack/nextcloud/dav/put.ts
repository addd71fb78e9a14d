import { rmSync } from 'node:fs';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { tooLongForUpload } from '../store/names.ts';
import type { FileNode, FolderNode } from '../store/nodes.ts';
import { namesOf, rootOf } from '../store/nodes.ts';
import { permission } from '../store/shares.ts';
import { freeName } from '../store/trash.ts';
import type { Place } from '../store/view.ts';
import type { Received } from '../uploads/receive.ts';
import { receive } from '../uploads/receive.ts';
import { judge } from './conditions.ts';
import { badRequest, conflict, DavError, forbidden, locked, notFound } from './dav-error.ts';
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

/** Where an upload goes: into `parent` under `name`, over `existing` if there is one. */
interface Target {
  readonly parent: FolderNode;
  readonly parentPlace: Place;
  readonly name: string;
  readonly existing: FileNode | null;
}

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
  let target: Target;
  try {
    checkConditions(request);
    target = findTarget(standin, request);
  } catch (error) {
    rmSync(received.tempPath, { force: true });
    throw error;
  }
  const file = standin.operations.writeFile(target.parent, target.name, {
    tempPath: received.tempPath,
    size: received.size,
    mtime: mtime.kind === 'seconds' ? mtime.seconds : null,
    checksum: header(exchange, 'oc-checksum') ?? null,
  });
  if (ctime.kind === 'seconds') file.creationTime = ctime.seconds;
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

function findTarget(standin: Standin, request: DavRequest): Target {
  const place = request.place();
  if (place?.node.kind === 'folder') throw conflict('PUT is not allowed on non-files.');
  const lookup = request.parentLookup();
  if ('nowhere' in lookup) throw request.missing(lookup.nowhere);
  const parentPlace = lookup.place;
  if (parentPlace.node.kind === 'file') {
    throw notFound(`Node with name '${parentPlace.node.name}' could not be found`);
  }
  if (place) return existingTarget(standin, place, parentPlace);
  if (!may(standin.view, parentPlace, permission.create)) throw forbidden();
  request.checkName();
  const { name } = request;
  if (name.endsWith('.part')) throw locked(request.path.names.join('/'));
  if (tooLongForUpload(name)) {
    const length = header(request.exchange, 'content-length') ?? '0';
    throw new DavError(
      500,
      'Sabre\\DAV\\Exception',
      `Error while copying file to target location (copied: -1 bytes, expected filesize: ${length} byte)`,
    );
  }
  return { parent: parentPlace.node, parentPlace, name, existing: null };
}

function existingTarget(standin: Standin, place: Place, parentPlace: Place): Target {
  const { node } = place;
  if (node.kind === 'folder' || !node.parent) throw conflict('PUT is not allowed on non-files.');
  const isDrop = place.mount !== null && place.mount.permissions === permission.create;
  if (isDrop) {
    // A file drop never overwrites: the second file of a name lies beside the first (13/10).
    return { parent: node.parent, parentPlace, name: freeName(node.parent, node.name, '2'), existing: null };
  }
  if (!may(standin.view, place, permission.update)) throw forbidden();
  // A shared single file lies in its owner's folder, under the owner's name for it.
  return { parent: node.parent, parentPlace: place, name: node.name, existing: node };
}

async function whileLocked<Result>(
  standin: Standin,
  target: Target,
  work: () => Promise<Result>,
): Promise<Result> {
  const { owner } = rootOf(target.parent);
  const path = [owner, 'files', ...namesOf(target.parent), target.name].join('/');
  if (standin.writing.has(path)) throw locked(`${path}.upload.part`);
  standin.writing.add(path);
  try {
    return await work();
  } finally {
    standin.writing.delete(path);
  }
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
