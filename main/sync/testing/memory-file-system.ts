import { posix } from 'node:path';
import { joinName } from '../local/join-name.ts';
import type { LocalEntry, LocalFile } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localName } from '../model/paths.ts';
import type {
  FileSystem,
  FileWriter,
  LocalTree,
  NewFile,
  PutFile,
  ReadRange,
  Renamed,
  Trash,
} from '../ports/file-system.ts';
import { type Gate, openGate } from './gate.ts';
import { type Inode, type MemoryDisk, toEntry } from './memory-disk.ts';

const readSize = 64;
const unseen: LocalEntry = { kind: 'special', what: 'unseen', errno: 'EPERM' };

/**
 * The file system port on a disk in memory.
 *
 * @param middle called between the steps of an operation that has several: there the world may end, but nobody
 *   else gets between, as on a real disk
 * @param isHidden what can't be looked at, although its folder can be listed
 */
export function memoryFileSystem(
  disk: MemoryDisk,
  gate: Gate = openGate,
  middle: () => void = () => undefined,
  isHidden: (inode: Inode) => boolean = () => false,
): FileSystem {
  return {
    async look(path) {
      await gate('look', path);
      const inode = disk.find(path);
      if (inode !== undefined && isHidden(inode)) throw new LocalFailure('unreadable');
      return inode === undefined ? undefined : toEntry(inode);
    },
    async list(path) {
      await gate('list', path);
      const entries = disk.names(path).flatMap((name) => {
        const inode = disk.find(`${path}/${name}`);
        if (inode === undefined) return [];
        return [{ name: localName(name), entry: isHidden(inode) ? unseen : toEntry(inode) }];
      });
      return { entries, unreadableNames: 0 };
    },
    read: (path, range) => readContent(disk, gate, path, range),
    write: (path, keep) => openWriter(disk, gate, path, keep),
    async makeFolder(path) {
      await gate('makeFolder', path);
      const made = toEntry(disk.makeFolder(path));
      if (made.kind !== 'folder') throw new Error('a made folder is a folder');
      return made;
    },
    moveExclusive: (from, to) => moveExclusive(disk, gate, middle, from, to),
    async replace(temporary, target, displaced) {
      await gate('replace', target);
      disk.rename(target, displaced);
      middle();
      const before = entryAt(disk, temporary);
      disk.rename(temporary, target);
      return { before, after: entryAt(disk, target) };
    },
    putAll: (files) => putNewFiles(disk, gate, middle, files),
    openForWriting: async (paths) => new Set(paths.filter((path) => disk.find(path)?.isOpen === true)),
    async remove(path) {
      await gate('remove', path);
      disk.remove(path);
    },
    removeEmptyFolder: (path) => removeEmptyFolder(disk, gate, path),
    async resolve(path) {
      await gate('resolve', path);
      if (disk.find(path) === undefined) throw new LocalFailure('missing');
      return path;
    },
    async ignoresCase() {
      await gate('ignoresCase', '');
      return disk.traits.ignoresCase;
    },
    join: (folder, name) => joinName(folder, name, posix),
  };
}

async function removeEmptyFolder(disk: MemoryDisk, gate: Gate, path: LocalPath): Promise<void> {
  await gate('removeEmptyFolder', path);
  disk.removeFolder(path);
}

/** A trash on the same disk: a folder outside the pair. */
export function memoryTrash(disk: MemoryDisk, folder: string, gate: Gate = openGate): Trash {
  let count = 0;
  return {
    async put(path, isMeant) {
      await gate('trash', path);
      if (!isMeant(treeAt(disk, path))) return false;
      do count += 1;
      while (disk.find(`${folder}/${count}`) !== undefined);
      disk.rename(path, `${folder}/${count}`);
      return true;
    },
  };
}

function treeAt(disk: MemoryDisk, path: string): LocalTree {
  const name = localName(path.slice(path.lastIndexOf('/') + 1));
  const below = (): readonly LocalTree[] => disk.names(path).map((child) => treeAt(disk, `${path}/${child}`));
  return { name, entry: entryAt(disk, path), below };
}

async function openWriter(disk: MemoryDisk, gate: Gate, path: string, keep: number): Promise<FileWriter> {
  await gate('write', path);
  const inode = disk.find(path) ?? disk.write(path, new Uint8Array());
  disk.setContent(inode, inode.content.slice(0, keep));
  inode.flushed = Math.min(inode.flushed, keep);
  return new MemoryWriter(disk, inode, gate, path);
}

