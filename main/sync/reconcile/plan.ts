import { isAway, type SyncedNode } from '../model/entries.ts';
import { buildNodes, type MergeNodes, type Trees } from './build.ts';
import { type NameRules, settleNames } from './clashes.ts';
import { decide } from './decide.ts';
import { itemsFor } from './emit.ts';
import { holdForWaiting, parentOf, settleExistence } from './existence.ts';
import { actual, type MergeNode, type Place } from './merge-node.ts';
import { findRing, isRemoval, orderItems } from './order.ts';
import type { Plan, PlanItem } from './plan-item.ts';

/** A plan, and the rows that stand in each other's way as they move: better seen as removed and made anew. */
export interface Planned {
  readonly plan: Plan;
  readonly merge: MergeNodes;
  readonly entangled: readonly SyncedNode[];
}

/** Decides what to do about three trees. Pure: the same trees and rules give the same plan. */
export function makePlan(trees: Trees, rules: NameRules): Planned {
  const merge = buildNodes(trees);
  decide(merge);
  settleExistence(merge);
  const { items, ordered } = settlePlaces(merge, rules);
  items.push(...removals(ordered), ...oblivions(merge));
  orderItems(items, ordered, rules);
  const entangled = findRing(items).flatMap((item) =>
    isRemoval(item) || item.node.row === undefined ? [] : [item.node.row],
  );
  // Also those in no folder that stays: what was seen of them must be seen again.
  const waiting = [...merge.nodes].filter(({ fate }) => fate === 'wait');
  return { plan: { items, waiting }, merge, entangled };
}

/**
 * Items for everything that stays, parents first. What is left alone because its folder is keeps the names that it has,
 * and the folders that it is in: names are settled anew then.
 */
function settlePlaces(merge: MergeNodes, rules: NameRules): { items: PlanItem[]; ordered: MergeNode[] } {
  for (;;) {
    const ordered = settleNames(merge, rules);
    const items = placeAll(ordered);
    const isAnyHeld = holdForWaiting(merge);
    if (items !== 'blocked' && !isAnyHeld) return { items, ordered };
  }
}

/** Items for everything that stays, or `blocked`: then at least one more is left alone than before. */
function placeAll(ordered: readonly MergeNode[]): PlanItem[] | 'blocked' {
  const items: PlanItem[] = [];
  let isAnyBlocked = false;
  for (const node of ordered) {
    const own = node.stays || hasMovedAway(node) ? itemsFor(node) : [];
    if (own !== 'blocked') {
      items.push(...own);
      continue;
    }
    isAnyBlocked = true;
    if (parentOf(node)?.held === 'caseClash') node.held = 'caseClash';
    // It was to stay: it must not be taken for one whose removal nothing holds back.
    node.fate = 'wait';
    node.goal = undefined;
    node.stays = false;
  }
  return isAnyBlocked ? 'blocked' : items;
}

/** Whether it was not here before, and the server moved it into a folder that leaves: the journal takes note of it there. */
function hasMovedAway({ fate, row }: MergeNode): boolean {
  return fate === 'leaveThere' && isAway(row);
}

/** Items for what goes: one for the topmost of each tree that goes as a whole; one for each thing that only leaves. */
function removals(ordered: readonly MergeNode[]): PlanItem[] {
  return ordered.flatMap((node): PlanItem[] => {
    const { fate, stays } = node;
    if (fate === 'evict' && !stays) return [{ action: 'evict', node, needs: new Set() }];
    if (stays || (fate !== 'removeLocal' && fate !== 'removeRemote')) return [];
    const place = fate === 'removeLocal' ? node.localAt : node.remoteAt;
    return isGoing(place, fate) ? [] : [{ action: fate, node, needs: new Set() }];
  });
}

/** Items for what is gone on both sides, or left; not for a folder that comes back for something in it. */
function oblivions(merge: MergeNodes): PlanItem[] {
  return [...merge.nodes].flatMap((node): PlanItem[] =>
    node.fate === 'forget' && !node.stays && node.row !== undefined
      ? [{ action: 'forget', node, needs: new Set() }]
      : [],
  );
}

function isGoing(place: Place | undefined, fate: MergeNode['fate']): boolean {
  const parent = place === undefined ? undefined : actual(place.parent);
  return parent !== undefined && !parent.stays && parent.fate === fate;
}
