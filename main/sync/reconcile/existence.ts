import type { MergeNodes } from './build.ts';
import { actual, type MergeNode } from './merge-node.ts';

/**
 * Settles which nodes exist in the end. A folder whose removal was wished stays when something in it stays,
 * and is left alone when something in it can't be judged now.
 */
export function settleExistence(merge: MergeNodes): void {
  breakCycles(merge);
  for (const node of merge.nodes) {
    if (node.goal !== undefined && isWanted(node)) markStaying(node);
    if (node.isLeaving) keepAboveThere(node);
  }
  holdForWaiting(merge);
}

/** Leaves alone each folder that was to go and that holds what can't be judged, or is left alone. Gives whether there was one. */
export function holdForWaiting(merge: MergeNodes): boolean {
  let isAnyHeld = false;
  for (const node of merge.nodes) {
    if ((node.fate === 'wait' && !isMereLink(node)) || keepsSomething(node))
      isAnyHeld = holdAbove(node) || isAnyHeld;
  }
  return isAnyHeld;
}

/** The folder that it belongs to: where it shall stand, else where it is. */
export function parentOf(node: MergeNode): MergeNode | undefined {
  const place = node.goal ?? node.localAt ?? node.remoteAt;
  return place === undefined ? undefined : actual(place.parent);
}

function isWanted({ fate }: MergeNode): boolean {
  return (
    fate !== 'removeLocal' &&
    fate !== 'removeRemote' &&
    fate !== 'evict' &&
    fate !== 'leaveThere' &&
    fate !== 'forget'
  );
}

function markStaying(node: MergeNode): void {
  for (
    let above: MergeNode | undefined = node;
    above !== undefined && !above.stays && above.goal !== undefined;
    above = parentOf(above)
  ) {
    above.stays = true;
  }
}

/** What leaves this computer is the server's alone: a folder that was removed here stays when it was moved into that there. */
function keepAboveThere({ remoteAt }: MergeNode): void {
  for (let place = remoteAt; place !== undefined; place = actual(place.parent).remoteAt) {
    const above = actual(place.parent);
    if (above.fate === 'removeRemote') markStaying(above);
  }
}

/** A link or a device that never was in sync: it goes to the trash with its folder. */
function isMereLink(node: MergeNode): boolean {
  return node.row === undefined && node.held === 'special';
}

/** Whether it holds what has no node, or may hold it: a folder that could not be looked at is not empty. */
function keepsSomething({ local, remote }: MergeNode): boolean {
  return [local, remote].some(
    (presence) => presence.kind === 'seen' && (presence.node.keeps || presence.node.listing === 'failed'),
  );
}

/** Nothing that holds this node may be removed, or forgotten, from under it. Gives whether anything was to be. */
function holdAbove(node: MergeNode): boolean {
  let isAnyHeld = hold(node);
  for (const place of [node.localAt, node.remoteAt]) {
    for (let above = place?.parent; above !== undefined; above = (above.localAt ?? above.remoteAt)?.parent) {
      isAnyHeld = hold(actual(above)) || isAnyHeld;
    }
  }
  return isAnyHeld;
}

function hold(node: MergeNode): boolean {
  const isToGo =
    node.fate === 'removeLocal' ||
    node.fate === 'removeRemote' ||
    node.fate === 'evict' ||
    node.fate === 'forget';
  if (node.stays || node.kind !== 'folder' || !isToGo) return false;
  node.fate = 'wait';
  node.goal = undefined;
  return true;
}

/**
 * The server put A into B while this computer put B into A: taken together they would hang in the air. The
 * server's places win; among themselves they can't form a ring.
 */
function breakCycles(merge: MergeNodes): void {
  const safe = new Set<MergeNode>([merge.root]);
  for (const start of merge.nodes) {
    const trail = new Set<MergeNode>();
    let node: MergeNode | undefined = start;
    while (node !== undefined && !safe.has(node)) {
      if (trail.has(node)) {
        for (const member of trail) member.goal = member.remoteAt ?? member.goal;
        trail.clear();
      }
      trail.add(node);
      node = parentOf(node);
    }
    for (const visited of trail) safe.add(visited);
  }
}