async function moveExclusive(
  disk: MemoryDisk,
  gate: Gate,
  middle: () => void,
  from: string,
  to: string,
): Promise<Renamed> {
  await gate('moveExclusive', from);
  return renameToFree(disk, middle, from, to);
}

function renameToFree(disk: MemoryDisk, middle: () => void, from: string, to: string): Renamed {
  const source = disk.find(from);
  const there = disk.find(to);
  if (source === undefined) throw new LocalFailure('missing');
  const before = toEntry(source);
  if (there !== undefined && (there !== source || folded(from) !== folded(to))) {
    throw new LocalFailure('exists');
  }
  if (there !== undefined || source.kind !== 'file') {
    disk.rename(from, to);
    return { before, after: entryAt(disk, to) };
  }
  disk.link(from, to);
  middle();
  disk.remove(from);
  return { before, after: entryAt(disk, to) };
}

async function putNewFiles(
  disk: MemoryDisk,
  gate: Gate,
  middle: () => void,
  files: readonly NewFile[],
): Promise<readonly PutFile[]> {
  const put: PutFile[] = [];
  for (const file of files) put.push(await putNewFile(disk, gate, middle, file));
  return put;
}

async function putNewFile(
  disk: MemoryDisk,
  gate: Gate,
  middle: () => void,
  { at, temporary, content, modifiedMs }: NewFile,
): Promise<PutFile> {
  try {
    await gate('put', at);
    const inode = disk.write(temporary, content, BigInt(Math.round(modifiedMs)) * 1_000_000n);
    inode.flushed = 0;
    await gate('put-flush', temporary);
    inode.flushed = Number.POSITIVE_INFINITY;
    const written = toEntry(inode);
    if (written.kind !== 'file') throw new Error('a written file is a file');
    return { kind: 'put', written, renamed: renameToFree(disk, middle, temporary, at) };
  } catch (error) {
    if (!(error instanceof LocalFailure)) throw error;
    if (disk.find(temporary) !== undefined) disk.remove(temporary);
    return { kind: 'failed', failure: error };
  }
}

/** What a disk that sees neither case nor composition makes of a path. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function entryAt(disk: MemoryDisk, path: string): LocalEntry {
  const inode = disk.find(path);
  if (inode === undefined) throw new LocalFailure('missing');
  return toEntry(inode);
}

async function* readContent(
  disk: MemoryDisk,
  gate: Gate,
  path: LocalPath,
  range: ReadRange,
): AsyncGenerator<Uint8Array> {
  await gate('read', path);
  const inode = disk.find(path);
  if (inode?.kind !== 'file') throw new LocalFailure('missing');
  const end = range.end ?? Number.POSITIVE_INFINITY;
  for (let position = range.start; position < Math.min(end, inode.content.length); ) {
    const chunk = Uint8Array.from(inode.content.subarray(position, Math.min(position + readSize, end)));
    position += chunk.length;
    yield chunk;
    if (range.fleeting === true) chunk.fill(0);
    await gate('read-more', path);
  }
}

class MemoryWriter implements FileWriter {
  readonly #disk: MemoryDisk;
  readonly #inode: Inode;
  readonly #gate: Gate;
  readonly #path: string;

  constructor(disk: MemoryDisk, inode: Inode, gate: Gate, path: string) {
    this.#disk = disk;
    this.#inode = inode;
    this.#gate = gate;
    this.#path = path;
  }

  get position(): number {
    return this.#inode.content.length;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.#gate('write-more', this.#path);
    const before = this.#inode.content.length;
    this.#disk.setContent(this.#inode, Buffer.concat([this.#inode.content, chunk]));
    this.#inode.flushed = Math.min(this.#inode.flushed, before);
  }

  async flush(): Promise<void> {
    await this.#gate('flush', this.#path);
    this.#inode.flushed = Number.POSITIVE_INFINITY;
  }

  async finish(modifiedMs: number): Promise<LocalFile> {
    await this.#gate('finish', this.#path);
    this.#inode.flushed = Number.POSITIVE_INFINITY;
    this.#disk.setTime(this.#inode, BigInt(Math.round(modifiedMs)) * 1_000_000n);
    const entry: LocalEntry = toEntry(this.#inode);
    if (entry.kind !== 'file') throw new Error('a written file is a file');
    return entry;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
