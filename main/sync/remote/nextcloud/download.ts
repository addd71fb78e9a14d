import { RemoteFailure } from '../../model/failures.ts';
import type { RemotePath } from '../../model/paths.ts';
import type { ArchivedFile, Download, DownloadRequest } from '../../ports/remote.ts';
import type { Addresses } from './addresses.ts';
import type { DavAnswer, DavClient } from './client.ts';
import { isIdentity, plainBody } from './decoded.ts';
import { plainEtag } from './entries.ts';
import { readTar } from './tar.ts';

/**
 * Begins a GET, from the first byte that is missing. If-Range carries the plain etag: with the one of a
 * compressed answer, Apache cuts the range out of the compressed bytes (recorded: 12).
 */
export async function startDownload(
  client: DavClient,
  addresses: Addresses,
  request: DownloadRequest,
): Promise<Download> {
  const { path, offset, etag, signal } = request;
  const range = offset === 0 ? {} : { range: `bytes=${offset}-`, 'if-range': `"${etag}"` };
  const answer = await client.send({
    method: 'GET',
    path: addresses.file(path),
    headers: range,
    signal,
    isTransfer: true,
  });
  try {
    checkVersion(answer, request);
    return {
      offset: answer.status === 206 ? offset : 0,
      stated: answer.header('oc-checksum') ?? '',
      body: plainBody(answer),
      close: () => answer.drop(),
    };
  } catch (error) {
    await answer.drop();
    throw error;
  }
}

/** A portal or a page of text for a folder (recorded: 05/33) answers 200 as well: only the etag tells the file. */
function checkVersion(answer: DavAnswer, { offset, etag, size }: DownloadRequest): void {
  const sent = plainEtag(answer.header('oc-etag') ?? answer.header('etag') ?? '');
  if (sent === '') throw new RemoteFailure('malformed', { what: 'no etag', status: answer.status });
  if (sent !== etag) throw new RemoteFailure('contentChanged', { sent, listed: etag });
  const announced = answer.status === 206 ? readRange(answer, offset).size : wholeSize(answer);
  if (announced !== undefined && announced !== size) {
    throw new RemoteFailure('wrongLength', { received: announced, expected: size });
  }
}

/**
 * Asks for a folder as a tar (Nextcloud 31 and later: facts/nextcloud.md, "Other interfaces"). Others answer with a
 * page of text (recorded: 05/33).
 */
export async function startArchive(
  client: DavClient,
  addresses: Addresses,
  path: RemotePath,
  signal: AbortSignal,
): Promise<AsyncIterable<ArchivedFile> | undefined> {
  const headers = { accept: 'application/x-tar' };
  const answer = await client.send({
    method: 'GET',
    path: addresses.file(path),
    headers,
    signal,
    isTransfer: true,
  });
  if (answer.header('content-type')?.startsWith('application/x-tar') === true) return filesOf(answer);
  await answer.drop();
  return undefined;
}

/** The archive has one folder in it, which is the one that was asked for. */
async function* filesOf(answer: DavAnswer): AsyncGenerator<ArchivedFile> {
  try {
    for await (const file of readTar(plainBody(answer))) {
      yield { ...file, path: file.path.slice(file.path.indexOf('/') + 1) };
    }
  } finally {
    await answer.drop();
  }
}

function wholeSize(answer: DavAnswer): number | undefined {
  const length = answer.header('content-length');
  return isIdentity(answer.header('content-encoding')) && length !== undefined ? Number(length) : undefined;
}

function readRange(answer: DavAnswer, offset: number): { readonly size: number } {
  const range = answer.header('content-range') ?? '';
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(range);
  const isAsAsked =
    match !== null && Number(match[1]) === offset && isIdentity(answer.header('content-encoding'));
  if (!isAsAsked) throw new RemoteFailure('rangeRefused', { range });
  return { size: Number(match[2]) };
}
