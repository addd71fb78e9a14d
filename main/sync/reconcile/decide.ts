import { assertNever } from '../model/assert-never.ts';
import { isLeaving, type LocalEntry, type RemoteEntry } from '../model/entries.ts';
import type { MergeNodes } from './build.ts';
import { isUnwanted, Leaving } from './leaving.ts';
import { isStrayHere, LeftAlone } from './left-alone.ts';
import {
  actual,
  isPlace,
  type MergeNode,
  type Place,
  type Presence,
  placeOn,
  type Side,
} from './merge-node.ts';
import { moveBack, obeyRights } from './rights.ts';
import {
  type Change,
  knownFile,
  knownFolder,
  leavingFile,
  leavingFolder,
  leavingNewFile,
  leavingNewFolder,
  leftAlone,
  type Novelty,
  newFile,
  newFolder,
  unwantedFolder,
} from './table.ts';

/** Sets what shall become of each node by the tables, and where it shall stand. */
export function decide(merge: MergeNodes): void {
  const nodes = [...merge.nodes].filter((node) => node !== merge.root);
  for (const node of nodes) {
    node.fate = node.kind === 'file' ? fileFate(node, merge) : folderFate(node);
    node.goal = goalOf(node, merge);
  }
  for (const node of nodes) moveBack(node);
  // Whether a node leaves depends on where the folders above it shall be.
  const leaving = new Leaving(merge);
  for (const node of nodes.filter((candidate) => leaving.has(candidate))) {
    node.fate = leavingFate(node, isBelow(node, leaving));
    node.isLeaving = true;
    // One that could not be looked at has its name there all the same.
    if (node.fate === 'leaveThere') node.goal ??= node.remoteAt;
  }
  for (const node of nodes) obeyRights(node);
  for (const node of nodes.filter(isMovedOutOfSight)) {
    node.fate = 'wait';
    node.goal = undefined;
  }
  const alone = new LeftAlone();
  for (const node of nodes.filter((candidate) => mayBeLeftAlone(candidate) && alone.has(candidate))) {
    node.isLeftAlone = true;
    node.isRestored = false;
    node.fate = leftAloneFate(node);
    if (node.fate !== 'keep') node.goal = undefined;
  }
}

/**
 * What is in sync and leaves this computer does so under any name. So does what is new here in a folder that only the
 * server gave such a name: nothing told who wrote it that it is left alone.
 */
function mayBeLeftAlone(node: MergeNode): boolean {
  const { fate, isLeaving: leaves, row } = node;
  const leavesAnyway = leaves && (row !== undefined || (node.localAt !== undefined && !isStrayHere(node)));
  return !leavesAnyway && fate !== 'wait' && fate !== 'stayAway';
}

/** One that never was in sync is not carried any more. */
function leftAloneFate(node: MergeNode): MergeNode['fate'] {
  if (node.row === undefined) return 'forget';
  return leftAlone[presenceOnly(change(node.remote))][presenceOnly(change(node.local))];
}

function fileFate(node: MergeNode, merge: MergeNodes): MergeNode['fate'] {
  if (node.row === undefined) return newFile[novelty(node, 'remote')][novelty(node, 'local')];
  const remote = change(node.remote);
  const local = change(node.local);
  if (local !== 'same' && isInDoubt(node)) return 'wait';
  // What someone moved they care for: a deletion of the same file on the other side does not beat it.
  const caredForLocally = remote === 'gone' && local === 'same' && isMoved(node, 'local', merge);
  const caredForRemotely = local === 'gone' && remote === 'same' && isMoved(node, 'remote', merge);
  return knownFile[caredForRemotely ? 'changed' : remote][caredForLocally ? 'changed' : local];
}

/**
 * Whether the server's version is still in the second of its writing, in which another one may take its place under the
 * same etag (recorded: 03/01 to 03/03, 13/12): no condition protects that one, so nothing is done to it yet.
 */
function isInDoubt({ row, remote }: MergeNode): boolean {
  if (row?.kind !== 'file' || !row.racy || remote.kind !== 'seen') return false;
  const { entry } = remote.node;
  return entry.kind === 'file' && entry.racy;
}

function folderFate(node: MergeNode): MergeNode['fate'] {
  if (isUnwanted(node)) return unwantedFolder[presenceOnly(change(node.remote))];
  if (node.row === undefined) return newFolder[novelty(node, 'remote')][novelty(node, 'local')];
  return knownFolder[presenceOnly(change(node.remote))][presenceOnly(change(node.local))];
}

/**
 * Where it shall stand: where the server moved it, else where this computer has it. What was moved on both sides is not
 * taken along into a folder that is not wanted here: none of that one may be here any more.
 */
