import { isRemoval } from '../reconcile/order.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';

/** How an item ended, or `blocked` when one that it needs did not succeed. */
export type ItemResult = 'done' | 'postponed' | 'failed' | 'blocked';

/** Downloads and the like that one request may carry together. */
export interface Batch {
  readonly items: readonly PlanItem[];
  /**
   * Begins when nothing that its items need is under way any more.
   *
   * @param ready those of them that can be done now; all that do not depend on something that failed
   * @returns those that are done; the others are run one by one
   */
  readonly run: (ready: readonly PlanItem[]) => Promise<ReadonlySet<PlanItem>>;
}

/** Told how it goes with each item of a batch. */
export interface BatchListener {
  started(item: PlanItem): void;
  /** It is done, or is to be run by itself. */
  ended(item: PlanItem, isDone: boolean): void;
}

type Run = (item: PlanItem) => Promise<Exclude<ItemResult, 'blocked'>>;

/**
 * Runs a plan's items: first what moves things about, one after the other; then what creates and carries,
 * several at a time; removals last. An item starts when all that it needs is done.
 *
 * @param batches of items that create or carry; no item is in two
 * @param run ends an item; what it throws stops everything once the items under way have ended
 */
export async function runItems(
  items: readonly PlanItem[],
  batches: readonly Batch[],
  parallel: number,
  run: Run,
): Promise<ReadonlyMap<PlanItem, ItemResult>> {
  const board = new Board(items);
  const ranks = rankItems(items);
  for (const rank of [0, 1, 2] as const) {
    const members = ranks.get(rank) ?? [];
    await board.runRank(members, rank === 1 ? batches : [], rank === 0 ? 1 : parallel, run);
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

/** A batch, and its items: who is waited for, who could begin. */
interface Gathering {
  readonly batch: Batch;
  readonly awaited: Set<PlanItem>;
  readonly ready: PlanItem[];
}

type Unit = PlanItem | Gathering;

/** Who is ready, who waits, how each ended. */
class Board {
  readonly results = new Map<PlanItem, ItemResult>();
  readonly #dependents = new Map<PlanItem, PlanItem[]>();
  readonly #missing = new Map<PlanItem, number>();
  #members: ReadonlySet<PlanItem> = new Set();
  #queue: Unit[] = [];
  #gatherings = new Map<PlanItem, Gathering>();

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
    batches: readonly Batch[],
    parallel: number,
    run: Run,
  ): Promise<void> {
    this.#members = new Set(members);
    this.#queue = [];
    this.#gather(batches);
    for (const item of members)
      if (this.#missing.get(item) === 0 && !this.results.has(item)) this.#makeReady(item);
    await this.#work(parallel, run);
    for (const item of members) if (!this.results.has(item)) this.results.set(item, 'blocked');
  }

  #gather(batches: readonly Batch[]): void {
    this.#gatherings = new Map();
    for (const batch of batches) {
      const awaited = new Set(
        batch.items.filter((item) => this.#members.has(item) && !this.results.has(item)),
      );
      const gathering = { batch, awaited, ready: [] };
      for (const item of awaited) this.#gatherings.set(item, gathering);
    }
  }

  async #work(parallel: number, run: Run): Promise<void> {
    const queue = this.#queue;
    let stopped: { readonly reason: unknown } | undefined;
    let cursor = 0;
    let wake: (() => void)[] = [];
    let running = 0;
    const worker = async (): Promise<void> => {
      while (stopped === undefined) {
        const unit = queue[cursor];
        if (unit === undefined) {
          if (running === 0 && this.#releaseBatch()) continue;
          if (running === 0) break;
          await new Promise<void>((resume) => wake.push(resume));
          continue;
        }
        cursor += 1;
        running += 1;
        try {
          await this.#runUnit(unit, run);
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
  }

  async #runUnit(unit: Unit, run: Run): Promise<void> {
    if (!('batch' in unit)) {
      this.#end(unit, await run(unit));
      return;
    }
    const carried = await unit.batch.run(unit.ready);
    for (const item of unit.ready) {
      if (carried.has(item)) this.#end(item, 'done');
      else this.#queue.push(item);
    }
  }

  /** All that it needs is done: it may begin, or its batch with it when no other of it is waited for. */
  #makeReady(item: PlanItem): void {
    if (!this.#members.has(item)) return;
    const gathering = this.#gatherings.get(item);
    if (gathering === undefined) this.#queue.push(item);
    else {
      gathering.ready.push(item);
      this.#noLongerAwaited(item, gathering);
    }
  }

  #noLongerAwaited(item: PlanItem, gathering: Gathering): void {
    gathering.awaited.delete(item);
    if (gathering.awaited.size === 0 && gathering.ready.length > 0) this.#queue.push(gathering);
  }

  /**
   * Lets a batch go with those of its items that are ready, when nothing is under way that the others could wait for:
   * they need what only comes after these, and are run one by one. False when no batch has any.
   */
  #releaseBatch(): boolean {
    for (const gathering of this.#gatherings.values()) {
      const { awaited, ready } = gathering;
      if (awaited.size === 0 || ready.length === 0) continue;
      for (const item of awaited) this.#gatherings.delete(item);
      awaited.clear();
      this.#queue.push(gathering);
      return true;
    }
    return false;
  }

  /** Writes a result down, and lets those begin that waited for it alone. */
  #end(item: PlanItem, result: ItemResult): void {
    this.results.set(item, result);
    for (const dependent of this.#dependents.get(item) ?? []) {
      if (this.results.has(dependent)) continue;
      if (result !== 'done') this.#block(dependent);
      else if (this.#countDown(dependent) === 0) this.#makeReady(dependent);
    }
  }

  #block(item: PlanItem): void {
    const gathering = this.#gatherings.get(item);
    this.#end(item, 'blocked');
    if (gathering?.awaited.has(item) === true) this.#noLongerAwaited(item, gathering);
  }

  #countDown(item: PlanItem): number {
    const missing = (this.#missing.get(item) ?? 0) - 1;
    this.#missing.set(item, missing);
    return missing;
  }
}
