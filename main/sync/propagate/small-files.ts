import { ownName } from '../discover/own-names.ts';
import { type Pending, savePending } from '../journal/pending.ts';
import type { Checksum, LocalFile, RemoteFile } from '../model/entries.ts';
import { type LocalFailure, RemoteFailure, throwIfAborted } from '../model/failures.ts';
import { goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFiles, fileInSync, settlePlace } from './commit.ts';
import type { RunContext } from './context.ts';
import { localFolderOf, localPathOf, remotePathOf } from './paths.ts';
import { asPlaced } from './place-fetched.ts';
import { ContentHash } from './stated-checksum.ts';

/** A new file for this computer that is whole in memory, and is what the server stated. */
export interface Arrived {
  readonly node: MergeNode;
  /** As listed, with the checksum that came with the content. */
  readonly remote: RemoteFile;
  readonly content: Uint8Array;
  readonly checksum: Checksum;
}

/** Whether a version is taken into memory as a whole, there being none here that it takes the place of. */
export function comesWhole(
  { remote, over }: Pick<ItemOf<'download'>, 'remote' | 'over'>,
  { options }: Pick<RunContext, 'options'>,
): boolean {
  return over === undefined && remote.size <= options.smallFile;
}

/**
 * Downloads one small new file: nothing of it is on the disk, or in the journal, before all of it is here.
 *
 * @returns false when another file has come to stand in its place
 */
export async function downloadSmall(
  node: MergeNode,
  listed: RemoteFile,
  context: RunContext,
): Promise<boolean> {
  const { etag, size } = listed;
  const request = { path: remotePathOf(node), etag, size, offset: 0, signal: context.signal };
  const download = await context.remote.download(request);
  let arrived: Arrived;
  try {
    const stated = download.stated === '' ? listed.stated : download.stated;
    arrived = await receive(download.body, node, { ...listed, stated }, context);
  } finally {
    await download.close();
  }
  const [failure] = await putArrived([arrived], context);
  if (failure === undefined) return true;
  if (failure.code === 'exists') return false;
  throw failure;
}

/** Takes a content in; fails with `wrongLength` or `checksumMismatch` when it is not the one listed. */
export async function receive(
  body: AsyncIterable<Uint8Array>,
  node: MergeNode,
  remote: RemoteFile,
  context: RunContext,
): Promise<Arrived> {
  const content = Buffer.alloc(remote.size);
  const hash = new ContentHash(remote.stated);
  const path = goalPath(node);
  let received = 0;
  for await (const chunk of body) {
    throwIfAborted(context.signal);
    if (received + chunk.length > remote.size) throw wrongLength(received + chunk.length, remote);
    content.set(chunk, received);
    hash.update(chunk);
    received += chunk.length;
    context.reporter.moved(path, chunk.length);
  }
  if (received !== remote.size) throw wrongLength(received, remote);
  const { checksum, isAsStated } = hash.digest();
  if (!isAsStated) throw new RemoteFailure('checksumMismatch', { stated: remote.stated, found: checksum });
  return { node, remote, content, checksum };
}

/**
 * Puts new files in their places and takes note of them, all at once; gives why one was not put there, in their
 * order. The journal hears of a file only when it and its name are on the disk for good: one that it knows and that
 * is missing would be removed on the server.
 */
export async function putArrived(
  arrived: readonly Arrived[],
  context: RunContext,
): Promise<readonly (LocalFailure | undefined)[]> {
  const { fileSystem, random } = context;
  savePending(context.journal, ...arrived.map((file) => pendingOf(file, context)));
  const results = await fileSystem.putAll(
    arrived.map(({ node, content, remote }) => ({
      at: localPathOf(node, context),
      temporary: fileSystem.join(localFolderOf(node, context), ownName('in', random.hex(8))),
      content,
      modifiedMs: remote.mtime * 1000,
    })),
  );
  const inSync = arrived.flatMap(({ node, remote, checksum }, index) => {
    const result = results[index];
    if (result?.kind !== 'put') return [];
    settlePlace(node);
    return [{ node, equal: { remote, checksum, local: asPlaced(result.written, result.renamed) } }];
  });
  commitFiles(inSync, context);
  return results.map((result) => (result.kind === 'failed' ? result.failure : undefined));
}

/** Of its look here only what is known of it before it is written. */
function pendingOf({ node, remote, checksum }: Arrived, context: RunContext): Pending {
  const modified = BigInt(remote.mtime) * 1_000_000_000n;
  const local: LocalFile = { kind: 'file', inode: '', size: remote.size, modified, changed: 0n };
  return {
    path: goalPath(node),
    to: { side: 'local', path: localPathOf(node, context) },
    row: node.row?.row,
    file: fileInSync(node, { remote, local, checksum }, context),
  };
}

function wrongLength(received: number, { size }: RemoteFile): RemoteFailure {
  return new RemoteFailure('wrongLength', { received, expected: size });
}
