import {
  chmodSync,
  constants,
  linkSync,
  lstatSync,
  readdirSync,
  realpathSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { lstat, mkdir, open, rmdir, unlink } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import type { LocalEntry, LocalFolder } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localName, localPath } from '../model/paths.ts';
import type { FileSystem, ListedEntry, Renamed } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { flushFolder } from './flush-folder.ts';
import { errnoOf, onDisk, translate } from './local-failures.ts';
import { openWriter } from './node-writer.ts';
import { probeCase } from './probe-case.ts';

const readSize = 256 * 1024;
/** Entries looked at before others get a turn. */
const breath = 512;

/** The disk of this computer. */
export const nodeFileSystem: FileSystem = {
  look: (path) => onDisk('read', () => lookAt(path)),
  list: (path) => onDisk('read', () => listFolder(path)),
  read: (path, range) => readFile(path, range.start, range.end),

  async write(path, keep) {
    await refuseOutside(path);
    return openWriter(path, keep);
  },

  async makeFolder(path): Promise<LocalFolder> {
    await refuseOutside(path);
    const made = await onDisk('write', async () => {
      await mkdir(path);
      return entryOf(await lstat(path, { bigint: true }));
    });
    if (made.kind !== 'folder') throw new LocalFailure('exists');
    await flushFolder(folderOf(path));
    return made;
  },

  async moveExclusive(from, to) {
    await refuseOutside(from);
    await refuseOutside(to);
    const renamed = await onDisk('write', () => moveExclusive(from, to));
    await flushFolder(folderOf(to));
    return renamed;
  },

  async replace(temporary, target, displaced) {
    await refuseOutside(target);
    const renamed = await onDisk('write', () => replace(temporary, target, displaced));
    await flushFolder(folderOf(target));
    return renamed;
  },

  async remove(path) {
    await refuseOutside(path);
    await onDisk('write', async () => {
      const stats = await lstat(path);
      await (stats.isDirectory() ? rmdir(path) : unlink(path));
    });
  },

  resolve: (path) => onDisk('read', () => localPath(realpathSync.native(path))),
  ignoresCase: (folder) => probeCase(folder),
  join: (folder, name) => localPath(folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`),
};

async function lookAt(path: LocalPath): Promise<LocalEntry | undefined> {
  try {
    return entryOf(await lstat(path, { bigint: true }));
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function listFolder(
  path: LocalPath,
): Promise<{ readonly entries: readonly ListedEntry[]; readonly unreadableNames: number }> {
  const entries: ListedEntry[] = [];
  let unreadableNames = 0;
  for (const [index, name] of readdirSync(path).entries()) {
    if (index % breath === breath - 1) await new Promise(setImmediate);
    const stats = lstatSync(`${path}${sep}${name}`, { bigint: true, throwIfNoEntry: false });
    if (stats !== undefined) entries.push({ name: localName(name), entry: entryOf(stats) });
    else if (name.includes('\uFFFD')) unreadableNames += 1;
  }
  return { entries, unreadableNames };
}

async function* readFile(
  path: LocalPath,
  start: number,
  end = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const handle = await onDisk('read', () => open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)));
  try {
    for (let position = start; position < end; ) {
      const at = position;
      const buffer = Buffer.allocUnsafe(Math.min(readSize, end - at));
      const { bytesRead } = await onDisk('read', () => handle.read(buffer, 0, buffer.length, at));
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/**
 * A hard link never replaces anything, a rename does: so files are linked to the new name, then unlinked.
 * Synchronous on purpose, like `replace`: nothing of this program runs between the steps.
 */
function moveExclusive(from: LocalPath, to: LocalPath): Renamed {
  const source = lstatSync(from, { bigint: true });
  const there = lstatSync(to, { bigint: true, throwIfNoEntry: false });
  if (there !== undefined && (there.ino !== source.ino || folded(from) !== folded(to))) {
    throw new LocalFailure('exists');
  }
  if (there !== undefined || !source.isFile() || !linkInstead(from, to)) renameSync(from, to);
  return { before: entryOf(source), after: entryOf(lstatSync(to, { bigint: true })) };
}

/** What a disk that sees neither case nor composition makes of a path. */
function folded(path: LocalPath): string {
  return path.normalize('NFC').toLowerCase();
}

/** Renames by a second name; false on a disk that has no hard links. */
function linkInstead(from: LocalPath, to: LocalPath): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw translate(error, 'write');
  }
  unlinkSync(from);
  return true;
}

function replace(temporary: LocalPath, target: LocalPath, displaced: LocalPath): Renamed {
  const source = lstatSync(temporary, { bigint: true });
  takeMode(temporary, lstatSync(target).mode);
  if (!keepAs(target, displaced)) renameSync(target, displaced);
  renameSync(temporary, target);
  return { before: entryOf(source), after: entryOf(lstatSync(target, { bigint: true })) };
}

/** A new version is for the same people as the one before; some disks know no such thing. */
function takeMode(path: LocalPath, mode: number): void {
  try {
    chmodSync(path, mode & 0o777);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

/** Gives a file a second name; false on a disk that has no hard links. */
function keepAs(target: LocalPath, displaced: LocalPath): boolean {
  try {
    linkSync(target, displaced);
    return true;
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw translate(error, 'write');
  }
}

function isUnsupported(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'].includes(errnoOf(error) ?? '');
}

function folderOf(path: LocalPath): LocalPath {
  return localPath(dirname(path));
}

/** The folder must be itself and no symbolic link, nor lie below one: the pair's root is resolved once. */
async function refuseOutside(path: LocalPath): Promise<void> {
  const folder = folderOf(path);
  const real = await onDisk('read', () => realpathSync.native(folder));
  if (folded(localPath(real)) !== folded(folder)) {
    throw new LocalFailure('outside', { folder });
  }
}
