import type { LocalEntry, LocalFile, RemoteEntry, SyncedNode } from '../model/entries.ts';
import type { Observed, ObservedLocal, ObservedRemote } from '../model/observed-tree.ts';
import { joinSync, type NameKey, rootPath, type SyncPath } from '../model/paths.ts';
import type { FileFate, FolderFate } from './table.ts';

/** Where a node stands, or shall stand: a folder and a name in it. */
export interface Place {
  readonly parent: MergeNode;
  readonly name: NameKey;
}

/** What one side has of a node. */
export type Presence<Entry extends LocalEntry | RemoteEntry> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'implicit' }
  | { readonly kind: 'seen'; readonly node: Observed<Entry> }
  | { readonly kind: 'unknown' };

export type Side = 'local' | 'remote';

/**
 * One file or folder over all three trees. `build.ts` makes it from the claims, `decide.ts` sets `fate` and
 * `goal`, `existence.ts` and `clashes.ts` settle `stays` and the final `goal`; afterwards it is only read.
 */
export interface MergeNode {
  readonly kind: 'file' | 'folder';
  /** Its row in the journal; a new one when an executor took note of it. */
  row: SyncedNode | undefined;
  remote: Presence<RemoteEntry>;
  local: Presence<LocalEntry>;
  /** Where each side has it now. Propagation keeps this current while it moves things. */
  remoteAt: Place | undefined;
  localAt: Place | undefined;
  /** The file here after it was moved in this run, which changes its change time. */
  localLook: LocalFile | undefined;
  fate: FileFate | FolderFate;
  /** Where it shall stand on both sides. */
  goal: Place | undefined;
  /** Whether it shall exist on both sides in the end. */
  stays: boolean;
  /** Name it would have but for a clash: its local version is set aside under `goal`. */
  asideFrom: NameKey | undefined;
  /** Whether it leaves this computer with a folder that is not wanted here. */
  isLeaving: boolean;
  /** Whether it has come to a name that is left alone: it follows there as it is, and is then forgotten. */
  isLeftAlone: boolean;
  /** What was done to it here is undone, for want of the right to do it there. */
  isRestored: boolean;
  /** Why it is not synced as it is, when discovery said so. */
  held: ObservedLocal['held'];
  /** Set when it turned out to be the same as another node: the one to use instead. */
  joined: MergeNode | undefined;
}

/**
 * Whether it is, and stays, on the server alone because it is not wanted here; also when it left just now, and the
 * journal has still to forget it.
 */
export function isNotHere({ fate, isLeaving, remoteAt, stays }: MergeNode): boolean {
  const hasLeft = fate === 'forget' && isLeaving && remoteAt !== undefined && !stays;
  return fate === 'stayAway' || fate === 'leaveThere' || hasLeft;
}

/** The node that this one became. */
export function actual(node: MergeNode): MergeNode {
  return node.joined === undefined ? node : actual(node.joined);
}

/** Where one side has it now. */
export function placeOn(node: MergeNode, side: Side): Place | undefined {
  return side === 'local' ? node.localAt : node.remoteAt;
}

/** What the disk shows of it, if it was looked at. */
export function seenLocal(node: MergeNode): ObservedLocal | undefined {
  return node.local.kind === 'seen' ? node.local.node : undefined;
}

/** What the server's listing shows of it, if it was looked at. */
export function seenRemote(node: MergeNode): ObservedRemote | undefined {
  return node.remote.kind === 'seen' ? node.remote.node : undefined;
}

/** Whether a place is that of the journal's row. */
export function isPlace(place: Place | undefined, other: Place | undefined): boolean {
  if (place === undefined || other === undefined) return place === other;
  return actual(place.parent) === actual(other.parent) && place.name === other.name;
}

/** The path by its goal, or, without one, by where it is. */
export function goalPath(node: MergeNode): SyncPath {
  return pathBelow(node, new Set());
}

/** Places of different sides may form a ring, where one is left alone that another was to be moved into. */
function pathBelow(node: MergeNode, below: Set<MergeNode>): SyncPath {
  const place = node.goal ?? node.localAt ?? node.remoteAt;
  if (place === undefined || below.has(node)) return rootPath;
  below.add(node);
  return joinSync(pathBelow(actual(place.parent), below), place.name);
}
