import { join } from 'node:path';
import type { SyncEvent } from '../sync/api.ts';
import { type Count, countBelow } from './count.ts';
import type { Engine } from './engine.ts';

/** While files come and go, a folder is not counted again within this time of the last count. */
const REST_MS = 3000;
/** What changes while the engine does not look (paused, offline) is seen after this time. */
const KEEP_MS = 60_000;

interface Kept {
  readonly count: Promise<Count>;
  /** When it was made; nothing is older than one that is being made. */
  at: number;
  isOld: boolean;
}

/**
 * How many files lie below folders of the pairs, and what they weigh. A folder is walked once and told from memory until
 * something below it changes: during a sync, what is shown is listed again and again.
 */
export class FolderCounts {
  /** By pair, then by path. */
  readonly #kept = new Map<string, Map<string, Kept>>();
  readonly #now: () => number;
  readonly #count: (folder: string) => Promise<Count>;

  constructor(engine: Pick<Engine, 'onEvent'>, now: () => number = Date.now, count = countBelow) {
    this.#now = now;
    this.#count = count;
    engine.onEvent((event) => this.#take(event));
  }

  /** What lies below a folder of a pair, at its path with `/`; at most some seconds old while the pair is synced. */
  below({ pairId, localDir }: { pairId: string; localDir: string }, path: string): Promise<Count> {
    const counts = this.#kept.get(pairId) ?? new Map<string, Kept>();
    this.#kept.set(pairId, counts);
    const known = counts.get(path);
    if (known && this.#now() - known.at < (known.isOld ? REST_MS : KEEP_MS)) return known.count;
    const kept: Kept = { count: this.#count(join(localDir, path)), at: Infinity, isOld: false };
    counts.set(path, kept);
    void this.#settle(kept, () => counts.delete(path));
    return kept.count;
  }

  async #settle(kept: Kept, forget: () => void): Promise<void> {
    try {
      await kept.count;
      kept.at = this.#now();
    } catch {
      // Whoever asked is told why it failed; the next one has it counted again.
      forget();
    }
  }

  #take(event: SyncEvent): void {
    const counts = this.#kept.get(event.pair);
    if (!counts) return;
    // At the end of a run the figures must be right, and at its beginning a person changed something.
    if (event.type === 'state' || event.type === 'unwanted') this.#kept.delete(event.pair);
    if (event.type !== 'item' || event.phase !== 'done') return;
    for (const path of [event.path, event.from ?? event.path]) {
      for (const folder of upwards(path)) {
        const kept = counts.get(folder);
        if (kept) kept.isOld = true;
      }
    }
  }
}

/** A path and the folders above it, without the root. */
function* upwards(path: string): Generator<string> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}
