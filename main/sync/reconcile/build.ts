import { assertNever } from '../model/assert-never.ts';
import { isAway, isLeaving, type LocalEntry, type RemoteEntry, type SyncedNode } from '../model/entries.ts';
import {
  eachObserved,
  type Observed,
  type ObservedLocal,
  type ObservedRemote,
} from '../model/observed-tree.ts';
import type { SyncedTree } from '../model/synced-tree.ts';
import type { Claims, Sighting } from './claims.ts';
import type { MergeNode, Place, Presence } from './merge-node.ts';

/** What reconciling starts from: the three trees, with both sides' claims on the third. */
export interface Trees {
  readonly synced: SyncedTree;
  readonly remote: ClaimedTree<RemoteEntry>;
  readonly local: ClaimedTree<LocalEntry>;
}

/** One side's observations. When some of them failed, what was not seen may only have moved out of sight. */
export interface ClaimedTree<Entry extends LocalEntry | RemoteEntry> {
  readonly root: Observed<Entry>;
  readonly claims: Claims<Entry>;
  readonly complete: boolean;
}

/** The nodes that need a thought; nodes that are as they were on both sides are made only when asked for. */
export interface MergeNodes {
  readonly synced: SyncedTree;
  readonly root: MergeNode;
  readonly nodes: Set<MergeNode>;
  /** The node of a row, made if it was left out. */
  ofRow(row: SyncedNode): MergeNode;
  /** Where a row stood when both sides were last equal. */
  placeOfRow(row: SyncedNode): Place | undefined;
}

/** Joins the three trees into nodes. */
export function buildNodes(trees: Trees): MergeNodes {
  return new Builder(trees).build();
}

class Builder implements MergeNodes {
  readonly #trees: Trees;
  readonly #byRow = new Map<number, MergeNode>();
  readonly #byObserved = new Map<Observed<LocalEntry> | Observed<RemoteEntry>, MergeNode>();
  readonly nodes = new Set<MergeNode>();
  readonly synced: SyncedTree;
  readonly root: MergeNode;

  constructor(trees: Trees) {
    this.#trees = trees;
    this.synced = trees.synced;
    this.root = makeNode('folder', trees.synced.root);
    this.root.remote = { kind: 'seen', node: trees.remote.root };
    this.root.local = { kind: 'seen', node: trees.local.root };
    this.root.stays = true;
    this.nodes.add(this.root);
    if (trees.synced.root !== undefined) this.#byRow.set(trees.synced.root.row, this.root);
    this.#byObserved.set(trees.remote.root, this.root);
    this.#byObserved.set(trees.local.root, this.root);
  }

  build(): MergeNodes {
    const { synced, remote, local } = this.#trees;
    const newThere = eachObserved(remote.root).filter(isNew);
    const newHere = eachObserved(local.root).filter(isNew);
    for (const seen of newThere) this.#addNew(seen).remote = heldAsUnknown({ kind: 'seen', node: seen });
    for (const seen of newHere) this.#addNew(seen).local = heldAsUnknown({ kind: 'seen', node: seen });
    // Places name the folder's node, so all nodes are made first.
    for (const seen of newThere) this.#ofObserved(seen).remoteAt = this.#placeOfObserved(seen);
    for (const seen of newHere) this.#ofObserved(seen).localAt = this.#placeOfObserved(seen);
    if (synced.root !== undefined) this.#addKnown(synced.root, isLeaving(synced.root));
    return this;
  }

  ofRow(row: SyncedNode): MergeNode {
    const known = this.#byRow.get(row.row);
    if (known !== undefined) return known;
    const { remote, local } = this.#trees;
    const node = makeNode(row.kind, row);
    this.#byRow.set(row.row, node);
    this.nodes.add(node);
    const rowPlace = this.placeOfRow(row);
    const onRemote = remote.claims.sighting(row);
    node.remote = presence(onRemote, remote.complete);
    node.remoteAt = this.#place(onRemote, rowPlace);
    if (isAway(row)) return node;
    const onLocal = local.claims.sighting(row);
    node.local = presence(onLocal, local.complete);
    node.localAt = this.#place(onLocal, rowPlace);
    return node;
  }

  placeOfRow(row: SyncedNode): Place | undefined {
    const parent = this.#trees.synced.get(row.parent);
    return parent === undefined ? undefined : { parent: this.ofRow(parent), name: row.name };
  }

  #addKnown(folder: SyncedNode, isGoing: boolean): void {
    for (const row of this.#trees.synced.children(folder.row)) {
      const goes = isGoing || isLeaving(row);
      if (goes || isAway(row) || !this.#isSettled(row)) this.ofRow(row);
      if (row.kind === 'folder') this.#addKnown(row, goes);
    }
  }

