import { remoteFileOf } from '../reconcile/emit.ts';
import { type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor, postponed } from './context.ts';
import { remotePathOf } from './paths.ts';

/**
 * Takes away on the server what was removed here; it goes to the server's trash. A file only in the version
 * that was known; a folder only when nothing below it changed since it was listed (servers take no condition
 * on the removal of a folder: recorded, 13/17). What is not there any more may have been moved away with a folder
 * above it: only another look can tell.
 */
export const removeRemote: Executor<ItemOf<'removeRemote'>> = async ({ node }, context) => {
  const path = remotePathOf(node);
  if (node.kind === 'file') {
    if (!(await context.remote.remove(path, remoteFileOf(node)?.etag, context.signal))) return postponed;
  } else {
    const found = await context.remote.look(path, context.signal);
    if (found?.etag !== knownEtag(node)) return postponed;
    if (!(await context.remote.remove(path, undefined, context.signal))) return postponed;
  }
  const { row } = node;
  if (row !== undefined) context.journal.transaction(() => context.journal.forget(row.row));
  return done;
};

function knownEtag(node: MergeNode): string | undefined {
  const seen = seenRemote(node);
  return seen === undefined ? node.row?.etag : (seen.listedEtag ?? seen.entry.etag);
}
