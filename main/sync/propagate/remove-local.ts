import { ownTrash } from '../discover/own-names.ts';
import { isSameLook, type LocalEntry } from '../model/entries.ts';
import { LocalFailure } from '../model/failures.ts';
import { type ObservedLocal, observedPath } from '../model/observed-tree.ts';
import { type LocalPath, localName, nameKey } from '../model/paths.ts';
import { localFileOf } from '../reconcile/emit.ts';
import { goalPath, type MergeNode, seenLocal } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { localPathOf } from './paths.ts';

/** Takes away what the server no longer has: into the trash, and only what is exactly as it was seen. */
export const removeLocal: Executor<ItemOf<'removeLocal'>> = async ({ node }, context) => {
  const at = localPathOf(node, context);
  const found = await context.fileSystem.look(at);
  if (found !== undefined) {
    if (!(await isAsSeen(node, at, context))) return postponed;
    if (!(await throwAway(node, at, found, context))) return postponed;
  }
  const { row } = node;
  if (row !== undefined) context.journal.transaction(() => context.journal.forget(row.row));
  return done;
};

async function isAsSeen(node: MergeNode, at: LocalPath, context: RunContext): Promise<boolean> {
  if (node.kind === 'file') return isSameLook(await context.fileSystem.look(at), localFileOf(node));
  const seen = seenLocal(node);
  return seen !== undefined && isFolderAsSeen(seen, at, context);
}

/** Nothing new, nothing changed anywhere below. What is ignored goes to the trash with its folder. */
async function isFolderAsSeen(seen: ObservedLocal, at: LocalPath, context: RunContext): Promise<boolean> {
  const { entries, unreadableNames } = await context.fileSystem.list(at);
  if (unreadableNames > 0) return false;
  for (const { name, entry } of entries) {
    if (context.ignoredBy(observedPath(seen), name, entry.kind) !== undefined) continue;
    const known = seen.children.get(nameKey(name));
    if (known === undefined || known.spelled !== name) return false;
    if (entry.kind === 'special' && known.entry.kind === 'special') continue;
    if (!isSameLook(entry, known.entry)) return false;
    const below = context.fileSystem.join(at, name);
    if (known.entry.kind === 'folder' && !(await isFolderAsSeen(known, below, context))) return false;
  }
  return true;
}

/** Into the trash. Gives whether it is gone: a version that was saved in the last instant stays. */
export async function throwAway(
  node: MergeNode,
  at: LocalPath,
  expected: LocalEntry,
  context: RunContext,
): Promise<boolean> {
  try {
    return await context.trash.put(at, expected);
  } catch (error) {
    if (!(error instanceof LocalFailure)) throw error;
    const found = await context.fileSystem.look(at);
    if (found === undefined) return true;
    if (!isSameLook(found, expected)) return false;
    context.reporter.notice('trashUnavailable', goalPath(node));
    return moveToOwnTrash(at, expected, context);
  }
}

/** Where the system has no trash for that disk, the pair has a folder for it. */
async function moveToOwnTrash(at: LocalPath, expected: LocalEntry, context: RunContext): Promise<boolean> {
  const { fileSystem, root, clock, random } = context;
  const trash = fileSystem.join(root, ownTrash);
  if ((await fileSystem.look(trash)) === undefined) await fileSystem.makeFolder(trash);
  const stamp = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '');
  const box = fileSystem.join(trash, localName(`${stamp}-${random.hex(4)}`));
  await fileSystem.makeFolder(box);
  const inBox = fileSystem.join(box, localName(at.slice(lastSeparator(at) + 1)));
  const { before } = await fileSystem.moveExclusive(at, inBox);
  if (isSameLook(before, expected)) return true;
  await fileSystem.moveExclusive(inBox, at);
  return false;
}

function lastSeparator(path: LocalPath): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
