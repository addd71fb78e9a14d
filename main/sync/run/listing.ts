import type { EntryInfo, EntryState, ItemAction, Problem } from '../api.ts';
import { isUntouched, type LocalEntry, type SyncedNode } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { isWithin, joinSync, type LocalPath, localName, nameKey, type SyncPath } from '../model/paths.ts';
import type { FileSystem, ListedEntry } from '../ports/file-system.ts';
import type { Sight } from './sight.ts';

export interface ListingTask extends Sight {
  readonly folder: SyncPath;
  readonly running: ReadonlyMap<SyncPath, { readonly action: ItemAction }>;
  readonly problems: readonly Problem[];
}

/** What is in a folder of the pair, here and as far as it is known on the server, with the state of each. */
export async function listFolder(task: ListingTask): Promise<EntryInfo[]> {
  const infos = new Map<string, EntryInfo>();
  for (const { name, entry } of await listHere(task)) {
    if (entry.kind === 'special' || task.ignoredBy(task.folder, name, entry.kind) !== undefined) continue;
    const path = joinSync(task.folder, nameKey(name));
    infos.set(path, infoOf(path, name, entry, task));
  }
  for (const [path, { action }] of task.running) {
    const name = path.slice(task.folder === '' ? 0 : task.folder.length + 1);
    const isDirect = path !== task.folder && isWithin(path, task.folder) && !name.includes('/');
    if (!isDirect || infos.has(path) || (action !== 'download' && action !== 'createLocal')) continue;
    const kind = action === 'download' ? 'file' : 'folder';
    infos.set(path, { name, path, kind, size: 0, mtime: 0, state: 'downloading', here: false });
  }
  return [...infos.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function listHere({ fileSystem, root, folder }: ListingTask): Promise<readonly ListedEntry[]> {
  let path = root;
  try {
    for (const name of folder === '' ? [] : folder.split('/')) {
      const found = await findChild(path, name, fileSystem);
      // A link is no part of the pair, and leads anywhere.
      if (found?.entry.kind !== 'folder') return [];
      path = fileSystem.join(path, found.name);
    }
    return (await fileSystem.list(path)).entries;
  } catch (error) {
    if (error instanceof LocalFailure && error.code === 'missing') return [];
    throw error;
  }
}

/** What has that name in a folder, under its own spelling, which may differ from the pair's. */
async function findChild(
  folder: LocalPath,
  name: string,
  fileSystem: FileSystem,
): Promise<ListedEntry | undefined> {
  const entry = await fileSystem.look(fileSystem.join(folder, localName(name)));
  if (entry !== undefined) return { name: localName(name), entry };
  const { entries } = await fileSystem.list(folder);
  return entries.find((listed) => nameKey(listed.name) === name);
}

function infoOf(
  path: SyncPath,
  name: string,
  entry: Exclude<LocalEntry, { kind: 'special' }>,
  task: ListingTask,
): EntryInfo {
  const problem = task.problems.find((candidate) => isWithin(candidate.path, path));
  const file = entry.kind === 'file' ? entry : undefined;
  return {
    name: nameKey(name),
    path,
    kind: entry.kind,
    size: file?.size ?? 0,
    mtime: file === undefined ? 0 : Number(file.modified / 1_000_000n),
    state: stateOf(path, entry, problem, task),
    ...(problem === undefined ? {} : { problem: problem.code }),
    here: true,
  };
}

function stateOf(
  path: SyncPath,
  entry: Exclude<LocalEntry, { kind: 'special' }>,
  problem: Problem | undefined,
  task: ListingTask,
): EntryState {
  for (const [running, { action }] of task.running) {
    if (!isWithin(running, path)) continue;
    if (action === 'upload' || action === 'createRemote') return 'uploading';
    if (action === 'download' || action === 'createLocal' || action === 'resolve') return 'downloading';
  }
  if (problem !== undefined) return 'problem';
  if (isSynced(entry, task.synced.find(path))) return 'synced';
  return task.leftOut.has(path) ? 'leftOut' : 'waiting';
}

/** Whether it is here as it last was in sync. */
export function isSynced(entry: LocalEntry, node: SyncedNode | undefined): boolean {
  if (entry.kind === 'file') return node?.kind === 'file' && isUntouched(entry, node);
  return entry.kind === 'folder' && node?.kind === 'folder';
}
