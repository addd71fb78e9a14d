import { isRemoval } from '../reconcile/order.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';

/** How an item ended, or `blocked` when one that it needs did not succeed. */
export type ItemResult = 'done' | 'postponed' | 'failed' | 'blocked';

/**
 * Runs a plan's items: first what moves things about, one after the other; then what creates and carries,
 * several at a time; removals last. An item starts when all that it needs is done.
 *
 * @param run ends an item; what it throws stops everything once the items under way have ended
 */
export async function runItems(
  items: readonly PlanItem[],
  parallel: number,
  run: (item: PlanItem) => Promise<Exclude<ItemResult, 'blocked'>>,
): Promise<ReadonlyMap<PlanItem, ItemResult>> {
  const board = new Board(items);
  const ranks = rankItems(items);
  for (const rank of [0, 1, 2] as const) {
    await board.runRank(ranks.get(rank) ?? [], rank === 0 ? 1 : parallel, run);
  }
  return board.results;
}

type Rank = 0 | 1 | 2;

function rankItems(items: readonly PlanItem[]): Map<Rank, PlanItem[]> {
  const rankOf = new Map<PlanItem, Rank>();
  const lower = (item: PlanItem, rank: Rank): void => {
    const present = rankOf.get(item);
    if (present !== undefined && present <= rank) return;
    rankOf.set(item, rank);
    for (const needed of item.needs) lower(needed, rank);
  };
  for (const item of items) {
    const isMove = item.action === 'moveLocal' || item.action === 'moveRemote';
    if (isMove) lower(item, 0);
    else if (!isRemoval(item)) lower(item, 1);
    else if (!rankOf.has(item)) rankOf.set(item, 2);
  }
  const ranks = new Map<Rank, PlanItem[]>();
  for (const item of items) {
    const rank = rankOf.get(item) ?? 2;
    const members = ranks.get(rank);
    if (members === undefined) ranks.set(rank, [item]);
    else members.push(item);
  }
  return ranks;
}

/** Who is ready, who waits, how each ended. */
class Board {
  readonly results = new Map<PlanItem, ItemResult>();
  readonly #dependents = new Map<PlanItem, PlanItem[]>();
  readonly #missing = new Map<PlanItem, number>();

  constructor(items: readonly PlanItem[]) {
    for (const item of items) {
      this.#missing.set(item, item.needs.size);
      for (const needed of item.needs) {
        const dependents = this.#dependents.get(needed);
        if (dependents === undefined) this.#dependents.set(needed, [item]);
        else dependents.push(item);
      }
    }
  }

  async runRank(
    members: readonly PlanItem[],
    parallel: number,
    run: (item: PlanItem) => Promise<Exclude<ItemResult, 'blocked'>>,
  ): Promise<void> {
    const inRank = new Set(members);
    const ready = members.filter((item) => this.#missing.get(item) === 0 && !this.results.has(item));
    let stopped: { readonly reason: unknown } | undefined;
    let cursor = 0;
    let wake: (() => void)[] = [];
    let running = 0;
    const worker = async (): Promise<void> => {
      while (stopped === undefined) {
        const item = ready[cursor];
        if (item === undefined) {
          if (running === 0) break;
          await new Promise<void>((resume) => wake.push(resume));
          continue;
        }
        cursor += 1;
        running += 1;
        try {
          for (const next of this.#end(item, await run(item))) if (inRank.has(next)) ready.push(next);
        } catch (error) {
          stopped ??= { reason: error };
        } finally {
          running -= 1;
          const sleepers = wake;
          wake = [];
          for (const resume of sleepers) resume();
        }
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, parallel) }, worker));
    if (stopped !== undefined) throw stopped.reason;
    for (const item of members) if (!this.results.has(item)) this.results.set(item, 'blocked');
  }

  /** Writes a result down; gives the items that are ready now. */
  #end(item: PlanItem, result: ItemResult): PlanItem[] {
    this.results.set(item, result);
    const dependents = this.#dependents.get(item) ?? [];
    if (result !== 'done') {
      for (const dependent of dependents) if (!this.results.has(dependent)) this.#end(dependent, 'blocked');
      return [];
    }
    return dependents.filter((dependent) => {
      const missing = (this.#missing.get(dependent) ?? 0) - 1;
      this.#missing.set(dependent, missing);
      return missing === 0 && !this.results.has(dependent);
    });
  }
}
