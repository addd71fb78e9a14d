import { hashFile } from '../discover/hash.ts';
import {
  forgetPartialUpload,
  type PartialUpload,
  partialUpload,
  savePartialUpload,
} from '../journal/transfers.ts';
import { RemoteFailure, stopsRun, throwIfAborted } from '../model/failures.ts';
import type { PartUpload, Stored } from '../ports/remote.ts';
import type { RunContext } from './context.ts';
import { mtimeOf, type UploadSource } from './upload-source.ts';

/** Nextcloud names parts 1 to 10000; one is left for the rest. */
const mostParts = 9999;
const partsAtATime = 3;
/** It takes 5 GB; a part that breaks off is sent again from its start. */
const largestPart = 1024 * 1024 * 1024;

/**
 * Sends a large file in parts, which the server puts together at the end. Parts that arrived in an earlier
 * attempt, perhaps before a crash, are not sent again.
 *
 * @param partSize bytes of a part, of an upload that is begun now
 */
export async function uploadInParts(
  source: UploadSource,
  partSize: number,
  context: RunContext,
): Promise<Stored> {
  const { remote, journal, signal } = context;
  const { partial, present } = await openUpload(source, partSize, context);
  const upload = { id: partial.id, path: source.to };
  try {
    await sendParts(partial, present, source, context);
    const { local, checksum, condition } = source;
    // Parts are read apart from each other: what was sent is one version only if that is still the content now.
    if ((await hashFile(context.fileSystem, source.at, local, signal)) !== checksum)
      throw new RemoteFailure('contentChanged');
    return await remote.finishParts(upload, {
      size: local.size,
      mtime: mtimeOf(local),
      checksum,
      condition,
      signal,
    });
  } catch (error) {
    if (error instanceof RemoteFailure && isUseless(error)) {
      if (error.code !== 'notFound') await abandonParts(upload, context);
      forgetPartialUpload(journal, source.path);
    }
    throw error;
  }
}

/** Has the server clear an upload away. One that it will not clear it forgets by itself within a day. */
export async function abandonParts(upload: PartUpload, { remote, signal }: RunContext): Promise<void> {
  try {
    await remote.abortParts(upload, signal);
  } catch (error) {
    if (!(error instanceof RemoteFailure) || stopsRun(error)) throw error;
  }
}

/** After these, what the server has of it helps no later attempt. */
function isUseless({ code }: RemoteFailure): boolean {
  return code === 'notFound' || code === 'refused' || code === 'contentChanged';
}

async function openUpload(
  source: UploadSource,
  partSize: number,
  context: RunContext,
): Promise<{ readonly partial: PartialUpload; readonly present: ReadonlyMap<number, number> }> {
  const { remote, journal, signal } = context;
  const known = partialUpload(journal, source.path);
  if (known !== undefined) {
    const upload = { id: known.id, path: source.to };
    const isSame = known.checksum === source.checksum && known.remotePath === source.to;
    const present = isSame ? await remote.listParts(upload, signal) : undefined;
    if (present !== undefined) return { partial: known, present };
    if (!isSame) await abandonParts(upload, context);
    forgetPartialUpload(journal, source.path);
  }
  const partial = noteParts(source, partSize, context);
  await remote.beginParts({ id: partial.id, path: source.to }, signal);
  return { partial, present: new Map() };
}

/** Takes note that a file is to go up in parts, of which none is there yet. */
export function noteParts(
  source: UploadSource,
  partSize: number,
  { journal, random }: RunContext,
): PartialUpload {
  const { size } = source.local;
  const chunk = Math.max(Math.min(partSize, largestPart), Math.ceil(size / mostParts));
  const id = `traboule-${random.hex(16)}`;
  const partial = { id, remotePath: source.to, chunk, size, checksum: source.checksum };
  savePartialUpload(journal, source.path, partial);
  return partial;
}

async function sendParts(
  partial: PartialUpload,
  present: ReadonlyMap<number, number>,
  source: UploadSource,
  context: RunContext,
): Promise<void> {
  const { chunk, size } = partial;
  const missing: number[] = [];
  for (let number = 1; (number - 1) * chunk < size; number += 1) {
    const length = Math.min(chunk, size - (number - 1) * chunk);
    if (present.get(number) === length) context.reporter.skipped(source.path, length);
    else missing.push(number);
  }
  const worker = async (): Promise<void> => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      await sendPart(number, partial, source, context);
    }
  };
  await allOrFirstFailure(Array.from({ length: partsAtATime }, worker));
}

async function sendPart(
  number: number,
  partial: PartialUpload,
  source: UploadSource,
  context: RunContext,
): Promise<void> {
  const start = (number - 1) * partial.chunk;
  const end = Math.min(start + partial.chunk, partial.size);
  const upload = { id: partial.id, path: source.to };
  const body = partBody(start, end, source, context);
  await context.remote.putPart(upload, { number, size: end - start, body }, context.signal);
}

async function* partBody(
  start: number,
  end: number,
  source: UploadSource,
  context: RunContext,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of context.fileSystem.read(source.at, { start, end })) {
    throwIfAborted(context.signal);
    sent += chunk.length;
    yield chunk;
    context.reporter.moved(source.path, chunk.length);
  }
  if (sent !== end - start) throw new RemoteFailure('contentChanged');
}

/** Waits for all, then throws the first failure: no part is still under way afterwards. */
async function allOrFirstFailure(tasks: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
