import { ownTrash } from '../discover/own-names.ts';
import { isSameLook, isUnseen, type LocalEntry } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { type ObservedLocal, observedPath } from '../model/observed-tree.ts';
import {
  joinSync,
  type LocalName,
  type LocalPath,
  localName,
  nameKey,
  type SyncPath,
} from '../model/paths.ts';
import type { LocalTree } from '../ports/file-system.ts';
import { localFileOf } from '../reconcile/emit.ts';
import { goalPath, type MergeNode, seenLocal } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { localPathOf } from './paths.ts';

/**
 * Takes away what the server no longer has: into the trash, and only what is exactly as it was seen. What a program has
 * open for writing stays until it is closed: what it writes from now on would go to the trash as well.
 */
export const removeLocal: Executor<ItemOf<'removeLocal'>> = async ({ node }, context) => {
  if ((await context.leaving.inUse(context)).has(node)) throw new LocalFailure('inUse');
  const isMeant = (found: LocalTree): boolean => isAsSeen(found, node, context);
  if (!(await throwAway(node, localPathOf(node, context), isMeant, context))) return postponed;
  const { row } = node;
  if (row !== undefined) context.journal.transaction(() => context.journal.forget(row.row));
  return done;
};

function isAsSeen(found: LocalTree, node: MergeNode, context: RunContext): boolean {
  if (node.kind === 'file') return isSameLook(found.entry, localFileOf(node));
  const seen = seenLocal(node);
  return seen !== undefined && isTreeAsSeen(found, seen, context);
}

/** Nothing new, nothing changed anywhere below. What is ignored goes to the trash with its folder. */
function isTreeAsSeen({ entry, below }: LocalTree, seen: ObservedLocal, context: RunContext): boolean {
  if (isUnseen(entry) || isUnseen(seen.entry)) return false;
  if (entry.kind === 'special') return seen.entry.kind === 'special';
  if (!isSameLook(entry, seen.entry)) return false;
  const children = entry.kind === 'folder' ? below() : [];
  if (children === undefined) return false;
  return children.every((child) => {
    if (context.ignoredBy(observedPath(seen), child.name, child.entry.kind) !== undefined) return true;
    const known = seen.children.get(nameKey(child.name));
    return known?.spelled === child.name && isTreeAsSeen(child, known, context);
  });
}

/**
 * Into the trash. Gives whether it is gone: one that is not what is meant, since something was saved there in the last
 * instant, stays.
 */
export async function throwAway(
  node: MergeNode,
  at: LocalPath,
  isMeant: (found: LocalTree) => boolean,
  context: RunContext,
): Promise<boolean> {
  const found = await treeAt(at, goalPath(node), context);
  if (found === undefined || !isMeant(found)) return found === undefined;
  try {
    return await context.trash.put(at, isMeant);
  } catch (error) {
    if (!(error instanceof LocalFailure)) throw error;
    return moveToOwnTrash(node, at, isMeant, context);
  }
}

/** Where the system has no trash for that disk, the pair has a folder for it. */
async function moveToOwnTrash(
  node: MergeNode,
  at: LocalPath,
  isMeant: (found: LocalTree) => boolean,
  context: RunContext,
): Promise<boolean> {
  const { fileSystem, root, clock, random, reporter } = context;
  const trash = fileSystem.join(root, ownTrash);
  if ((await fileSystem.look(trash)) === undefined) await fileSystem.makeFolder(trash);
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '');
  const box = fileSystem.join(trash, localName(`${stamp}-${random.hex(4)}`));
  await fileSystem.makeFolder(box);
  const found = await treeAt(at, goalPath(node), context);
  if (found === undefined || !isMeant(found)) {
    await fileSystem.removeEmptyFolder(box);
    return found === undefined;
  }
  const { name } = found;
  const inBox = fileSystem.join(box, name);
  const { before } = await fileSystem.moveExclusive(at, inBox);
  if (isMeant({ name, entry: before, below: () => [] })) {
    reporter.notice('trashUnavailable', goalPath(node));
    return true;
  }
  await fileSystem.moveExclusive(inBox, at);
  return false;
}

/** What stands there, with all that is not ignored below it. */
async function treeAt(
  at: LocalPath,
  path: SyncPath,
  { fileSystem, ignoredBy }: RunContext,
): Promise<LocalTree | undefined> {
  const lookInto = async (
    here: LocalPath,
    folder: SyncPath,
    name: LocalName,
    entry: LocalEntry,
  ): Promise<LocalTree> => {
    if (entry.kind !== 'folder') return { name, entry, below: () => [] };
    const { entries, unreadableNames } = await fileSystem.list(here);
    const children: LocalTree[] = [];
    for (const child of entries) {
      const isIgnored = ignoredBy(folder, child.name, child.entry.kind) !== undefined;
      const below = joinSync(folder, nameKey(child.name));
      children.push(
        isIgnored
          ? { ...child, below: () => undefined }
          : await lookInto(fileSystem.join(here, child.name), below, child.name, child.entry),
      );
    }
    return { name, entry, below: () => (unreadableNames > 0 ? undefined : children) };
  };
  const found = await fileSystem.look(at);
  const name = localName(at.slice(Math.max(at.lastIndexOf('/'), at.lastIndexOf('\\')) + 1));
  return found === undefined ? undefined : lookInto(at, path, name, found);
}
