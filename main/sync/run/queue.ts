import type { Waiting } from '../api.ts';
import { goalPath } from '../reconcile/merge-node.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';

/** Files that are named; of the others only the number and the bytes are told. */
const mostNamed = 20;

type Transfer = Extract<PlanItem, { readonly action: 'upload' | 'download' }>;

/** The files of a plan that are to be carried and have not begun, in their order. */
export class Queue {
  readonly #waiting = new Set<Transfer>();

  /** A new plan: what an earlier one left is decided anew in it. */
  begin(items: readonly PlanItem[]): void {
    this.#waiting.clear();
    for (const item of items) this.joins(item);
  }

  /** An item waits (again). */
  joins(item: PlanItem): void {
    if (isTransfer(item)) this.#waiting.add(item);
  }

  /** An item has begun, or is not even tried now. */
  left(item: PlanItem): void {
    if (isTransfer(item)) this.#waiting.delete(item);
  }

  /** How much waits, and what comes next. */
  list(): Waiting {
    let bytes = 0;
    const next: Transfer[] = [];
    for (const item of this.#waiting) {
      bytes += bytesOf(item);
      if (next.length < mostNamed) next.push(item);
    }
    const files = next.map((item) => ({
      path: goalPath(item.node),
      action: item.action,
      bytes: bytesOf(item),
    }));
    return { count: this.#waiting.size, bytes, files };
  }
}

/** Bytes that an item carries. */
export function bytesOf(item: PlanItem): number {
  if (item.action === 'upload') return item.local.size;
  return item.action === 'download' || item.action === 'resolve' ? item.remote.size : 0;
}

function isTransfer(item: PlanItem): item is Transfer {
  return item.action === 'upload' || item.action === 'download';
}
