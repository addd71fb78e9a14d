import type { FolderWeight } from '../api.ts';
import { LocalFailure } from '../model/failures.ts';
import { joinSync, type LocalPath, localName, nameKey, rootPath, type SyncPath } from '../model/paths.ts';
import type { ListedEntry } from '../ports/file-system.ts';
import { isSynced } from './listing.ts';
import type { Sight } from './sight.ts';

type Weight = Omit<FolderWeight, 'path'>;
const nothing: Weight = { files: 0, bytes: 0, unsent: 0 };

/**
 * What the folders in the pair's root weigh here, and how many files below each the server does not have as they are.
 * `''` stands for the files that are in none of them. What nobody shares is not counted.
 */
export async function weighFolders(sight: Sight): Promise<FolderWeight[]> {
  const entries = await listOrNone(sight.root, sight);
  const weights: FolderWeight[] = [];
  for (const listed of entries) {
    if (listed.entry.kind !== 'folder' || isIgnored(rootPath, listed, sight)) continue;
    const path = joinSync(rootPath, nameKey(listed.name));
    const at = sight.fileSystem.join(sight.root, localName(listed.name));
    weights.push({ path, ...(await weighBelow(path, at, sight)) });
  }
  return [{ path: rootPath, ...weighFiles(rootPath, entries, sight) }, ...weights];
}

/** One folder after the other: a person waits for it, but so does what is being synced. */
async function weighBelow(path: SyncPath, at: LocalPath, sight: Sight): Promise<Weight> {
  const entries = await listOrNone(at, sight);
  let sum = weighFiles(path, entries, sight);
  for (const listed of entries) {
    if (listed.entry.kind !== 'folder' || isIgnored(path, listed, sight)) continue;
    const below = sight.fileSystem.join(at, localName(listed.name));
    sum = add(sum, await weighBelow(joinSync(path, nameKey(listed.name)), below, sight));
  }
  return sum;
}

function weighFiles(folder: SyncPath, entries: readonly ListedEntry[], sight: Sight): Weight {
  let sum = nothing;
  for (const listed of entries) {
    const { name, entry } = listed;
    if (entry.kind !== 'file' || isIgnored(folder, listed, sight)) continue;
    const path = joinSync(folder, nameKey(name));
    const isOnline = isSynced(entry, sight.synced.find(path)) && !sight.leftOut.has(path);
    sum = add(sum, { files: 1, bytes: entry.size, unsent: isOnline ? 0 : 1 });
  }
  return sum;
}

function isIgnored(folder: SyncPath, { name, entry }: ListedEntry, { ignoredBy }: Sight): boolean {
  return ignoredBy(folder, name, entry.kind) !== undefined;
}

function add(one: Weight, other: Weight): Weight {
  return {
    files: one.files + other.files,
    bytes: one.bytes + other.bytes,
    unsent: one.unsent + other.unsent,
  };
}

/** A folder that goes while it is weighed weighs nothing. */
async function listOrNone(at: LocalPath, { fileSystem }: Sight): Promise<readonly ListedEntry[]> {
  try {
    return (await fileSystem.list(at)).entries;
  } catch (error) {
    if (error instanceof LocalFailure && error.code === 'missing') return [];
    throw error;
  }
}
