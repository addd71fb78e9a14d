import { assertNever } from '../model/assert-never.ts';
import type { RowId, SyncedNode } from '../model/entries.ts';
import type { NameKey } from '../model/paths.ts';
import type { SyncedTree } from '../model/synced-tree.ts';
import type { NameRules } from './clashes.ts';
import { actual, type MergeNode, type Place, placeOn, type Side } from './merge-node.ts';
import type { PlanItem } from './plan-item.ts';

/**
 * Says who waits for whom:
 * - a node's second item for its first, and a child's items for its folder's;
 * - whoever takes a place for whoever leaves it;
 * - the removal of a folder for everything that leaves it, and, when it only leaves this computer, for everything
 *   that leaves with it; not for what left it on one side and is gone on the other, of which its row says nothing that is
 *   needed: it may not come to that side for long;
 * - taking note that a folder is not here, which forgets all below it, for whatever was last in it and stands elsewhere;
 * - the move of a folder for taking note of what left from it: it must not look removed from its new place.
 */
export function orderItems(
  items: readonly PlanItem[],
  ordered: readonly MergeNode[],
  rules: Pick<NameRules, 'fold' | 'synced'>,
): void {
  const index = new ItemIndex(items, ordered, rules);
  const latest = new Map<MergeNode, PlanItem[]>();
  for (const item of items) {
    if (item.action === 'forget' && item.node.isLeaving) holdMovesAbove(item, index);
    if (isRemoval(item)) {
      holdEvictionAbove(item, index);
      continue;
    }
    const earlier = latest.get(item.node) ?? [];
    const parent = item.node.goal === undefined ? undefined : actual(item.node.goal.parent);
    for (const needed of [...earlier, ...((parent && index.of(parent)) ?? [])])
      if (!isRemoval(needed)) item.needs.add(needed);
    latest.set(item.node, [...earlier, item]);
    for (const side of takesPlaceOn(item)) waitForPlace(item, side, index);
    holdRemovals(item, index);
  }
}

/** Items that wait for each other in a ring; empty when there is none. */
export function findRing(items: readonly PlanItem[]): PlanItem[] {
  const done = new Set<PlanItem>();
  const trail: PlanItem[] = [];
  const visit = (item: PlanItem): PlanItem[] => {
    if (done.has(item)) return [];
    const seenAt = trail.indexOf(item);
    if (seenAt !== -1) return trail.slice(seenAt);
    trail.push(item);
    for (const needed of item.needs) {
      const ring = visit(needed);
      if (ring.length > 0) return ring;
    }
    trail.pop();
    done.add(item);
    return [];
  };
  for (const item of items) {
    const ring = visit(item);
    if (ring.length > 0) return ring;
  }
  return [];
}

/** Whether an item takes something away, or takes note that it is gone. */
export function isRemoval(item: PlanItem): boolean {
  const { action } = item;
  return action === 'removeLocal' || action === 'removeRemote' || action === 'evict' || action === 'forget';
}

/** Finds items by node, by row, and by who stands where now. */
class ItemIndex {
  readonly #byNode = new Map<MergeNode, PlanItem[]>();
  readonly #byRow = new Map<RowId, PlanItem[]>();
  readonly #occupants = {
    local: new Map<MergeNode, Map<string, MergeNode>>(),
    remote: new Map<MergeNode, Map<string, MergeNode>>(),
  };

  readonly rules: Pick<NameRules, 'fold' | 'synced'>;

  constructor(
    items: readonly PlanItem[],
    ordered: readonly MergeNode[],
    rules: Pick<NameRules, 'fold' | 'synced'>,
  ) {
    this.rules = rules;
    for (const item of items) {
      append(this.#byNode, item.node, item);
      if (item.node.row !== undefined) append(this.#byRow, item.node.row.row, item);
    }
    for (const node of ordered) {
      this.#occupy(node, 'local');
      this.#occupy(node, 'remote');
    }
  }

  of(node: MergeNode): readonly PlanItem[] {
    return this.#byNode.get(node) ?? [];
  }

  ofRow(row: RowId): readonly PlanItem[] {
    return this.#byRow.get(row) ?? [];
  }

  occupant(side: Side, { parent, name }: Place): MergeNode | undefined {
    return this.#occupants[side].get(actual(parent))?.get(this.#asSeenBy(side, name));
  }

  /** Where this disk ignores case, whoever stands in the way may be spelled otherwise. */
  #asSeenBy(side: Side, name: NameKey): string {
    return side === 'local' ? this.rules.fold(name) : name;
  }

  #occupy(node: MergeNode, side: Side): void {
    const place = placeOn(node, side);
    if (place === undefined) return;
    const folder = actual(place.parent);
    const names = this.#occupants[side].get(folder) ?? new Map<string, MergeNode>();
    names.set(this.#asSeenBy(side, place.name), node);
    this.#occupants[side].set(folder, names);
  }
}

