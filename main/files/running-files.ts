import type { RunningFile } from '../../preload/contract/file-activity.ts';
import type { ItemAction, SyncEvent } from '../sync/api.ts';

/** The page shows no more of them. */
const MOST = 50;
/** The speed of a file is that of its last seconds. */
const WINDOW_MS = 5000;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

interface Running {
  readonly pair: string;
  readonly path: string;
  readonly direction: RunningFile['direction'];
  readonly bytesTotal: number;
  /** How far it was in the last seconds; the last is how far it is. */
  readonly samples: readonly Sample[];
}

const DIRECTIONS: Readonly<Partial<Record<ItemAction, RunningFile['direction']>>> = {
  upload: 'up',
  download: 'down',
  resolve: 'down',
};

/** The files that the engine carries at this moment, from its events. */
export class RunningFiles {
  readonly #running = new Map<string, Running>();

  /** Takes an event in; answers whether what runs changed by it. */
  take(event: SyncEvent): boolean {
    if (event.type === 'item') return this.#takeItem(event);
    if (event.type === 'problem') return this.#running.delete(keyOf(event.pair, event.problem.path));
    // Whatever a run had begun ends with it, also when it was stopped in the middle.
    return event.type === 'state' && event.state.kind !== 'syncing' && this.#forgetPair(event.pair);
  }

  /** The engine's process ended, and all that it carried. */
  forgetAll(): void {
    this.#running.clear();
  }

  /** What runs, in the order it began; of pairs that belong to no salon any more nothing. */
  list(salonOf: (pairId: string) => string | undefined): RunningFile[] {
    return [...this.#running.values()]
      .flatMap((running) => {
        const salonId = salonOf(running.pair);
        return salonId === undefined ? [] : [describe(running, salonId)];
      })
      .slice(0, MOST);
  }

  #takeItem(event: Extract<SyncEvent, { type: 'item' }>): boolean {
    const direction = DIRECTIONS[event.action];
    if (direction === undefined) return false;
    const { pair, path, bytesTotal, at } = event;
    const key = keyOf(pair, path);
    if (event.phase === 'done') return this.#running.delete(key);
    const sample = { at, bytes: event.bytesDone };
    const samples = [...(this.#running.get(key)?.samples ?? []), sample].filter(
      (each) => at - each.at <= WINDOW_MS,
    );
    this.#running.set(key, { pair, path, direction, bytesTotal, samples });
    return true;
  }

  #forgetPair(pair: string): boolean {
    const those = [...this.#running].filter(([, running]) => running.pair === pair);
    for (const [key] of those) this.#running.delete(key);
    return those.length > 0;
  }
}

function describe({ path, direction, bytesTotal, samples }: Running, salonId: string): RunningFile {
  const [first, last] = [samples[0], samples.at(-1)];
  const bytesDone = Math.min(last?.bytes ?? 0, bytesTotal);
  const seconds = first && last ? (last.at - first.at) / 1000 : 0;
  const bytesPerSecond = first && last && seconds > 0 ? Math.max(0, (last.bytes - first.bytes) / seconds) : 0;
  return {
    salonId,
    path,
    direction,
    bytesDone,
    bytesTotal,
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 ? (bytesTotal - bytesDone) / bytesPerSecond : null,
  };
}

function keyOf(pair: string, path: string): string {
  return `${pair} ${path}`;
}