function goalOf(node: MergeNode, merge: MergeNodes): Place | undefined {
  switch (node.fate) {
    case 'wait':
    case 'forget':
      return undefined;
    case 'keep':
    case 'create':
    case 'download':
    case 'upload':
    case 'resolve':
    case 'removeLocal':
    case 'removeRemote':
    case 'evict':
    case 'leaveThere':
    case 'stayAway':
      if (node.localAt === undefined) return node.remoteAt;
      if (!isMoved(node, 'remote', merge)) return node.localAt;
      if (isMoved(node, 'local', merge) && isInUnwanted(node)) return node.localAt;
      return node.remoteAt ?? node.localAt;
    default:
      return assertNever(node.fate);
  }
}

/**
 * What shall become of a node that leaves this computer. The very folder that is not wanted stays the server's when
 * it has left; one below another that leaves goes with that.
 */
function leavingFate(node: MergeNode, isBelowAnother: boolean): MergeNode['fate'] {
  if (isUnwanted(node)) return node.fate === 'stayAway' ? 'leaveThere' : node.fate;
  if (node.row === undefined) {
    const table = node.kind === 'file' ? leavingNewFile : leavingNewFolder;
    return table[novelty(node, 'remote')][novelty(node, 'local')];
  }
  if (node.kind === 'file') return leavingFile[change(node.remote)][change(node.local)];
  const remote = presenceOnly(change(node.remote));
  const local = presenceOnly(change(node.local));
  const isIt = isLeaving(node.row) && !isBelowAnother;
  return isIt && local === 'gone' ? unwantedFolder[remote] : leavingFolder[remote][local];
}

function isBelow({ goal, localAt, remoteAt }: MergeNode, leaving: Leaving): boolean {
  const place = goal ?? localAt ?? remoteAt;
  return place !== undefined && leaving.has(actual(place.parent));
}

/**
 * Whether the server moved it into a folder that has left here already: there is nothing here to move it into. It looks
 * removed once the journal took note of that folder. What leaves as well does so from where it is, if it has not changed
 * here.
 */
function isMovedOutOfSight({ localAt, goal, isLeaving: leaves, fate }: MergeNode): boolean {
  if (localAt === undefined) return false;
  if (leaves && (fate === 'evict' || isPlace(goal, localAt))) return false;
  // Goals may still form a ring: nothing in it is out of sight.
  const above = new Set<MergeNode>();
  for (let place = goal; place !== undefined; place = actual(place.parent).goal) {
    const folder = actual(place.parent);
    if (folder.fate === 'stayAway') return true;
    if (above.has(folder)) return false;
    above.add(folder);
  }
  return false;
}

/** Whether the server has it in a folder that is not wanted here. */
function isInUnwanted({ remoteAt }: MergeNode): boolean {
  for (let above = remoteAt; above !== undefined; above = actual(above.parent).remoteAt) {
    const folder = actual(above.parent);
    if (isLeaving(folder.row) || isUnwanted(folder)) return true;
  }
  return false;
}

/** Whether this side has it at another place than when both were last equal. */
function isMoved(node: MergeNode, side: Side, merge: MergeNodes): boolean {
  const place = placeOn(node, side);
  return node.row !== undefined && place !== undefined && !isPlace(place, merge.placeOfRow(node.row));
}

function change(presence: Presence<LocalEntry> | Presence<RemoteEntry>): Change {
  switch (presence.kind) {
    case 'absent':
      return 'gone';
    case 'implicit':
      return 'same';
    case 'unknown':
      return 'unknown';
    case 'seen':
      return presence.node.changed ? 'changed' : 'same';
    default:
      return assertNever(presence);
  }
}

function presenceOnly(change: Change): Exclude<Change, 'changed'> {
  return change === 'changed' ? 'same' : change;
}

function novelty(node: MergeNode, side: Side): Novelty {
  const presence = side === 'local' ? node.local : node.remote;
  switch (presence.kind) {
    case 'seen':
      return 'new';
    case 'unknown':
      return 'unknown';
    case 'implicit':
    case 'absent':
      return isHidden(node, side) ? 'unknown' : 'absent';
    default:
      return assertNever(presence);
  }
}

/** Whether this side's content of the folder that it stands in on the other side could not be looked at. */
function isHidden(node: MergeNode, side: Side): boolean {
  const parent = (node.localAt ?? node.remoteAt)?.parent;
  if (parent === undefined) return false;
  const presence = side === 'local' ? actual(parent).local : actual(parent).remote;
  return presence.kind === 'unknown' || (presence.kind === 'seen' && presence.node.listing === 'failed');
}
