import { type Pending, savePending } from '../journal/pending.ts';
import { type RemoteFile, states } from '../model/entries.ts';
import { LocalFailure, RemoteFailure, stopsRun } from '../model/failures.ts';
import { type RemoteName, type RemotePath, remoteName } from '../model/paths.ts';
import type { BulkFile, Remote, RemoteListing } from '../ports/remote.ts';
import { actual, goalPath, type MergeNode } from '../reconcile/merge-node.ts';
import type { ItemOf, PlanItem } from '../reconcile/plan-item.ts';
import { batchesOf, type ReadFile, readForBulk } from './bulk-batches.ts';
import { commitFiles, type EqualFile, fileInSync, settlePlace } from './commit.ts';
import type { RunContext } from './context.ts';
import { remotePathOf } from './paths.ts';
import type { BatchListener } from './schedule.ts';
import { awaitedRemote, mtimeOf } from './upload-source.ts';

/** Larger files gain little by going together, and their parts are held in memory. */
export const largestInBulk = 512 * 1024;
/** Files sent between two looks at their folder: as many as are there already, within these. */
const round = { fewest: 100, most: 1000 } as const;

/** What is remembered through a run. */
export interface BulkMemory {
  /** Whether the server takes many files at once; `off` as well when it failed to. */
  bulk: 'unasked' | 'offered' | 'off';
  /** Ends when it is known; several folders may begin at once. */
  asking: Promise<void> | undefined;
}

type Upload = ItemOf<'upload'>;

/** What a folder that is to be made on the server gets. */
export interface Shipment {
  readonly folder: MergeNode;
  /** The small new files, which may go together. */
  readonly files: Upload[];
  /** Names of those that go up by themselves, perhaps at the same time. */
  readonly beside: RemoteName[];
}

/** Chooses the folders to be made on the server that get at least `from` small new files. */
export function chooseBulk(
  items: readonly PlanItem[],
  free: ReadonlySet<PlanItem>,
  from: number,
): readonly Shipment[] {
  const shipments = new Map<MergeNode, Shipment>();
  for (const { action, node: folder } of items)
    if (action === 'createRemote') shipments.set(folder, { folder, files: [], beside: [] });
  for (const item of items) {
    if (item.action !== 'upload' || item.node.goal === undefined) continue;
    const shipment = shipments.get(actual(item.node.goal.parent));
    if (free.has(item) && isFit(item)) shipment?.files.push(item);
    else shipment?.beside.push(remoteNameOf(item));
  }
  return [...shipments.values()].filter(({ files }) => files.length >= from);
}

/**
 * A part without bytes spoils the request (07/51), a time of zero or less the file; the server trims a name, and a
 * line break in one would end its header.
 */
function isFit({ node, local: planned, over }: Upload): boolean {
  const local = node.localLook ?? planned;
  const path = remotePathOf(node);
  const isNameFit = path.trim() === path && !/\p{Cc}/u.test(path);
  return (
    over === undefined &&
    node.row === undefined &&
    local.size > 0 &&
    local.size <= largestInBulk &&
    mtimeOf(local) > 0 &&
    isNameFit
  );
}

/**
 * Sends the many small files of a new folder together: a request for each costs more than its bytes. Whatever is not
 * sent or not stored is to go up by itself, with a condition.
 *
 * Bulk takes no condition: it writes over whatever has come to stand in a file's place (recorded: 07/42). So a file
 * goes this way only where nobody can well have put anything:
 * - in a folder that this very pass made, whose name was nobody's before (one that somebody else made a moment earlier
 *   does not count);
 * - in which a look right before the request shows nothing but what this pass put there: with one stranger in it, the
 *   folder is somebody's, and all that is left for it goes up with conditions.
 *
 * What is left is who finds the new folder and puts the same name in it between that look and the request. The server
 * keeps the version that is written over; one that does not say that it keeps versions is sent nothing in bulk.
 * Because a request whose answer is lost may still be at work on the server, bulk is off for the rest of the run then.
 *
 * @returns the files that are there for certain
 */
export async function sendInBulk(
  { folder, files, beside }: Shipment,
  context: RunContext,
  memory: BulkMemory,
  listener: BatchListener,
): Promise<ReadonlySet<Upload>> {
  const done = new Set<Upload>();
  const path = remotePathOf(folder);
  const ours = context.madeThere.get(folder);
  if (ours === undefined || !(await isOffered(context, memory))) return done;
  for (const name of beside) ours.add(name);
  let listing = await listIfPossible(path, context);
  for (let from = 0; from < files.length && memory.bulk === 'offered'; ) {
    if (listing === undefined || listing.children.some(({ name }) => !ours.has(name))) break;
    const length = Math.min(round.most, Math.max(round.fewest, from));
    const sent = await sendRound(files.slice(from, from + length), context, memory, listener);
    for (const { item } of sent) ours.add(remoteNameOf(item));
    listing = await listIfPossible(path, context);
    commitStored(sent, listing, context);
    for (const { item } of sent) {
      const isDone = item.node.row !== undefined;
      if (isDone) done.add(item);
      listener.ended(item, isDone);
    }
    from += length;
  }
  return done;
}

async function isOffered({ remote, signal }: RunContext, memory: BulkMemory): Promise<boolean> {
  memory.asking ??= ask(remote, memory, signal);
  await memory.asking;
  return memory.bulk === 'offered';
}