function append<Key>(map: Map<Key, PlanItem[]>, key: Key, item: PlanItem): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

function waitForPlace(item: PlanItem, side: Side, index: ItemIndex): void {
  const { goal } = item.node;
  const occupant = goal && index.occupant(side, goal);
  if (occupant === undefined || occupant === item.node) return;
  const leaving = leavingItem(occupant, side, index);
  if (leaving !== undefined) item.needs.add(leaving);
}

/** What frees the place of a node: its own move or removal, or that of the folder it goes with. */
function leavingItem(node: MergeNode, side: Side, index: ItemIndex): PlanItem | undefined {
  const actions: readonly string[] =
    side === 'local' ? ['moveLocal', 'removeLocal', 'evict'] : ['moveRemote', 'removeRemote'];
  const own = index.of(node).find((item) => actions.includes(item.action));
  const place = placeOn(node, side);
  if (own !== undefined || place === undefined || node.stays) return own;
  return leavingItem(actual(place.parent), side, index);
}

function holdRemovals(item: PlanItem, index: ItemIndex): void {
  const { synced } = index.rules;
  for (const side of ['local', 'remote'] as const) {
    let above = placeOn(item.node, side)?.parent;
    while (above !== undefined) {
      addToRemovals(index.of(actual(above)), item);
      above = placeOn(actual(above), side)?.parent;
    }
  }
  const isOnBoth = item.node.localAt !== undefined && item.node.remoteAt !== undefined;
  for (const row of rowsAbove(item.node.row, synced)) {
    const candidates = index.ofRow(row.row);
    if (isOnBoth) addToRemovals(candidates, item);
    for (const candidate of candidates) if (candidate.action === 'turnAway') candidate.needs.add(item);
  }
}

function holdMovesAbove(item: PlanItem, index: ItemIndex): void {
  for (const above of rowsAbove(item.node.row, index.rules.synced)) {
    for (const candidate of index.ofRow(above.row)) if (!isRemoval(candidate)) candidate.needs.add(item);
  }
}

function holdEvictionAbove(item: PlanItem, index: ItemIndex): void {
  const parent = item.node.localAt?.parent;
  for (const candidate of parent === undefined ? [] : index.of(actual(parent))) {
    if (candidate.action === 'evict') candidate.needs.add(item);
  }
}

function* rowsAbove(start: SyncedNode | undefined, synced: SyncedTree): Generator<SyncedNode> {
  let row = start;
  while (row !== undefined && row.parent !== row.row) {
    row = synced.get(row.parent);
    if (row !== undefined) yield row;
  }
}

function addToRemovals(candidates: readonly PlanItem[], item: PlanItem): void {
  for (const candidate of candidates) if (isRemoval(candidate)) candidate.needs.add(item);
}

function takesPlaceOn(item: PlanItem): readonly Side[] {
  switch (item.action) {
    case 'createLocal':
    case 'moveLocal':
    case 'download':
      return ['local'];
    case 'createRemote':
    case 'moveRemote':
    case 'upload':
      return ['remote'];
    case 'resolve':
    case 'adopt':
    case 'removeLocal':
    case 'removeRemote':
    case 'evict':
    case 'turnAway':
    case 'forget':
      return [];
    default:
      return assertNever(item);
  }
}
