import { type RemoteFile, type SyncedFile, states } from '../model/entries.ts';
import { goalPath } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFile, settlePlace } from './commit.ts';
import { done, type Executor } from './context.ts';
import { dropFetched, fetchVersion } from './fetch.ts';
import { localFolderOf, remotePathOf } from './paths.ts';
import { placeFetched } from './place-fetched.ts';
import { comesWhole, downloadSmall } from './small-files.ts';

/** Brings the server's version here. A new etag over the old content costs no replacement. */
export const download: Executor<ItemOf<'download'>> = async (item, context) => {
  const { node, remote, over: planned } = item;
  const over = planned === undefined ? undefined : (node.localLook ?? planned);
  const path = goalPath(node);
  const synced = node.row?.kind === 'file' ? node.row : undefined;
  if (over !== undefined && synced !== undefined && isStatedAsBefore(remote, synced)) {
    commitFile(node, { remote, local: over, checksum: synced.checksum }, context);
    context.reporter.skipped(path, remote.size);
    return done;
  }
  if (comesWhole(item, context) && (await downloadSmall(node, remote, context))) return done;
  const folder = localFolderOf(node, context);
  const fetched = await fetchVersion({ from: remotePathOf(node), listed: remote, path, folder }, context);
  if (over !== undefined && fetched.checksum === synced?.checksum) {
    await dropFetched(fetched, path, context);
    commitFile(node, { remote: fetched.remote, local: over, checksum: fetched.checksum }, context);
    return done;
  }
  const expected =
    over === undefined || synced === undefined ? undefined : { look: over, checksum: synced.checksum };
  const local = await placeFetched(node, fetched, expected, context);
  settlePlace(node);
  commitFile(node, { remote: fetched.remote, local, checksum: fetched.checksum }, context);
  return done;
};

/** The server states the content that is here already. */
function isStatedAsBefore(remote: RemoteFile, synced: SyncedFile): boolean {
  return remote.size === synced.size && states(remote.stated, synced.checksum);
}
