import { assertNever } from '../model/assert-never.ts';
import type { LocalEntry, RemoteEntry, RowId, SyncedNode } from '../model/entries.ts';
import type { Observed } from '../model/observed-tree.ts';
import type { SyncedTree } from '../model/synced-tree.ts';

/** What one side shows of a node that was in sync. */
export type Sighting<Entry extends LocalEntry | RemoteEntry> =
  | { readonly kind: 'seen'; readonly node: Observed<Entry> }
  /** In its old place and unchanged: a folder above it was pruned. */
  | { readonly kind: 'implicit' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

/**
 * The node of the synced tree that an observation is by its identity (server id, inode), wherever it stands; the one
 * in its place when it may as well be that.
 */
export type Identify<Entry extends LocalEntry | RemoteEntry> = (
  node: Observed<Entry>,
  inPlace: SyncedNode | undefined,
) => SyncedNode | undefined;

const gone = { kind: 'gone' } as const;
const unknown = { kind: 'unknown' } as const;
const implicit = { kind: 'implicit' } as const;

/**
 * Finds out which seen things are which known nodes, on one side. Certain claims go first: same identity in
 * the same place; then moves (same identity elsewhere), those to a name that another had before last; names at the
 * end (another identity under the old name).
 * A folder's children can be judged only when the folder is, so whoever walks the tree offers the children of
 * the folders that `takeReady` gives, calls `settleNextFolder` when there are none, and `settleFiles` at the end.
 */
export class Claims<Entry extends LocalEntry | RemoteEntry> {
  readonly #synced: SyncedTree;
  readonly #identify: Identify<Entry>;
  readonly #nameFirst: boolean;
  readonly #canHave: (known: SyncedNode) => boolean;
  readonly #byRow = new Map<RowId, Observed<Entry>>();
  readonly #folders = new Doubtful<Entry>();
  readonly #files = new Doubtful<Entry>();
  readonly #refused = new Set<Observed<Entry>>();
  readonly #doubted = new Set<RowId>();
  #ready: Observed<Entry>[] = [];

  /**
   * @param nameFirst whether a file under a name that was in use is a new version of that file, whatever it was
   *   before: programs save by a rename. Only if that file is found elsewhere is it not.
   * @param canHave whether this side can have a node at all: what stands in the place of another one is new
   */
  constructor(
    synced: SyncedTree,
    identify: Identify<Entry>,
    root: Observed<Entry>,
    nameFirst: boolean,
    canHave: (known: SyncedNode) => boolean = () => true,
  ) {
    this.#synced = synced;
    this.#identify = identify;
    this.#nameFirst = nameFirst;
    this.#canHave = canHave;
    if (synced.root !== undefined) this.#claim(root, synced.root);
    this.#ready.push(root);
  }

  /** Folders that are settled and whose content should be looked at now. */
  takeReady(): Observed<Entry>[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** Judges a child of a settled folder, or keeps it for later. */
  offer(node: Observed<Entry>): void {
    const inPlace = this.#inPlace(node);
    if (node.held !== undefined) {
      // Something that can't be synced stands there: nothing can be said about what stood there before.
      this.#settle(node, inPlace);
      return;
    }
    const known = this.#identify(node, inPlace);
    if (known !== undefined && known.kind === node.entry.kind) {
      const doubtful = this.#doubtful(node);
      if (known === inPlace && !this.#byRow.has(known.row)) this.#settle(node, known);
      else if (this.#isReplacement(node, inPlace)) doubtful.replacements.push(node);
      else doubtful.moves.push(node);
    } else if (inPlace?.kind === node.entry.kind) {
      this.#doubtful(node).names.push(node);
    } else {
      this.#settle(node, undefined);
    }
  }

  /** Offers what is wanted only as one that is missed here; says whether it may be one, else nothing came of it. */
  offerMissed(node: Observed<Entry>): boolean {
    const known = this.#identify(node, this.#inPlace(node));
    if (known?.kind !== node.entry.kind || this.sighting(known).kind !== 'gone') return false;
    this.offer(node);
    return true;
  }

  /** Files that look like moved ones. To be asked when no folder is in doubt any more. */
  movedFiles(): readonly Observed<Entry>[] {
    return [...this.#files.moves, ...this.#files.replacements];
  }

  /** Says that a file which looked like a moved one is none. */
  refuseMove(node: Observed<Entry>): void {
    this.#refused.add(node);
  }

  /** Says that a file may be a moved one, which can't be told now: nothing is concluded about the node it may be. */
  doubtMove(node: Observed<Entry>, known: SyncedNode): void {
    this.#refused.add(node);
    this.#doubted.add(known.row);
  }

  /** Settles the next doubtful folder. False when none is left. */
  settleNextFolder(): boolean {
    return this.#settleFrom(this.#folders);
  }

  /** Settles all files that are still in doubt. */
  settleFiles(): void {
    while (this.#settleFrom(this.#files));
  }

  /** What this side shows of a known node. Final after `settleFiles`. */
  sighting(node: SyncedNode): Sighting<Entry> {
    const seen = this.#byRow.get(node.row);
    if (seen !== undefined) return { kind: 'seen', node: seen };
    if (this.#doubted.has(node.row)) return unknown;
    const parent = this.#synced.get(node.parent);
    if (parent === undefined || parent.row === node.row) return gone;
    const above = this.sighting(parent);
    switch (above.kind) {
      case 'seen':
        if (above.node.held !== undefined || above.node.listing === 'failed') return unknown;
        return above.node.listing === 'pruned' ? implicit : gone;
      case 'implicit':
        return implicit;
      case 'unknown':
        return unknown;
      case 'gone':
        return gone;
      default:
        return assertNever(above);
    }
  }

  #isReplacement(node: Observed<Entry>, inPlace: SyncedNode | undefined): boolean {
    return this.#nameFirst && node.entry.kind === 'file' && inPlace?.kind === 'file';
  }

  #doubtful(node: Observed<Entry>): Doubtful<Entry> {
    return node.entry.kind === 'folder' ? this.#folders : this.#files;
  }

  #settleFrom(doubtful: Doubtful<Entry>): boolean {
    const move = doubtful.moves.shift();
    if (move !== undefined) {
      this.#settleMove(move);
      return true;
    }
    const replacement = doubtful.replacements.shift();
    if (replacement !== undefined) {
      const inPlace = this.#inPlace(replacement);
      if (inPlace !== undefined && !this.#byRow.has(inPlace.row)) this.#settle(replacement, inPlace);
      else this.#settleMove(replacement);
      return true;
    }
    const named = doubtful.names.shift();
    if (named !== undefined) this.#settleName(named);
    return named !== undefined;
  }

  #settleMove(node: Observed<Entry>): void {
    const known = this.#refused.has(node) ? undefined : this.#identify(node, this.#inPlace(node));
    const before = known === undefined ? undefined : this.sighting(known);
    if (before?.kind === 'gone') {
      this.#settle(node, known);
    } else if (before?.kind === 'unknown') {
      // Moved from a place that could not be looked at, or a second one of the same: can't be told now.
      node.held = 'uncertain';
      this.#settle(node, undefined);
    } else {
      this.#settleName(node);
    }
  }

  #settleName(node: Observed<Entry>): void {
    const inPlace = this.#inPlace(node);
    const free = inPlace !== undefined && inPlace.kind === node.entry.kind && !this.#byRow.has(inPlace.row);
    this.#settle(node, free ? inPlace : undefined);
  }

  #settle(node: Observed<Entry>, known: SyncedNode | undefined): void {
    if (known !== undefined) this.#claim(node, known);
    if (node.entry.kind === 'folder' && node.held === undefined) this.#ready.push(node);
  }

  #claim(node: Observed<Entry>, known: SyncedNode): void {
    node.claimed = known;
    this.#byRow.set(known.row, node);
  }

  #inPlace(node: Observed<Entry>): SyncedNode | undefined {
    const parent = node.parent?.claimed;
    const known = parent === undefined ? undefined : this.#synced.child(parent.row, node.key);
    return known !== undefined && this.#canHave(known) ? known : undefined;
  }
}

/** Nodes whose claim waits until the certain ones are known. */
class Doubtful<Entry extends LocalEntry | RemoteEntry> {
  readonly moves: Observed<Entry>[] = [];
  readonly replacements: Observed<Entry>[] = [];
  readonly names: Observed<Entry>[] = [];
}
