import { closeSync, constants, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { lstat, mkdir, open, realpath, rmdir, unlink } from 'node:fs/promises';
import { basename, sep } from 'node:path';
import type { LocalEntry, LocalFolder } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localName, localPath } from '../model/paths.ts';
import type { FileSystem, ListedEntry, ReadRange } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { flushFolder } from './flush-folder.ts';
import { joinName } from './join-name.ts';
import { errnoOf, onDisk } from './local-failures.ts';
import { openWriter } from './node-writer.ts';
import { openForWriting } from './open-files.ts';
import { folderOf, refuseOutside } from './outside.ts';
import { probeCase } from './probe-case.ts';
import { putNewFiles } from './put-new-files.ts';
import { moveExclusive, replace } from './renames.ts';
import { Unseen } from './unseen.ts';

const readSize = 1024 * 1024;
/** So much is read at once: three trips through the pool of threads cost ten times as much as the bytes. */
const readAtOnce = 64 * 1024;
const forReading = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
/** Entries looked at before others get a turn. */
const breath = 512;

/** The disk of this computer. */
export const nodeFileSystem: FileSystem = {
  look: (path) => onDisk('read', () => lookAt(path)),
  list: (path) => onDisk('read', () => listFolder(path)),
  read: (path, range) => readFile(path, range),

  async write(path, keep) {
    await refuse(path);
    return openWriter(path, keep);
  },

  async makeFolder(path): Promise<LocalFolder> {
    await refuse(path);
    const made = await onDisk('write', async () => {
      await mkdir(path);
      return entryOf(await lstat(path, { bigint: true }));
    });
    if (made.kind !== 'folder') throw new LocalFailure('exists');
    await flushFolder(folderOf(path));
    return made;
  },

  async moveExclusive(from, to) {
    await refuse(from);
    await refuse(to);
    const renamed = await onDisk('write', () => moveExclusive(from, to));
    await flushFolder(folderOf(to));
    return renamed;
  },

  async replace(temporary, target, displaced) {
    await refuse(target);
    const renamed = await onDisk('write', () => replace(temporary, target, displaced));
    await flushFolder(folderOf(target));
    return renamed;
  },

  putAll: (files) => putNewFiles(files),

  openForWriting: (paths) => onDisk('read', () => openForWriting(paths)),

  async remove(path) {
    await refuse(path);
    await onDisk('write', async () => {
      const stats = await lstat(path);
      await (stats.isDirectory() ? rmdir(path) : unlink(path));
    });
  },

  async removeEmptyFolder(path) {
    await refuse(path);
    await onDisk('write', () => rmdir(path));
  },

  /** Not at once: it is the first that a drive is asked, which may never answer. */
  resolve: (path) => onDisk('read', async () => localPath(await realpath(path))),
  ignoresCase: (folder) => probeCase(folder),
  join: (folder, name) => joinName(folder, name, { basename, sep }),
};

/** At once, like the looks at a folder's entries: a trip through the pool of threads costs ten times as much. */
function lookAt(path: LocalPath): LocalEntry | undefined {
  try {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? undefined : entryOf(stats);
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function listFolder(
  path: LocalPath,
): Promise<{ readonly entries: readonly ListedEntry[]; readonly unreadableNames: number }> {
  const entries: ListedEntry[] = [];
  const unseen = new Unseen();
  let unreadableNames = 0;
  const names = readdirSync(path);
  for (const [index, name] of names.entries()) {
    if (index % breath === breath - 1) await new Promise(setImmediate);
    try {
      const stats = lstatSync(`${path}${sep}${name}`, { bigint: true, throwIfNoEntry: false });
      if (stats !== undefined) entries.push({ name: localName(name), entry: entryOf(stats) });
      else if (name.includes('\uFFFD')) unreadableNames += 1;
    } catch (error) {
      unseen.add(name, error);
    }
  }
  unseen.refuseAll(names.length);
  return { entries: [...entries, ...unseen.entries], unreadableNames };
}

async function* readFile(
  path: LocalPath,
  { start, end = Number.POSITIVE_INFINITY, fleeting = false }: ReadRange,
): AsyncGenerator<Uint8Array> {
  if (end - start <= readAtOnce) {
    const bytes = await onDisk('read', () => readShort(path, start, end));
    if (bytes.length > 0) yield bytes;
    return;
  }
  yield* readInPieces(path, { start, end, fleeting });
}

/** Never at once, not even a short piece. */
export async function* readInPieces(
  path: LocalPath,
  { start, end = Number.POSITIVE_INFINITY, fleeting = false }: ReadRange,
): AsyncGenerator<Uint8Array> {
  const handle = await onDisk('read', () => open(path, forReading));
  try {
    let buffer: Buffer | undefined;
    for (let position = start; position < end; ) {
      const at = position;
      const length = Math.min(readSize, end - at);
      const into = fleeting && buffer !== undefined ? buffer : Buffer.allocUnsafe(length);
      buffer = into;
      const { bytesRead } = await onDisk('read', () => handle.read(into, 0, length, at));
      if (bytesRead === 0) return;
      position += bytesRead;
      yield into.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function readShort(path: LocalPath, start: number, end: number): Uint8Array {
  const handle = openSync(path, forReading);
  try {
    const buffer = Buffer.allocUnsafe(end - start);
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(handle, buffer, length, buffer.length - length, start + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

function refuse(path: LocalPath): Promise<void> {
  return onDisk('read', () => refuseOutside(path));
}
