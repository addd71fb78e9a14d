import type { Imported, ImportSource } from '../api.ts';
import { ownName } from '../discover/own-names.ts';
import { isSameLook } from '../model/entries.ts';
import { LocalFailure, throwIfAborted } from '../model/failures.ts';
import {
  joinSync,
  type LocalPath,
  localName,
  localPath,
  nameKey,
  type SyncPath,
  toSyncPath,
} from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { SyncPorts } from '../ports/sync-ports.ts';
import { numberedName } from '../reconcile/conflict-name.ts';
import { inTime, type RootPlace } from './root-place.ts';

export interface ImportTask {
  readonly source: ImportSource;
  /** Folder of the pair, made when missing. */
  readonly targetDir: string;
  readonly root: LocalPath;
  readonly place: RootPlace;
  /** Before the first run there may be no folder yet; later, one that is missing is not made in silence. */
  readonly mayMakeRoot: boolean;
  readonly ports: SyncPorts;
  /** Temporary files that nobody may clear away. */
  readonly importing: Set<string>;
  readonly onProgress: (bytesDone: number, bytesTotal: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Brings a file into the pair's folder: a copy under a temporary name, then a rename to a name that is free,
 * `plan (2).pdf` when `plan.pdf` is taken. Nothing there is ever replaced, and no half of it is ever seen.
 */
export async function importFile(task: ImportTask): Promise<Imported> {
  const { ports, importing } = task;
  const { fileSystem, random } = ports;
  const targetDir = toSyncPath(task.targetDir);
  const folder = await openFolder(targetDir, task);
  const content = await openSource(task.source, fileSystem);
  const temporary = fileSystem.join(folder, ownName('import', random.hex(8)));
  importing.add(temporary);
  try {
    await copy(content, temporary, task);
    await content.confirm();
    const name = await takeName(temporary, folder, content.name, fileSystem);
    const path = joinSync(targetDir, nameKey(name));
    return { path, localPath: fileSystem.join(folder, localName(name)), size: content.size };
  } finally {
    if ((await fileSystem.look(temporary)) !== undefined) await fileSystem.remove(temporary);
    importing.delete(temporary);
  }
}

interface Content {
  readonly name: string;
  readonly size: number;
  /** ms since 1970. */
  readonly modified: number;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Fails when what was read is not one version of it. */
  confirm(): Promise<void>;
}

async function openSource(source: ImportSource, fileSystem: FileSystem): Promise<Content> {
  if (source.kind === 'bytes') {
    return {
      name: checkName(source.name),
      size: source.bytes.length,
      modified: Date.now(),
      bytes: [source.bytes],
      confirm: () => Promise.resolve(),
    };
  }
  const path = localPath(source.path);
  const entry = await fileSystem.look(path);
  if (entry?.kind !== 'file') throw new LocalFailure('missing', { what: entry?.kind ?? 'nothing' });
  const given = source.name ?? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const modified = Number(entry.modified / 1_000_000n);
  return {
    name: checkName(given),
    size: entry.size,
    modified,
    bytes: fileSystem.read(path, { start: 0 }),
    confirm: async () => {
      if (!isSameLook(await fileSystem.look(path), entry)) throw new LocalFailure('inUse', { name: given });
    },
  };
}

function checkName(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name))
    throw new LocalFailure('nameRefused', { name });
  return name;
}

async function openFolder(path: SyncPath, task: ImportTask): Promise<LocalPath> {
  const { fileSystem, makeFolders, clock } = task.ports;
  if (task.mayMakeRoot) await inTime(makeFolders(task.root), clock, task.signal);
  let folder = await task.place.find(task.signal);
  for (const name of path === '' ? [] : path.split('/')) {
    folder = await spelledChild(folder, name, fileSystem);
    const found = await fileSystem.look(folder);
    if (found === undefined) await makeFolders(folder);
    else if (found.kind !== 'folder') throw new LocalFailure('exists', { what: found.kind });
  }
  return folder;
}

/** A folder's child under its own spelling, which may differ from the pair's. */
async function spelledChild(folder: LocalPath, name: string, fileSystem: FileSystem): Promise<LocalPath> {
  const direct = fileSystem.join(folder, localName(name));
  if ((await fileSystem.look(direct)) !== undefined) return direct;
  const { entries } = await fileSystem.list(folder);
  const same = entries.find((entry) => nameKey(entry.name) === nameKey(name));
  return same === undefined ? direct : fileSystem.join(folder, same.name);
}

async function copy(content: Content, temporary: LocalPath, task: ImportTask): Promise<void> {
  const writer = await task.ports.fileSystem.write(temporary, 0);
  try {
    for await (const chunk of content.bytes) {
      throwIfAborted(task.signal);
      await writer.write(chunk);
      task.onProgress(writer.position, content.size);
    }
    await writer.finish(content.modified);
  } finally {
    await writer.close();
  }
}

async function takeName(
  temporary: LocalPath,
  folder: LocalPath,
  wanted: string,
  fileSystem: FileSystem,
): Promise<string> {
  // Some disks take more names for one than a listing tells of: ß and ss, for example.
  const refused = new Set<string>();
  for (;;) {
    const { entries } = await fileSystem.list(folder);
    const taken = new Set(entries.map(({ name }) => nameKey(name).toLowerCase()));
    const isTaken = (candidate: string): boolean =>
      taken.has(candidate.toLowerCase()) || refused.has(candidate);
    const name = numberedName(nameKey(wanted), isTaken);
    try {
      await fileSystem.moveExclusive(temporary, fileSystem.join(folder, localName(name)));
      return name;
    } catch (error) {
      if (!(error instanceof LocalFailure) || error.code !== 'exists') throw error;
      refused.add(name);
    }
  }
}
