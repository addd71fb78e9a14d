import { isHalf, isOwnName, ownName } from '../discover/own-names.ts';
import { allDisplaced, type Displaced, forgetDisplaced, saveDisplaced } from '../journal/transfers.ts';
import {
  isLeaving,
  isSameLook,
  isUnseen,
  type LocalEntry,
  type SyncedFile,
  type SyncedFolder,
} from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import type { LocalPath } from '../model/paths.ts';
import type { ListedEntry, LocalTree } from '../ports/file-system.ts';
import { localFileOf } from '../reconcile/emit.ts';
import { goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor, type Outcome, postponed, type RunContext } from './context.ts';
import { localFolderOf, localPathOf } from './paths.ts';
import { throwAway } from './remove-local.ts';
import { setAside, settleDisplaced, settleSoon } from './set-aside.ts';
import { noteAway } from './turn-away.ts';

/**
 * Takes away here what is not wanted here and what the server has. Not into the trash: people do this to have the
 * space, and each file is read once more to be what the server is known to have, so that nothing goes that is not
 * there. Only what nobody shares, such as what file managers leave in folders, goes to the trash with its folder.
 */
export const evict: Executor<ItemOf<'evict'>> = ({ node }, context) => {
  const { row } = node;
  if (row === undefined) return Promise.resolve(postponed);
  return row.kind === 'file' ? evictFile(node, row, context) : evictFolder(node, row, context);
};

/**
 * First out of everybody's sight; it is read, and removed, when no program writes to it any more. Before all that it
 * is no longer known to be in sync, even after a power cut: what a person then puts in its place is a new file, not a
 * new version of this one, and its absence is no removal.
 */
async function evictFile(node: MergeNode, row: SyncedFile, context: RunContext): Promise<Outcome> {
  const { fileSystem, journal, random } = context;
  const target = localPathOf(node, context);
  const folder = localFolderOf(node, context);
  const seen = localFileOf(node);
  if (seen === undefined || !isSameLook(await fileSystem.look(target), seen)) return postponed;
  const { inode, size, modified } = seen;
  const at = fileSystem.join(folder, ownName('old', random.hex(8)));
  const path = goalPath(node);
  const displaced = { at, folder, target, path, inode, size, modified, checksum: row.checksum };
  journal.durably(() => {
    saveDisplaced(journal, displaced);
    journal.forget(row.row);
  });
  node.row = undefined;
  const { before } = await fileSystem.moveExclusive(target, at);
  if (isSameLook(before, seen)) {
    await settleSoon(displaced, context);
    return done;
  }
  const isBack = await putBack(displaced, context);
  journal.transaction(() => {
    forgetDisplaced(journal, at);
    // It is where it was: a new version of what was in sync.
    if (isBack && journal.synced.get(row.parent) !== undefined) journal.put(row, undefined);
  });
  return postponed;
}

/** Gives whether it has its place again; another name, if somebody took that place. */
async function putBack(
  displaced: Displaced & { readonly target: LocalPath },
  context: RunContext,
): Promise<boolean> {
  try {
    await context.fileSystem.moveExclusive(displaced.at, displaced.target);
    return true;
  } catch (error) {
    if (!(error instanceof LocalFailure) || error.code !== 'exists') throw error;
    await setAside(displaced, context);
    return false;
  }
}

/** An empty folder, but for what nobody shares. The one that is not wanted stays known, as the server's. */
async function evictFolder(node: MergeNode, row: SyncedFolder, context: RunContext): Promise<Outcome> {
  const { fileSystem, journal } = context;
  const at = localPathOf(node, context);
  const found = await fileSystem.look(at);
  if (found !== undefined && !(await clearFolder(node, at, found, context))) return postponed;
  journal.transaction(() => {
    if (isLeaving(row)) noteAway(node, context);
    else journal.forget(row.row);
  });
  return done;
}

/** Removes a folder; false when there is something in it that was not seen to leave. */
async function clearFolder(
  node: MergeNode,
  at: LocalPath,
  found: LocalEntry,
  context: RunContext,
): Promise<boolean> {
  const { fileSystem, journal } = context;
  await settleDisplaced(
    allDisplaced(journal).filter(({ folder }) => folder === at),
    context,
  );
  const { entries, unreadableNames } = await fileSystem.list(at);
  // A half of what was to come here once is of no use any more.
  const halves = entries.filter(({ name }) => isHalf(name));
  for (const { name } of halves) await fileSystem.remove(fileSystem.join(at, name));
  const left = entries.filter((entry) => !halves.includes(entry));
  // A program still writes to what was to go.
  if (left.some(({ name }) => isOwnName(name))) throw new LocalFailure('inUse');
  const path = goalPath(node);
  const isUnshared = ({ name, entry }: ListedEntry): boolean =>
    !isUnseen(entry) && (entry.kind === 'special' || context.ignoredBy(path, name, entry.kind) !== undefined);
  if (!left.every(isUnshared) || unreadableNames > 0) return false;
  const isMeant = (tree: LocalTree): boolean =>
    isSameLook(tree.entry, found) && tree.below()?.every(isUnshared) === true;
  if (left.length > 0) return throwAway(node, at, isMeant, context);
  await fileSystem.removeEmptyFolder(at);
  return true;
}
