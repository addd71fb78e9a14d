import { forgetUnseen, saveUnseen } from '../journal/unseen.ts';
import { actual, goalPath, type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { placeColumns } from './commit.ts';
import { done, type Executor, type RunContext } from './context.ts';

/** A folder that is not wanted here is on the server alone: the journal takes note of it, and of nothing in it. */
export const turnAway: Executor<ItemOf<'turnAway'>> = ({ node }, context) => {
  context.journal.transaction(() => noteAway(node, context));
  return Promise.resolve(done);
};

/** Takes note of a folder of which nothing is here any more, where the server has it. To be called in a transaction. */
export function noteAway(node: MergeNode, { journal }: RunContext): void {
  const { row } = node;
  const seen = seenRemote(node)?.entry;
  const remoteId = seen?.id ?? row?.remoteId ?? '';
  const path = goalPath(node);
  for (const child of row === undefined ? [] : [...journal.synced.children(row.row)])
    journal.forget(child.row);
  const parent = node.goal === undefined ? undefined : actual(node.goal.parent).row;
  if (parent === undefined || journal.synced.get(parent.row) === undefined) {
    // Moved into a folder that is not known yet: it is recognised there.
    if (row !== undefined) journal.forget(row.row);
    saveUnseen(journal, { path, remoteId });
    return;
  }
  const permissions = seen?.permissions ?? row?.permissions ?? '';
  const here = { etag: '', inode: '', born: 0n } as const;
  node.row = journal.put(
    { ...placeColumns(node), ...here, kind: 'folder', choice: 'away', remoteId, permissions },
    row?.row,
  );
  forgetUnseen(journal, path);
}