  #addNew(seen: Observed<LocalEntry> | Observed<RemoteEntry>): MergeNode {
    const node = makeNode(seen.entry.kind === 'folder' ? 'folder' : 'file', undefined);
    node.held = seen.held;
    this.#byObserved.set(seen, node);
    this.nodes.add(node);
    return node;
  }

  #ofObserved(seen: Observed<LocalEntry> | Observed<RemoteEntry>): MergeNode {
    const node = seen.claimed === undefined ? this.#byObserved.get(seen) : this.ofRow(seen.claimed);
    if (node === undefined) throw new Error('every observation has a node');
    return node;
  }

  #placeOfObserved(seen: Observed<LocalEntry> | Observed<RemoteEntry>): Place | undefined {
    return seen.parent === undefined ? undefined : { parent: this.#ofObserved(seen.parent), name: seen.key };
  }

  #place(
    sighting: Sighting<LocalEntry> | Sighting<RemoteEntry>,
    rowPlace: Place | undefined,
  ): Place | undefined {
    switch (sighting.kind) {
      case 'seen':
        return this.#placeOfObserved(sighting.node);
      case 'implicit':
      case 'unknown':
        return rowPlace;
      case 'gone':
        return undefined;
      default:
        return assertNever(sighting);
    }
  }

  /** As it was on both sides, in the same place: nothing to think about. */
  #isSettled(row: SyncedNode): boolean {
    const { remote, local } = this.#trees;
    return (
      isQuiet(
        remote.claims.sighting(row),
        row,
        (seen) => seen.spelled === row.remoteName && isSameOnServer(seen, row),
      ) &&
      isQuiet(
        local.claims.sighting(row),
        row,
        (seen) => seen.spelled === row.localName && isSameInode(seen, row),
      )
    );
  }
}

function isQuiet<Entry extends LocalEntry | RemoteEntry>(
  sighting: Sighting<Entry>,
  row: SyncedNode,
  isAsRecorded: (seen: Observed<Entry>) => boolean,
): boolean {
  if (sighting.kind === 'implicit') return true;
  if (sighting.kind !== 'seen') return false;
  const seen = sighting.node;
  const inPlace = seen.parent?.claimed?.row === row.parent && seen.key === row.name;
  return inPlace && !seen.changed && seen.held === undefined && !seen.keeps && isAsRecorded(seen);
}

function isSameOnServer(seen: ObservedRemote, row: SyncedNode): boolean {
  const { entry } = seen;
  const isAsStated = entry.kind === 'folder' || row.kind === 'folder' || entry.stated === row.stated;
  return entry.permissions === row.permissions && entry.id === row.remoteId && isAsStated;
}

function isSameInode(seen: ObservedLocal, row: SyncedNode): boolean {
  if (seen.entry.kind === 'folder') {
    return row.kind === 'folder' && seen.entry.inode === row.inode && seen.entry.born === row.born;
  }
  if (seen.entry.kind !== 'file' || row.kind !== 'file') return false;
  return (
    seen.entry.modified === row.modified &&
    seen.entry.changed === row.changed &&
    seen.entry.inode === row.inode
  );
}

function presence<Entry extends LocalEntry | RemoteEntry>(
  sighting: Sighting<Entry>,
  complete: boolean,
): Presence<Entry> {
  switch (sighting.kind) {
    case 'seen':
      return heldAsUnknown(sighting);
    case 'implicit':
    case 'unknown':
      return sighting;
    case 'gone':
      return { kind: complete ? 'absent' : 'unknown' };
    default:
      return assertNever(sighting);
  }
}

function heldAsUnknown<Entry extends LocalEntry | RemoteEntry>(seen: {
  readonly kind: 'seen';
  readonly node: Observed<Entry>;
}): Presence<Entry> {
  return seen.node.held === undefined ? seen : { kind: 'unknown' };
}

function isNew(seen: Observed<LocalEntry> | Observed<RemoteEntry>): boolean {
  return seen.claimed === undefined && seen.parent !== undefined;
}

function makeNode(kind: 'file' | 'folder', row: SyncedNode | undefined): MergeNode {
  return {
    kind,
    row,
    remote: { kind: 'absent' },
    local: { kind: 'absent' },
    remoteAt: undefined,
    localAt: undefined,
    localLook: undefined,
    fate: 'keep',
    goal: undefined,
    stays: false,
    asideFrom: undefined,
    isLeaving: false,
    isLeftAlone: false,
    isRestored: false,
    held: undefined,
    joined: undefined,
  };
}
