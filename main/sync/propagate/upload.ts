import { hashFile } from '../discover/hash.ts';
import { savePending } from '../journal/pending.ts';
import { type RemoteFile, states } from '../model/entries.ts';
import type { Stored, WriteCondition } from '../ports/remote.ts';
import { goalPath } from '../reconcile/merge-node.ts';
import type { ItemOf } from '../reconcile/plan-item.ts';
import { commitFile, fileInSync, settlePlace } from './commit.ts';
import { done, type Executor, isUnlistedSince, postponed, type RunContext } from './context.ts';
import { localPathOf, remotePathOf } from './paths.ts';
import { uploadLarge } from './upload-large.ts';
import { awaitedRemote, type UploadSource } from './upload-source.ts';
import { uploadWhole } from './upload-whole.ts';

/** Brings this computer's version to the server, on the condition that the server's is still the known one. */
export const upload: Executor<ItemOf<'upload'>> = async ({ node, local: planned, over }, context) => {
  if (isUnlistedSince(node)) return postponed;
  const local = node.localLook ?? planned;
  const at = localPathOf(node, context);
  const checksum = await hashFile(context.fileSystem, at, local, context.signal);
  if (checksum === undefined) return postponed;
  const source = {
    at,
    local,
    checksum,
    path: goalPath(node),
    to: remotePathOf(node),
    condition: conditionOf(over),
  };
  const awaited = awaitedRemote(local, node.row?.permissions ?? '');
  savePending(context.journal, {
    path: source.path,
    to: { side: 'remote', path: source.to },
    row: node.row?.row,
    file: fileInSync(node, { remote: awaited, local, checksum }, context),
  });
  const isLarge = context.remote.takesParts && local.size > context.options.chunkThreshold;
  const stored = isLarge ? await uploadLarge(source, context) : await uploadWhole(source, context);
  const remote = await asListed(stored, awaited, source, context);
  if (remote === undefined) return postponed;
  settlePlace(node);
  commitFile(node, { remote, local, checksum }, context);
  return done;
};

function conditionOf(over: ItemOf<'upload'>['over']): WriteCondition {
  return over === undefined ? { kind: 'absent' } : { kind: 'version', etag: over.etag };
}

/**
 * The version as a listing would show it. Servers that tell too little are asked, and must show that it is this
 * version: by its checksum, or, where none is kept, by an etag that the one before it had not. That one may be of a
 * third version, which came of the same length since, and even the etag of the answer would fit a version of the same
 * second (recorded of Nextcloud: 13/12; WsgiDAV makes its etags of whole seconds, too). So what states no checksum is
 * read back, once, when that second is over; what states one is not.
 */
async function asListed(
  stored: Stored,
  awaited: RemoteFile,
  source: UploadSource,
  context: RunContext,
): Promise<RemoteFile | undefined> {
  const { etag, id, mtimeKept, checksumKept } = stored;
  const stated = checksumKept ? awaited.stated : '';
  if (etag !== undefined && id !== undefined) return { ...awaited, id, etag, stated, racy: !mtimeKept };
  const found = await context.remote.look(source.to, context.signal);
  if (found?.kind !== 'file' || found.size !== source.local.size) return undefined;
  const { condition, checksum } = source;
  const isOurs = checksumKept
    ? states(found.stated, checksum)
    : condition.kind === 'absent' || found.etag !== condition.etag;
  return isOurs ? { ...found, racy: true } : undefined;
}
