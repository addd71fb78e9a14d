import { hashFile } from '../discover/hash.ts';
import {
  type Checksum,
  isSameLook,
  isSameVersion,
  type RemoteFile,
  type SyncedFile,
  type SyncedNode,
  states,
} from '../model/entries.ts';
import { goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFile, settlePlace } from './commit.ts';
import { done, type Executor, postponed, type RunContext } from './context.ts';
import { dropFetched, fetchVersion } from './fetch.ts';
import { localFolderOf, localPathOf, remotePathOf } from './paths.ts';
import { placeFetched } from './place-fetched.ts';

/** Two versions of one file. Equal content is no conflict; else the server's keeps the name, ours stands beside it. */
export const resolve: Executor<ItemOf<'resolve'>> = async ({ node, remote, local: planned }, context) => {
  const local = node.localLook ?? planned;
  const at = localPathOf(node, context);
  const folder = localFolderOf(node, context);
  const path = goalPath(node);
  const mayBeEqual = remote.size === local.size;
  const checksum = mayBeEqual ? await hashFile(context.fileSystem, at, local, context.signal) : undefined;
  if (mayBeEqual && checksum === undefined) return postponed;
  if (checksum !== undefined && isStatedEqual(remote, checksum)) {
    context.reporter.skipped(path, remote.size);
    node.isRestored = false;
    commitFile(node, { remote, local, checksum }, context);
    return done;
  }
  const synced = node.row?.kind === 'file' && !isSameVersion(remote, node.row) ? node.row : undefined;
  if (synced !== undefined && isStatedEqual(remote, synced.checksum)) {
    node.row = noteVersion(synced, remote, context);
    return postponed;
  }
  const fetched = await fetchVersion({ from: remotePathOf(node), listed: remote, path, folder }, context);
  if (synced !== undefined && fetched.checksum === synced.checksum) {
    await dropFetched(fetched, path, context);
    node.row = noteVersion(synced, fetched.remote, context);
    return postponed;
  }
  if (checksum === fetched.checksum && isSameLook(await context.fileSystem.look(at), local)) {
    await dropFetched(fetched, path, context);
    node.isRestored = false;
    commitFile(node, { remote: fetched.remote, local, checksum }, context);
    return done;
  }
  if (node.isRestored) forgetRow(node, context);
  const placed = await placeFetched(node, fetched, undefined, context);
  settlePlace(node);
  commitFile(node, { remote: fetched.remote, local: placed, checksum: fetched.checksum }, context);
  return done;
};

/**
 * The server still has what was in sync, and what is here loses its name first: if it came no further than that, that
 * version would look removed by a person.
 */
function forgetRow(node: MergeNode, { journal }: RunContext): void {
  const { row } = node;
  if (row !== undefined) journal.durably(() => journal.forget(row.row));
  node.row = undefined;
}

/** The server's version only looks like a new one: its content is what was last in sync, and ours is the one edit. */
function noteVersion(synced: SyncedFile, remote: RemoteFile, { journal }: RunContext): SyncedNode {
  const { etag, mtime, stated, racy, permissions } = remote;
  return journal.transaction(() =>
    journal.put({ ...synced, etag, mtime, stated, racy, permissions }, synced.row),
  );
}

function isStatedEqual(remote: RemoteFile, checksum: Checksum): boolean {
  return states(remote.stated, checksum);
}
