import { localFileOf, remoteFileOf } from '../reconcile/emit.ts';
import { seenLocal, seenRemote } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFile, commitFolder, commitPlace } from './commit.ts';
import { done, type Executor } from './context.ts';

/** Both sides are equal already: the journal takes note of what is new about them. */
export const adopt: Executor<ItemOf<'adopt'>> = (item, context) => {
  const { node } = item;
  if (node.kind === 'folder') {
    adoptFolder(item, context);
    return Promise.resolve(done);
  }
  const local = localFileOf(node);
  const remote = remoteFileOf(node);
  if (node.row?.kind === 'file' && local !== undefined && remote !== undefined) {
    commitFile(node, { remote, local, checksum: node.row.checksum }, context);
  } else {
    commitPlace(node, local, context);
  }
  return Promise.resolve(done);
};

function adoptFolder({ node }: ItemOf<'adopt'>, context: Parameters<typeof adopt>[1]): void {
  const local = seenLocal(node)?.entry;
  const remote = seenRemote(node)?.entry;
  const row = node.row?.kind === 'folder' ? node.row : undefined;
  const known = { id: row?.remoteId ?? '', permissions: row?.permissions ?? '' };
  const here =
    local?.kind === 'folder'
      ? local
      : { kind: 'folder' as const, inode: row?.inode ?? '', born: row?.born ?? 0n };
  commitFolder(node, remote ?? known, here, context);
}
