import { isAway, isLeaving } from '../model/entries.ts';
import type { MergeNodes } from './build.ts';
import { actual, isPlace, type MergeNode, seenRemote } from './merge-node.ts';

/** Whether it is a folder that is not wanted here and of which nothing is here, known already or only seen now. */
export function isUnwanted(node: MergeNode): boolean {
  if (node.row !== undefined) return isAway(node.row);
  return node.kind === 'folder' && seenRemote(node)?.listing === 'unwanted';
}

/** Tells which nodes leave this computer with a folder that is not wanted here any more. To be asked once all goals are set. */
export class Leaving {
  readonly #merge: MergeNodes;
  readonly #known = new Map<MergeNode, boolean>();

  constructor(merge: MergeNodes) {
    this.#merge = merge;
  }

  /**
   * One that is moved here, into such a folder or out of it, is moved first, as is a folder that is moved there: what is
   * in it was not looked at as what leaves. What is missing here is judged by where it
   * last was: it may have left before a crash, wherever the server has it now.
   */
  has(node: MergeNode): boolean {
    const { row, local, localAt } = node;
    const wasIn = this.#isRowLeaving(node);
    if (wasIn && local.kind === 'absent') return true;
    if (row?.kind === 'folder' && !wasIn && localAt !== undefined) return false;
    const before = row === undefined ? undefined : this.#merge.placeOfRow(row);
    const isMovedHere = localAt !== undefined && before !== undefined && !isPlace(localAt, before);
    return !isMovedHere && this.#shallBeIn(node);
  }

  #isRowLeaving({ row }: MergeNode): boolean {
    return row !== undefined && (isLeaving(row) || this.#merge.synced.isLeavingAbove(row));
  }

  /** Whether it is, or shall stand in, a folder that leaves. */
  #shallBeIn(node: MergeNode): boolean {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // Goals may still form a ring: nothing in it leaves.
    this.#known.set(node, false);
    const place = node.goal ?? node.localAt ?? node.remoteAt;
    const leaves = isLeaving(node.row) || (place !== undefined && this.#shallBeIn(actual(place.parent)));
    this.#known.set(node, leaves);
    return leaves;
  }
}
