import { isDoubtful } from '../discover/remote.ts';
import type { Journal } from '../journal/journal.ts';
import type { RowId, SyncedNode } from '../model/entries.ts';
import type { ObservedRemote } from '../model/observed-tree.ts';
import type { ItemResult } from '../propagate/schedule.ts';
import type { MergeNodes } from '../reconcile/build.ts';
import { actual, type MergeNode, seenRemote } from '../reconcile/merge-node.ts';
import type { Plan, PlanItem } from '../reconcile/plan-item.ts';

/**
 * Records the etags of the folders below which everything is now in sync. All others will be listed again,
 * whatever the server says of them.
 */
export function recordCompleteFolders(
  root: ObservedRemote,
  merge: MergeNodes,
  plan: Plan,
  results: ReadonlyMap<PlanItem, ItemResult>,
  journal: Journal,
): void {
  const open = new Set<MergeNode>();
  for (const node of plan.waiting) if (!isHereAlone(node)) markAbove(node, merge, open);
  for (const item of plan.items) {
    const result = results.get(item);
    const isToBeSeen = result === 'done' && isPutThere(item);
    if (result === 'done' && !isToBeSeen && !isForgottenAlone(item)) continue;
    markAbove(item.node, merge, open);
    if (result === 'postponed' || isToBeSeen) relist(item.node, journal);
  }
  const incomplete = new Set([...open].flatMap((node) => seenRemote(node) ?? []));
  const leftThere = new Set(
    [...merge.nodes].flatMap((node) => (node.fate === 'leaveThere' ? (seenRemote(node) ?? []) : [])),
  );
  const rows = rowsOfFolders(merge);
  journal.transaction(() => {
    const rowOf = (folder: ObservedRemote): SyncedNode | undefined => rows.get(folder) ?? folder.claimed;
    record(root, { incomplete, leftThere, rowOf, journal });
  });
}

/**
 * Whether the journal forgot something that left this computer and that the server still has: moved out of the folder
 * that left, it comes back as new.
 */
export function isForgottenAlone({ action, node }: PlanItem): boolean {
  return action === 'forget' && node.isLeaving && node.remote.kind !== 'absent';
}

/**
 * A link, or a name that no server takes: a listing would tell nothing of it, however long it waits. Only a listing
 * tells whether a name is free again.
 */
function isHereAlone({ held, row, remote }: MergeNode): boolean {
  return row === undefined && remote.kind === 'absent' && held !== 'nameTaken';
}

/**
 * Whether something was put into a folder there, by its path: it is to be seen in it, as its etag would tell. Somebody
 * may have put another folder in the place of that one meanwhile, and left that one as it was.
 */
function isPutThere({ action }: PlanItem): boolean {
  return action === 'upload' || action === 'createRemote' || action === 'moveRemote';
}

/** Asks for listings of everything above a node, since what was believed of it, or of one's rights there, did not hold. */
export function relist(node: MergeNode, journal: Journal): void {
  const starts = [node.row, knownFolderOf(node)].flatMap((start) => start ?? []);
  journal.transaction(() => {
    for (const { row } of starts) relistAbove(row, journal);
  });
}

/** The folder in which it shall stand, or, one that is made for it, the first above that the journal knows. */
function knownFolderOf(node: MergeNode): SyncedNode | undefined {
  const below = new Set<MergeNode>();
  for (let at = node; !below.has(at); ) {
    below.add(at);
    const place = at.goal ?? at.remoteAt ?? at.localAt;
    if (place === undefined) return undefined;
    at = actual(place.parent);
    if (at.row !== undefined) return at.row;
  }
  return undefined;
}

/** Asks for listings of a row's folder and of all above it. */
export function relistAbove(start: RowId, journal: Journal): void {
  for (let row = journal.synced.get(start); row !== undefined; ) {
    if (row.kind === 'folder' && row.etag !== '') row = journal.putEtag(row, '');
    row = row.parent === row.row ? undefined : journal.synced.get(row.parent);
  }
}

function rowsOfFolders(merge: MergeNodes): ReadonlyMap<ObservedRemote, SyncedNode> {
  const rows = new Map<ObservedRemote, SyncedNode>();
  for (const node of merge.nodes) {
    const seen = seenRemote(node);
    if (seen !== undefined && node.row !== undefined) rows.set(seen, node.row);
  }
  return rows;
}

/**
 * Marks a node and every folder above it, wherever it was, is or shall be. Taken together these may lie in a ring:
 * one folder was in the other, which is in it now.
 */
function markAbove(node: MergeNode, merge: MergeNodes, open: Set<MergeNode>): void {
  if (open.has(node)) return;
  open.add(node);
  if (node === merge.root) return;
  const before = node.row === undefined ? undefined : merge.placeOfRow(node.row);
  const folders = [before, node.goal, node.remoteAt, node.localAt].flatMap((place) =>
    place === undefined ? [] : [actual(place.parent)],
  );
  for (const folder of folders) markAbove(folder, merge, open);
}

interface Recording {
  /** Folders in which something is not in sync. */
  readonly incomplete: ReadonlySet<ObservedRemote>;
  /** What is on the server alone, as it shall be. */
  readonly leftThere: ReadonlySet<ObservedRemote>;
  readonly rowOf: (folder: ObservedRemote) => SyncedNode | undefined;
  readonly journal: Journal;
}

/** Records bottom-up; gives whether everything in the folder is in sync, as far as it is wanted here. */
function record(folder: ObservedRemote, recording: Recording): boolean {
  const { incomplete, leftThere, rowOf, journal } = recording;
  if (folder.listing === 'pruned' || folder.listing === 'unwanted' || leftThere.has(folder)) return true;
  let isComplete =
    folder.listing === 'listed' && !incomplete.has(folder) && !folder.keeps && folder.held === undefined;
  for (const child of folder.children.values()) {
    if (leftThere.has(child)) continue;
    if (child.held !== undefined || isDoubtful(child)) isComplete = false;
    else if (child.entry.kind === 'folder' && !record(child, recording)) isComplete = false;
  }
  const known = rowOf(folder);
  const row = known === undefined ? undefined : journal.synced.get(known.row);
  if (row?.kind !== 'folder') return isComplete && row !== undefined;
  // One that someone moves out of a folder that leaves is to be listed where it is then, whatever had left of it.
  const isRelied = isComplete && !journal.synced.isLeavingAbove(row);
  const etag = isRelied ? (folder.listedEtag ?? '') : '';
  if (row.etag !== etag) journal.putEtag(row, etag);
  return isComplete;
}
