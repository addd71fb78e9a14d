import { carryConflicts } from '../journal/conflicts.ts';
import { forgetPending } from '../journal/pending.ts';
import { forgetPartialDownload, forgetPartialUpload } from '../journal/transfers.ts';
import type {
  Checksum,
  LocalFile,
  LocalFolder,
  RemoteFile,
  RowId,
  SyncedFile,
  SyncedNode,
} from '../model/entries.ts';
import { actual, goalPath, isPlace, type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { RunContext } from './context.ts';
import { localSpelling, remoteSpelling } from './paths.ts';

/** A file that is now equal on both sides. */
export interface EqualFile {
  readonly remote: RemoteFile;
  readonly local: LocalFile;
  readonly checksum: Checksum;
}

/** Takes note that a file is in sync. */
export function commitFile(node: MergeNode, equal: EqualFile, context: RunContext): void {
  commitFiles([{ node, equal }], context);
}

/** Takes note of several files at once. */
export function commitFiles(
  files: readonly { readonly node: MergeNode; readonly equal: EqualFile }[],
  context: RunContext,
): void {
  context.journal.transaction(() => {
    for (const { node, equal } of files) {
      const path = goalPath(node);
      node.row = context.journal.put(fileInSync(node, equal, context), node.row?.row);
      forgetPartialDownload(context.journal, path);
      forgetPartialUpload(context.journal, path);
      forgetPending(context.journal, path);
    }
  });
}

/** What the journal says of a file that is in sync. */
export function fileInSync(
  node: MergeNode,
  { remote, local, checksum }: EqualFile,
  context: RunContext,
): Omit<SyncedFile, 'row'> {
  return {
    ...placeColumns(node),
    kind: 'file',
    remoteId: remote.id,
    permissions: remote.permissions,
    etag: remote.etag,
    // What stands here may be a newer version by now, which its time of change tells.
    size: remote.size,
    mtime: remote.mtime,
    stated: remote.stated,
    racy: remote.racy,
    checksum,
    inode: local.inode,
    modified: local.modified,
    changed: trustedChange(local, context),
  };
}

/** Takes note that a folder is on both sides. Its etag stays open until all below is in sync. */
export function commitFolder(
  node: MergeNode,
  remote: { readonly id: string; readonly permissions: string },
  local: LocalFolder,
  context: RunContext,
): void {
  const row = rowNow(node, context);
  const { etag, choice } = row?.kind === 'folder' ? row : ({ etag: '', choice: 'here' } as const);
  context.journal.transaction(() => {
    node.row = context.journal.put(
      {
        ...placeColumns(node),
        kind: 'folder',
        remoteId: remote.id,
        permissions: remote.permissions,
        etag,
        choice,
        inode: local.inode,
        born: local.born,
      },
      node.row?.row,
    );
  });
}

/**
 * Takes note that a known node was moved, once both sides have it at its goal.
 *
 * @param look how the file here looks, when it is known to hold what was last in sync
 */
export function commitPlace(node: MergeNode, look: LocalFile | undefined, context: RunContext): void {
  const row = rowNow(node, context);
  const isThere = isPlace(node.localAt, node.goal) && isPlace(node.remoteAt, node.goal);
  if (row === undefined || !isThere) return;
  const { journal } = context;
  const place = {
    ...placeColumns(node),
    permissions: seenRemote(node)?.entry.permissions ?? row.permissions,
  };
  journal.transaction(() => {
    const before = journal.synced.path(row);
    const moved = journal.put(withStamp({ ...row, ...place }, look), row.row);
    node.row = moved;
    if (row.kind === 'folder') carryConflicts(journal, before, journal.synced.path(moved));
  });
}

/** The row as the journal has it: a listing of it may have been asked for since the plan was made. */
function rowNow({ row }: MergeNode, { journal }: RunContext): SyncedNode | undefined {
  return row === undefined ? undefined : (journal.synced.get(row.row) ?? row);
}

/** The file is where it was meant to be, from now on. */
export function settlePlace(node: MergeNode): void {
  node.localAt = node.goal;
  node.remoteAt = node.goal;
}

function withStamp(row: SyncedNode, look: LocalFile | undefined): SyncedNode {
  if (row.kind === 'folder') return row;
  const isKnown =
    look !== undefined &&
    look.inode === row.inode &&
    look.size === row.size &&
    look.modified === row.modified;
  return { ...row, changed: isKnown ? look.changed : 0n };
}

/** Where a node is, as the columns of its row. */
export function placeColumns(node: MergeNode): {
  readonly parent: RowId;
  readonly name: SyncedNode['name'];
  readonly localName: SyncedNode['localName'];
  readonly remoteName: SyncedNode['remoteName'];
} {
  const parent = node.goal === undefined ? undefined : actual(node.goal.parent).row;
  if (node.goal === undefined || parent === undefined)
    throw new Error(`no folder in sync for ${goalPath(node)}`);
  const { name } = node.goal;
  return {
    parent: parent.row,
    name,
    localName: localSpelling(node, name),
    remoteName: remoteSpelling(node, name),
  };
}

/**
 * The change time to rely on next time. On a disk that keeps whole seconds, a file of this very moment could be
 * written once more without any of its stamps moving: it is read again next time instead.
 */
function trustedChange(local: LocalFile, context: RunContext): bigint {
  const age = context.clock.now() - Number(local.modified / 1_000_000n);
  const isCoarse = local.changed % 1_000_000_000n === 0n;
  return isCoarse && Math.abs(age) < context.options.quietMs ? 0n : local.changed;
}