/** A server that can't say so is not asked again; what is wrong with it other requests find out. */
async function ask(remote: Remote, memory: BulkMemory, signal: AbortSignal): Promise<void> {
  try {
    memory.bulk = (await remote.takesBulk(signal)) ? 'offered' : 'off';
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    memory.bulk = 'off';
  }
}

interface Sent extends Omit<ReadFile, 'content'> {
  /** Whether the server says that it stored it. */
  readonly isStored: boolean;
}

async function sendRound(
  files: readonly Upload[],
  context: RunContext,
  memory: BulkMemory,
  listener: BatchListener,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for await (const batch of batchesOf(files, (item) => readIfPossible(item, context))) {
    if (memory.bulk === 'off') break;
    for (const { item } of batch) listener.started(item);
    let stored: ReadonlySet<RemotePath> | undefined;
    try {
      takeNote(batch, context);
      stored = await unlessRefused(context.remote.uploadBulk(batch.map(toBulkFile), context.signal));
    } catch (error) {
      for (const { item } of [...sent, ...batch]) listener.ended(item, false);
      throw error;
    }
    if (stored === undefined) memory.bulk = 'off';
    for (const { item, local, checksum } of batch) {
      const isStored = stored?.has(remotePathOf(item.node)) === true;
      if (isStored) context.reporter.moved(goalPath(item.node), local.size);
      sent.push({ item, local, checksum, isStored });
    }
  }
  return sent;
}

function toBulkFile({ item, local, content, checksum }: ReadFile): BulkFile {
  return { path: remotePathOf(item.node), content, mtime: mtimeOf(local), checksum };
}

/** One that this disk does not let be read, or that is being written, is left to its executor. */
async function readIfPossible(item: Upload, context: RunContext): Promise<ReadFile | undefined> {
  try {
    return await readForBulk(item, context);
  } catch (error) {
    if (error instanceof LocalFailure) return undefined;
    throw error;
  }
}

/** Before they are sent: after a crash they would look like somebody else's files. */
function takeNote(batch: readonly ReadFile[], context: RunContext): void {
  const pending = batch.map(
    ({ item: { node }, local, checksum }): Pending => ({
      path: goalPath(node),
      to: { side: 'remote', path: remotePathOf(node) },
      row: undefined,
      file: fileInSync(node, { remote: awaitedRemote(local, ''), local, checksum }, context),
    }),
  );
  savePending(context.journal, ...pending);
}

/** A file that the server says it stored, and what stands under its name, if that looks like it. */
interface Found {
  readonly node: MergeNode;
  readonly file: Omit<EqualFile, 'remote'>;
  readonly remote: RemoteFile | undefined;
}

/**
 * Of files that look alike, those that are known to be in their places. One could have been renamed to the name of
 * another since they were stored: then one is missing, or their ids are no longer in the order of their making.
 */
function inTheirPlaces(alike: readonly Found[]): readonly { node: MergeNode; equal: EqualFile }[] {
  const ids = alike.map(({ remote }) => remote?.id);
  const inOrder = ids.every(
    (id, index) => id !== undefined && (index === 0 || isLater(id, ids[index - 1] ?? '')),
  );
  if (!inOrder) return [];
  return alike.flatMap(({ node, file, remote }) =>
    remote === undefined ? [] : [{ node, equal: { ...file, remote } }],
  );
}

/** `oc:id` counts up, with zeros in front. */
function isLater(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}

/**
 * Takes note of what the server says it stored and a look at the folder shows as it was sent. Its etag and id are those
 * of the listing: the answer has no id, and its etag is the one from before the time was set (13/14). Content cannot
 * be seen there, but a version of somebody else's has another time, or a checksum, which bulk stores none of (07/53).
 */
function commitStored(sent: readonly Sent[], listing: RemoteListing | undefined, context: RunContext): void {
  const found = new Map(listing?.children.map(({ name, entry }) => [name, entry]));
  const twins = new Map<string, Found[]>();
  for (const { item, isStored, ...file } of sent) {
    if (!isStored) continue;
    const remote = found.get(remoteNameOf(item));
    // One that is known was there before: somebody gave it this name since.
    const isNew = remote !== undefined && context.journal.synced.byRemoteId(remote.id) === undefined;
    const isThere = isNew && remote.kind === 'file' && isAsSent(remote, file);
    const look = `${file.local.size} ${mtimeOf(file.local)}`;
    twins.set(look, [
      ...(twins.get(look) ?? []),
      { node: item.node, file, remote: isThere ? remote : undefined },
    ]);
  }
  const stored = [...twins.values()].flatMap(inTheirPlaces);
  for (const { node } of stored) settlePlace(node);
  commitFiles(stored, context);
}

function isAsSent(found: RemoteFile, { local, checksum }: Pick<Sent, 'local' | 'checksum'>): boolean {
  const isSameFile = found.size === local.size && found.mtime === mtimeOf(local);
  return isSameFile && (found.stated === '' || states(found.stated, checksum));
}

function remoteNameOf({ node }: Upload): RemoteName {
  const path = remotePathOf(node);
  return remoteName(path.slice(path.lastIndexOf('/') + 1));
}

function listIfPossible(
  path: RemotePath,
  { remote, signal }: RunContext,
): Promise<RemoteListing | undefined> {
  return unlessRefused(remote.list(path, signal));
}

/** Nothing when the server refuses; what goes up by itself later meets the reason, if it still holds. */
async function unlessRefused<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RemoteFailure && !stopsRun(error)) return undefined;
    throw error;
  }
}
