import { Readable } from 'node:stream';
import { ownName } from '../discover/own-names.ts';
import {
  forgetPartialDownload,
  type PartialDownload,
  partialDownload,
  savePartialDownload,
} from '../journal/transfers.ts';
import type { Checksum, LocalFile, RemoteFile } from '../model/entries.ts';
import { LocalFailure, RemoteFailure, throwIfAborted } from '../model/failures.ts';
import type { LocalPath, RemotePath, SyncPath } from '../model/paths.ts';
import type { FileWriter } from '../ports/file-system.ts';
import type { Download } from '../ports/remote.ts';
import type { RunContext } from './context.ts';
import { ContentHash } from './stated-checksum.ts';

/** Bytes and ms between two points from which a download can be resumed after a crash. */
const safeEvery = { bytes: 16 * 1024 * 1024, ms: 5000 } as const;

/** What to fetch, and beside which file. */
export interface FetchTask {
  readonly from: RemotePath;
  readonly listed: RemoteFile;
  /** Path of the pair, for events and for resuming. */
  readonly path: SyncPath;
  /** Folder in which the temporary file is made: that of the target, so that a rename puts it in place. */
  readonly folder: LocalPath;
}

/** A whole, verified version in a temporary file. */
export interface Fetched {
  readonly temporary: LocalPath;
  readonly local: LocalFile;
  /** As listed, with the checksum that the download stated. */
  readonly remote: RemoteFile;
  readonly checksum: Checksum;
}

/** Downloads one version of a file, going on where an earlier attempt stopped. */
export async function fetchVersion(task: FetchTask, context: RunContext): Promise<Fetched> {
  const partial = await takePartial(task, context);
  try {
    return await fetchInto(partial, task, context);
  } catch (error) {
    if (isUseless(error)) await discardPartial(partial.temporary, task.path, context);
    throw error;
  }
}

/** After these, what is here so far helps no later attempt. */
const useless = new Set(['diskFull', 'rangeRefused', 'checksumMismatch', 'wrongLength', 'malformed']);

function isUseless(error: unknown): boolean {
  return (error instanceof LocalFailure || error instanceof RemoteFailure) && useless.has(error.code);
}

async function fetchInto(partial: PartialDownload, task: FetchTask, context: RunContext): Promise<Fetched> {
  const download = await startDownload(task, partial, context);
  try {
    return await takeIn(download, partial, task, context);
  } finally {
    await download.close();
  }
}

async function takeIn(
  download: Download,
  partial: PartialDownload,
  task: FetchTask,
  context: RunContext,
): Promise<Fetched> {
  const { listed, path } = task;
  const stated = download.stated === '' ? listed.stated : download.stated;
  const hash = new ContentHash(stated);
  await hashStart(partial.temporary, download.offset, hash, task, context);
  const etag = isDeceptive(listed) ? '' : listed.etag;
  savePartialDownload(context.journal, path, { ...partial, etag, safe: download.offset });
  const writer = await context.fileSystem.write(partial.temporary, download.offset);
  try {
    await writeBody(download, writer, hash, { ...partial, etag }, task, context);
    if (writer.position !== listed.size) {
      throw new RemoteFailure('wrongLength', { received: writer.position, expected: listed.size });
    }
    const { checksum, isAsStated } = hash.digest();
    if (!isAsStated) throw new RemoteFailure('checksumMismatch', { stated, found: checksum });
    const local = await writer.finish(listed.mtime * 1000);
    return {
      temporary: partial.temporary,
      local,
      remote: { ...listed, stated },
      checksum,
    };
  } finally {
    await writer.close();
  }
}

/** Removes the temporary file of a fetch that is not needed after all. */
export async function dropFetched(fetched: Fetched, path: SyncPath, context: RunContext): Promise<void> {
  await context.fileSystem.remove(fetched.temporary);
  forgetPartialDownload(context.journal, path);
}

async function takePartial(task: FetchTask, context: RunContext): Promise<PartialDownload> {
  const { fileSystem, journal, random } = context;
  const known = partialDownload(journal, task.path);
  if (known !== undefined) {
    const found = await fileSystem.look(known.temporary);
    const isHere = known.safe <= task.listed.size && found?.kind === 'file' && found.size >= known.safe;
    if (isHere && known.etag === task.listed.etag && known.safe > 0 && !isDeceptive(task.listed))
      return known;
    if (found?.kind === 'file') await fileSystem.remove(known.temporary);
    forgetPartialDownload(journal, task.path);
  }
  const temporary = fileSystem.join(task.folder, ownName('in', random.hex(8)));
  return { temporary, etag: task.listed.etag, safe: 0 };
}

/** Its etag may still stand for other content (recorded: 13/12), and nothing states which: no half is to be trusted. */
function isDeceptive(listed: RemoteFile): boolean {
  return listed.racy;
}

/** A download whose bytes are all here already asks for nothing more. */
async function startDownload(
  task: FetchTask,
  partial: PartialDownload,
  context: RunContext,
): Promise<Download> {
  const { etag, size, stated } = task.listed;
  const { safe: offset } = partial;
  if (offset > 0 && offset === size) {
    return {
      offset,
      stated,
      body: Readable.from([]),
      close: () => Promise.resolve(),
    };
  }
  return context.remote.download({ path: task.from, etag, size, offset, signal: context.signal });
}

async function hashStart(
  temporary: LocalPath,
  length: number,
  hash: ContentHash,
  task: FetchTask,
  context: RunContext,
): Promise<void> {
  if (length === 0) return;
  for await (const chunk of context.fileSystem.read(temporary, { start: 0, end: length, fleeting: true })) {
    throwIfAborted(context.signal);
    hash.update(chunk);
    context.reporter.skipped(task.path, chunk.length);
  }
}

async function writeBody(
  download: Download,
  writer: FileWriter,
  hash: ContentHash,
  partial: PartialDownload,
  task: FetchTask,
  context: RunContext,
): Promise<void> {
  const { journal, reporter, signal, clock } = context;
  let safe = writer.position;
  let safeAt = clock.now();
  const makeSafe = async (): Promise<void> => {
    await writer.flush();
    safe = writer.position;
    safeAt = clock.now();
    savePartialDownload(journal, task.path, { ...partial, safe });
  };
  try {
    for await (const chunk of download.body) {
      throwIfAborted(signal);
      refuseMore(writer.position + chunk.length, task.listed);
      await writer.write(chunk);
      hash.update(chunk);
      reporter.moved(task.path, chunk.length);
      const isMuch = writer.position - safe >= safeEvery.bytes;
      if (isMuch && clock.now() - safeAt >= safeEvery.ms) await makeSafe();
    }
  } catch (error) {
    if (error instanceof RemoteFailure && writer.position > safe) await makeSafe();
    throw error;
  }
}

/** A body that goes on and on must not fill the disk. */
function refuseMore(received: number, { size }: RemoteFile): void {
  if (received > size) throw new RemoteFailure('wrongLength', { received, expected: size });
}

async function discardPartial(temporary: LocalPath, path: SyncPath, context: RunContext): Promise<void> {
  const { fileSystem, journal } = context;
  if ((await fileSystem.look(temporary)) !== undefined) await fileSystem.remove(temporary);
  forgetPartialDownload(journal, path);
}
