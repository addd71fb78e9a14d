import { RemoteFailure } from '../../model/failures.ts';
import type { Part, PartUpload, Stored, UploadRequest, WriteCondition } from '../../ports/remote.ts';
import type { Addresses } from './addresses.ts';
import type { DavAnswer, DavClient } from './client.ts';
import { plainBody } from './decoded.ts';
import { plainEtag, propfindBody } from './entries.ts';
import { readMultistatus } from './multistatus.ts';

/** Stores a file with one PUT. */
export async function putFile(
  client: DavClient,
  addresses: Addresses,
  request: UploadRequest,
): Promise<Stored> {
  const { path, size, condition, body, signal } = request;
  const answer = await client.send({
    method: 'PUT',
    path: addresses.file(path),
    headers: {
      ...contentHeaders(request),
      ...conditionHeaders(condition),
      'content-type': 'application/octet-stream',
      'content-length': String(size),
    },
    body: size === 0 ? await nothingOf(body) : body,
    signal,
    isTransfer: true,
  });
  await answer.drop();
  return toStored(answer);
}

/** Makes the folder for an upload in parts (chunked upload v2: facts/nextcloud.md, "Writing"). */
export async function beginParts(
  client: DavClient,
  addresses: Addresses,
  { id, path }: PartUpload,
  signal: AbortSignal,
): Promise<void> {
  const headers = { destination: addresses.destination(path) };
  const answer = await client.send({
    method: 'MKCOL',
    path: addresses.upload(id),
    headers,
    signal,
    isTransfer: true,
  });
  await answer.drop();
}

/** The parts that the server holds; nothing when it holds no such upload any more. */
export async function listParts(
  client: DavClient,
  addresses: Addresses,
  { id }: PartUpload,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number> | undefined> {
  let answer: DavAnswer;
  try {
    answer = await client.send({
      method: 'PROPFIND',
      path: addresses.upload(id),
      headers: { depth: '1', 'content-type': 'application/xml; charset=utf-8' },
      body: propfindBody,
      signal,
      isTransfer: true,
    });
  } catch (error) {
    if (error instanceof RemoteFailure && error.code === 'notFound') return undefined;
    throw error;
  }
  const parts = new Map<number, number>();
  for (const { href, properties } of await readMultistatus(plainBody(answer), 'folder')) {
    const name = addresses.lastName(href);
    const size = Number(properties.get('d:getcontentlength'));
    if (/^\d{1,5}$/.test(name) && Number.isSafeInteger(size)) parts.set(Number(name), size);
  }
  return parts;
}

/** Stores one part. The same part again replaces it (recorded: 07/07). */
export async function putPart(
  client: DavClient,
  addresses: Addresses,
  { id, path }: PartUpload,
  part: Part,
  signal: AbortSignal,
): Promise<void> {
  const answer = await client.send({
    method: 'PUT',
    path: addresses.upload(id, String(part.number).padStart(5, '0')),
    headers: {
      destination: addresses.destination(path),
      'content-type': 'application/octet-stream',
      'content-length': String(part.size),
    },
    body: part.body,
    signal,
    isTransfer: true,
  });
  await answer.drop();
}

/**
 * Has the parts put together. If-Match would be judged against the parts' own file, so the version of the
 * target stands in an If header (recorded: 07/22 and 07/24). No Content-Length: it made empty files.
 */
export async function finishParts(
  client: DavClient,
  addresses: Addresses,
  { id, path }: PartUpload,
  file: Omit<UploadRequest, 'body' | 'path'>,
): Promise<Stored> {
  const destination = addresses.destination(path);
  const { condition } = file;
  const guard: Record<string, string> =
    condition.kind === 'absent' ? { overwrite: 'F' } : { if: `<${destination}> (["${condition.etag}"])` };
  const answer = await client.send({
    method: 'MOVE',
    path: addresses.upload(id, '.file'),
    headers: { ...contentHeaders(file), ...guard, destination, 'oc-total-length': String(file.size) },
    signal: file.signal,
    patience: 'assembling',
    isTransfer: true,
  });
  await answer.drop();
  return toStored(answer);
}

function contentHeaders({
  mtime,
  checksum,
}: Pick<UploadRequest, 'mtime' | 'checksum'>): Record<string, string> {
  // Zero and less are answered 500 although the file is written (recorded: 03, X-OC-MTime).
  const time: Record<string, string> = mtime > 0 ? { 'x-oc-mtime': String(mtime) } : {};
  return { 'oc-checksum': checksum, ...time };
}

function conditionHeaders(condition: WriteCondition): Record<string, string> {
  return condition.kind === 'absent' ? { 'if-none-match': '*' } : { 'if-match': `"${condition.etag}"` };
}

function toStored(answer: DavAnswer): Stored {
  const etag = plainEtag(answer.header('oc-etag') ?? answer.header('etag') ?? '');
  const id = answer.header('oc-fileid');
  return {
    ...(etag === '' ? {} : { etag }),
    ...(id === undefined ? {} : { id }),
    mtimeKept: answer.header('x-oc-mtime') === 'accepted',
    // Stored as given, of a whole file and of one in parts (recorded: 03, 16/01).
    checksumKept: true,
  };
}

/** Reads a body that has no bytes, for the checks that are made while it is read. */
async function nothingOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  for await (const chunk of body) if (chunk.length > 0) throw new RemoteFailure('contentChanged');
  return '';
}
