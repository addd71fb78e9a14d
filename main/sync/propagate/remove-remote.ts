import { type ObservedRemote, observedPath } from '../model/observed-tree.ts';
import { joinRemote, nameKey, type RemotePath } from '../model/paths.ts';
import { remoteFileOf } from '../reconcile/emit.ts';
import { type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { done, type Executor, isUnlistedSince, postponed, type RunContext } from './context.ts';
import { remotePathOf } from './paths.ts';

/**
 * Takes away on the server what was removed here; Nextcloud has a trash for it. A file only in the version that was
 * known; a folder only when nothing below it changed since it was listed (servers take no condition on the removal
 * of a folder: recorded, 13/17): its etag tells, or, where folders have none, another look at all of it. What is not
 * there any more may have been moved away with a folder above it: only another look can tell.
 *
 * It is forgotten for good, even after a power cut: known still, it would be taken for whatever has its id by then, as
 * what somebody takes out of the server's trash has, and removed again or written over what is new here.
 */
export const removeRemote: Executor<ItemOf<'removeRemote'>> = async ({ node }, context) => {
  const path = remotePathOf(node);
  if (isUnlistedSince(node)) return postponed;
  if (node.kind === 'file') {
    if (!(await context.remote.remove(path, remoteFileOf(node)?.etag, context.signal))) return postponed;
  } else {
    if (!(await isAsListed(node, path, context))) return postponed;
    if (!(await context.remote.remove(path, undefined, context.signal))) return postponed;
  }
  const { row } = node;
  if (row !== undefined) context.journal.durably(() => context.journal.forget(row.row));
  return done;
};

async function isAsListed(node: MergeNode, path: RemotePath, context: RunContext): Promise<boolean> {
  const found = await context.remote.look(path, context.signal);
  if (found?.kind !== 'folder' || found.etag !== knownEtag(node)) return false;
  const seen = seenRemote(node);
  return found.etag !== '' || (seen !== undefined && isBelowAsListed(seen, path, context));
}

async function isBelowAsListed(
  seen: ObservedRemote,
  path: RemotePath,
  context: RunContext,
): Promise<boolean> {
  const { children } = await context.remote.list(path, context.signal);
  for (const { name, entry } of children) {
    if (context.ignoredBy(observedPath(seen), name, entry.kind) !== undefined) continue;
    const known = seen.children.get(nameKey(name));
    if (known?.entry.kind !== entry.kind) return false;
    if (entry.kind === 'file' && known.entry.etag !== entry.etag) return false;
    const below = joinRemote(path, name);
    if (entry.kind === 'folder' && !(await isBelowAsListed(known, below, context))) return false;
  }
  return true;
}

function knownEtag(node: MergeNode): string | undefined {
  const seen = seenRemote(node);
  return seen === undefined ? node.row?.etag : (seen.listedEtag ?? seen.entry.etag);
}
