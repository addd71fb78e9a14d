import type { Journal } from '../journal/journal.ts';
import { actual, type MergeNode } from '../reconcile/merge-node.ts';

/**
 * Forgets where a file last was in sync that was moved out of there, is on one side alone, and could not be carried to
 * the other: it is as good as new. Known still, it would keep the folder in which it was, which may be gone on one side,
 * for as long as it can't be carried.
 */
export function takeAsNew({ row, goal, localAt, remoteAt }: MergeNode, journal: Journal): void {
  const isAlone = (localAt === undefined) !== (remoteAt === undefined);
  const isMovedOut = goal !== undefined && actual(goal.parent).row?.row !== row?.parent;
  if (row?.kind === 'file' && isAlone && isMovedOut) journal.transaction(() => journal.forget(row.row));
}
