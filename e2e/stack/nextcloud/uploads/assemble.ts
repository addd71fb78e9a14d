import { createReadStream, createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { judgeIf } from '../dav/conditions.ts';
import { badRequest, conflict, preconditionFailed } from '../dav/dav-error.ts';
import { DavRequest } from '../dav/dav-request.ts';
import { destinationOf, destinationRequest, etagAt, mayOverwrite } from '../dav/move-copy.ts';
import { davFeatures } from '../dav/multistatus.ts';
import {
  acceptedTimes,
  checkQuota,
  complainAbout,
  emptyPage,
  nodeHeaders,
  parseTime,
} from '../dav/write-headers.ts';
import { findTarget, whileLocked } from '../dav/write-target.ts';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { reply } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import { ocId } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import type { FileNode } from '../store/nodes.ts';
import type { Chunk, UploadFolder } from './upload-folders.ts';

/** MOVE (or COPY) of `.file`: puts the chunks together at the destination (07/12 to 07/28, 07/41). */
export async function assemble(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  upload: UploadFolder,
  chunks: readonly Chunk[],
): Promise<void> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  const source = homeRequest(standin, exchange, caller.account.uid);
  const target = destinationRequest(source, destinationOf(source));
  checkDestination(standin, source, target, upload);
  checkLength(exchange, size);
  const place = findTarget(standin, target);
  const folder = `/${target.path.names.slice(0, -1).join('/')}`;
  checkQuota(standin, place.parentPlace, folder, size);
  const tempPath = standin.tempPath();
  await whileLocked(standin, place, () => concatenate(chunks, tempPath));
  const existed = target.place() !== null;
  const mtime = parseTime(header(exchange, 'x-oc-mtime'));
  const file = store(standin, exchange, target, tempPath, size);
  const isMove = exchange.method === 'MOVE';
  if (isMove) rmSync(upload.diskPath, { recursive: true, force: true });
  complainAbout(mtime);
  const headers = isMove ? nodeHeaders(standin, file) : { 'OC-FileId': ocId(standin, file.id) };
  reply(exchange, existed ? 204 : 201, { ...acceptedTimes(exchange), ...headers, ...emptyPage });
}

function homeRequest(standin: Standin, exchange: Exchange, uid: string): DavRequest {
  return new DavRequest({
    exchange,
    standin,
    uid,
    base: `/remote.php/dav/files/${uid}`,
    davBase: `files/${uid}`,
    root: standin.view.home(uid),
    path: { asked: [], names: [] },
    features: davFeatures,
  });
}

function checkDestination(
  standin: Standin,
  source: DavRequest,
  target: DavRequest,
  upload: UploadFolder,
): void {
  judgeIf(source.exchange, `uploads/${source.uid}/${upload.id}/.file`, etagAt(standin, source));
  const overwrite = mayOverwrite(source);
  const existing = target.place();
  if (existing?.node.kind === 'folder') {
    throw badRequest(`The given destination ${target.davPath} is a directory.`);
  }
  const parent = target.parentLookup();
  if ('nowhere' in parent || parent.place.node.kind === 'file')
    throw conflict('The destination node is not found');
  if (existing && !overwrite) {
    throw preconditionFailed(
      'Overwrite',
      'The destination node already exists, and the overwrite header is set to false',
    );
  }
}

function checkLength(exchange: Exchange, size: number): void {
  const announced = header(exchange, 'oc-total-length');
  if (announced === undefined || Number(announced) === size) return;
  throw badRequest(`Chunks on server do not sum up to ${announced} but to ${size} bytes`);
}

async function concatenate(chunks: readonly Chunk[], tempPath: string): Promise<void> {
  writeFileSync(tempPath, '');
  for (const chunk of chunks) {
    const source = createReadStream(chunk.diskPath, { highWaterMark: 1024 * 1024 });
    await pipeline(source, createWriteStream(tempPath, { flags: 'a' }));
  }
}

/** Puts the assembled bytes in place; whatever changed meanwhile counts. */
function store(
  standin: Standin,
  exchange: Exchange,
  target: DavRequest,
  tempPath: string,
  size: number,
): FileNode {
  const mtime = parseTime(header(exchange, 'x-oc-mtime'));
  try {
    const { parent, name } = findTarget(standin, target);
    return standin.operations.writeFile(parent, name, {
      tempPath,
      size,
      mtime: mtime.kind === 'seconds' ? mtime.seconds : null,
      checksum: header(exchange, 'oc-checksum') ?? null,
      by: target.uid,
    });
  } finally {
    rmSync(tempPath, { force: true });
  }
}
