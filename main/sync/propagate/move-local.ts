import { saveConflict } from '../journal/conflicts.ts';
import { isSameLook, type LocalEntry } from '../model/entries.ts';
import { localFileOf } from '../reconcile/emit.ts';
import { goalPath, type MergeNode, seenLocal } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitPlace } from './commit.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { localPathAt, localPathOf, originalPath } from './paths.ts';

/** Renames here: as the server did, or to set a version aside whose name the server's has. */
export const moveLocal: Executor<ItemOf<'moveLocal'>> = async ({ node, to }, context) => {
  const from = localPathOf(node, context);
  if (!isStillIt(await context.fileSystem.look(from), node)) return postponed;
  const target = localPathAt(node, to, context);
  const { before, after } = await context.fileSystem.moveExclusive(from, target);
  node.localAt = to;
  if (node.asideFrom !== undefined) tellConflict(node, context);
  const isAsSeen = isSameLook(before, localFileOf(node));
  if (after.kind === 'file') node.localLook = isAsSeen ? after : { ...after, changed: 0n };
  commitPlace(node, isUnchanged(node) ? node.localLook : undefined, context);
  return done;
};

/** Whether the file here holds what was last in sync, as far as discovery saw. */
export function isUnchanged({ fate, isLeftAlone }: MergeNode): boolean {
  return (fate === 'keep' && !isLeftAlone) || fate === 'download';
}

function isStillIt(found: LocalEntry | undefined, node: MergeNode): boolean {
  if (found === undefined || found.kind === 'special') return false;
  const entry = seenLocal(node)?.entry;
  const inode = entry?.kind === 'file' || entry?.kind === 'folder' ? entry.inode : node.row?.inode;
  return found.kind === node.kind && found.inode === inode;
}

function tellConflict(node: MergeNode, context: RunContext): void {
  const conflict = { path: originalPath(node), copy: goalPath(node), at: context.clock.now() };
  saveConflict(context.journal, conflict);
  context.reporter.conflict(conflict);
}
