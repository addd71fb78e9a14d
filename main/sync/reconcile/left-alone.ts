import { actual, isPlace, type MergeNode, placeOn, type Side, seenLocal, seenRemote } from './merge-node.ts';

/** Tells which nodes come to names that are left alone, or stand in folders that do. To be asked once all goals are set. */
export class LeftAlone {
  readonly #known = new Map<MergeNode, boolean>();

  has(node: MergeNode): boolean {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // Goals may still form a ring: nothing in it is left alone.
    this.#known.set(node, false);
    const place = node.goal ?? node.localAt ?? node.remoteAt;
    const isIt = isStray(node) || (place !== undefined && this.has(actual(place.parent)));
    this.#known.set(node, isIt);
    return isIt;
  }
}

/** Whether the place that it shall have is one under such a name. */
function isStray(node: MergeNode): boolean {
  const isThere = (side: Side): boolean => node.goal === undefined || isPlace(node.goal, placeOn(node, side));
  return (
    (seenLocal(node)?.isStray === true && isThere('local')) ||
    (seenRemote(node)?.isStray === true && isThere('remote'))
  );
}

/** Whether it, or a folder above it, has such a name on this disk. */
export function isStrayHere(node: MergeNode): boolean {
  for (let at: MergeNode | undefined = node; at !== undefined; ) {
    if (seenLocal(at)?.isStray === true) return true;
    at = at.localAt === undefined ? undefined : actual(at.localAt.parent);
  }
  return false;
}
