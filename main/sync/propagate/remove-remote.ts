import { remoteFileOf } from '../reconcile/emit.ts';
import { type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor, postponed } from './context.ts';
import { remotePathOf } from './paths.ts';

/**
 * Takes away on the server what was removed here; it goes to the server's trash. A file only in the version
 * that was known; a folder only when nothing below it changed since it was listed (servers take no condition
 * on the removal of a folder: recorded, 13/17).
 */
export const removeRemote: Executor<ItemOf<'removeRemote'>> = async ({ node }, context) => {
  const path = remotePathOf(node);
  if (node.kind === 'file') {
    await context.remote.remove(path, remoteFileOf(node)?.etag, context.signal);
  } else {
    const found = await context.remote.look(path, context.signal);
    if (found !== undefined && found.etag !== knownEtag(node)) return postponed;
    if (found !== undefined) await context.remote.remove(path, undefined, context.signal);
  }
  const { row } = node;
  if (row !== undefined) context.journal.transaction(() => context.journal.forget(row.row));
  return done;
};

function knownEtag(node: MergeNode): string | undefined {
  const seen = seenRemote(node);
  return seen === undefined ? node.row?.etag : (seen.listedEtag ?? seen.entry.etag);
}
