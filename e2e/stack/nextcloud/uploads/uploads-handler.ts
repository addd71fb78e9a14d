import { createReadStream, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { judge } from '../dav/conditions.ts';
import { conflict, forbidden, notFound, notImplemented } from '../dav/dav-error.ts';
import { missingPath } from '../dav/dav-request.ts';
import { alreadyExists } from '../dav/mkcol.ts';
import { httpDate } from '../dav/properties.ts';
import { attachment, sendDownload, sendStream } from '../dav/send-download.ts';
import type { SimpleResource } from '../dav/simple-resource.ts';
import { davProperty, propfindResources } from '../dav/simple-resource.ts';
import { emptyPage } from '../dav/write-headers.ts';
import type { Exchange } from '../http/exchange.ts';
import { reply, start } from '../http/reply.ts';
import type { Standin } from '../standin.ts';
import type { Caller } from '../store/accounts.ts';
import { assemble } from './assemble.ts';
import { receive } from './receive.ts';
import type { Chunk, UploadFolder } from './upload-folders.ts';
import {
  findChunk,
  findUpload,
  listChunks,
  listUploads,
  makeUpload,
  putChunk,
  wholeFile,
} from './upload-folders.ts';

interface UploadRequest {
  readonly standin: Standin;
  readonly exchange: Exchange;
  readonly caller: Caller;
  /** `/remote.php/dav/uploads/<name in the address>/`; the caller's own area, whoever's name that is (07/36). */
  readonly base: string;
}

/** /remote.php/dav/uploads/{uid}/{id}/{chunk} (group 07). */
export async function handleUploads(
  standin: Standin,
  exchange: Exchange,
  caller: Caller,
  uidInPath: string | undefined,
  [id, name, ...deeper]: readonly string[],
): Promise<void> {
  const base = `/remote.php/dav/uploads/${uidInPath ?? caller.account.uid}/`;
  const request = { standin, exchange, caller, base };
  if (deeper.length > 0) throw notFound();
  if (id === undefined) return handleTop(request);
  const upload = findUpload(standin, caller.account.uid, id);
  if (name === undefined) return handleFolder(request, id, upload);
  if (!upload) {
    if (exchange.method === 'MKCOL') throw conflict('Parent node does not exist');
    throw missing(id);
  }
  if (name === '.file') return handleWhole(request, upload);
  return handleChunk(request, upload, name);
}

async function handleTop({ standin, exchange, caller, base }: UploadRequest): Promise<void> {
  if (exchange.method !== 'PROPFIND') throw notImplemented(exchange.method);
  const now = standin.tree.now();
  await propfindResources(exchange, collection(base, now), () =>
    listUploads(standin, caller.account.uid).map((upload) =>
      collection(`${base}${upload.id}/`, upload.mtime),
    ),
  );
}

async function handleFolder(request: UploadRequest, id: string, upload: UploadFolder | null): Promise<void> {
  const { standin, exchange, caller, base } = request;
  if (exchange.method === 'MKCOL') {
    if (upload) throw alreadyExists(false);
    makeUpload(standin, caller.account.uid, id);
    reply(exchange, 201, emptyPage);
    return;
  }
  if (!upload) throw missing(id);
  switch (exchange.method) {
    case 'PROPFIND':
      await propfindResources(exchange, collection(`${base}${id}/`, upload.mtime), () =>
        members(base, upload),
      );
      return;
    case 'DELETE':
      rmSync(upload.diskPath, { recursive: true, force: true });
      reply(exchange, 204, emptyPage);
      return;
    default:
      throw notImplemented(exchange.method);
  }
}

async function handleChunk(
  { standin, exchange, base }: UploadRequest,
  upload: UploadFolder,
  name: string,
): Promise<void> {
  const chunk = findChunk(upload, name);
  if (exchange.method === 'MKCOL') throw forbidden(`Permission denied to create file (filename ${name})`);
  if (exchange.method === 'PUT') {
    const { tempPath } = await receive(exchange, standin.tempPath());
    const { etag } = putChunk(standin, upload, name, tempPath);
    // A new chunk gets no etag, a repeated one does (07/04, 07/07).
    reply(exchange, chunk ? 204 : 201, { ...(chunk ? { ETag: etag, 'OC-ETag': etag } : {}), ...emptyPage });
    return;
  }
  if (!chunk) throw notFound(`File with name /${upload.id}/${name} could not be located`);
  switch (exchange.method) {
    case 'PROPFIND':
      await propfindResources(exchange, file(`${base}${upload.id}/`, chunk), () => []);
      return;
    case 'GET':
    case 'HEAD':
      await sendDownload(exchange, {
        ...chunk,
        fileName: name,
        checksum: null,
        type: 'application/octet-stream',
      });
      return;
    case 'DELETE':
      rmSync(chunk.diskPath, { force: true });
      reply(exchange, 204, emptyPage);
      return;
    default:
      throw notImplemented(exchange.method);
  }
}

async function handleWhole(request: UploadRequest, upload: UploadFolder): Promise<void> {
  const { standin, exchange, caller, base } = request;
  const chunks = listChunks(upload);
  const whole = wholeFile(upload, chunks);
  // If-Match is judged against `.file`, not against what it will replace (07/22).
  judge(exchange, { etag: whole.etag, mtime: whole.mtime, showEtag: true });
  switch (exchange.method) {
    case 'PROPFIND':
      await propfindResources(exchange, file(`${base}${upload.id}/`, whole), () => []);
      return;
    case 'GET':
    case 'HEAD':
      await sendWhole(exchange, whole, chunks);
      return;
    case 'MOVE':
    case 'COPY':
      await assemble(standin, exchange, caller, upload, chunks);
      return;
    default:
      throw notImplemented(exchange.method);
  }
}

async function sendWhole(
  exchange: Exchange,
  whole: Omit<Chunk, 'diskPath'>,
  chunks: readonly Chunk[],
): Promise<void> {
  start(exchange, 200, {
    'Content-Type': 'application/octet-stream',
    'Last-Modified': httpDate(whole.mtime),
    ETag: whole.etag,
    'OC-ETag': whole.etag,
    'Content-Length': String(whole.size),
    'Content-Disposition': attachment('.file'),
    'X-Accel-Buffering': 'no',
  });
  if (exchange.method === 'HEAD') exchange.response.end();
  else await sendStream(exchange, Readable.from(bytesOf(chunks), { objectMode: false }));
}

/** The bytes of all chunks, one after the other. */
export async function* bytesOf(chunks: readonly Chunk[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield* createReadStream(chunk.diskPath, { highWaterMark: 1024 * 1024 });
}

function missing(id: string) {
  return notFound(`File with name ${missingPath([id])} could not be located`);
}

function members(base: string, upload: UploadFolder): SimpleResource[] {
  const chunks = listChunks(upload);
  return [wholeFile(upload, chunks), ...chunks].map((each) => file(`${base}${upload.id}/`, each));
}

function collection(href: string, mtime: number): SimpleResource {
  return {
    href,
    properties: {
      [davProperty('resourcetype')]: '<d:collection/>',
      [davProperty('getlastmodified')]: httpDate(mtime),
    },
  };
}

function file(folder: string, { name, size, mtime, etag }: Omit<Chunk, 'diskPath'>): SimpleResource {
  return {
    href: folder + name,
    properties: {
      [davProperty('resourcetype')]: null,
      [davProperty('getlastmodified')]: httpDate(mtime),
      [davProperty('getcontentlength')]: String(size),
      [davProperty('getetag')]: etag.replaceAll('"', '&quot;'),
      [davProperty('getcontenttype')]: 'application/octet-stream',
    },
  };
}
