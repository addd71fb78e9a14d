import type { ItemAction, Progress, SyncEvent } from '../api.ts';
import type { SyncPath } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import { Queue } from './queue.ts';

/** Least time between two events of progress: people read no faster, and listeners must not drown. */
const pause = 200;
/** The speed is that of the last seconds. */
const speedWindow = 5000;

/** An item under way. */
interface Running {
  readonly action: ItemAction;
  readonly bytesTotal: number;
  /** Old path of a move, as an event has it. */
  readonly place: { readonly from?: string };
  bytesDone: number;
  toldAt: number;
}

/** Takes an event that lacks only whose and when. */
export type Tell = (event: DistributiveOmit<SyncEvent, 'pair' | 'at'>) => void;
/** Leaves keys out of each member of a union. */
type DistributiveOmit<Type, Keys extends PropertyKey> = Type extends unknown ? Omit<Type, Keys> : never;

/** Adds up what a run does and tells it, not too often. */
export class Meter {
  readonly #clock: Clock;
  readonly #tell: Tell;
  /** What waits for its turn. */
  readonly queue = new Queue();
  readonly #running = new Map<SyncPath, Running>();
  #samples: { readonly at: number; readonly bytes: number }[] = [];
  #filesDone = 0;
  #filesTotal = 0;
  #bytesDone = 0;
  #bytesTotal = 0;
  #moved = 0;
  #toldAt = 0;

  constructor(clock: Clock, tell: Tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Bytes really carried. */
  get bytesMoved(): number {
    return this.#moved;
  }

  /** Paths that are under way, for listings. */
  get running(): ReadonlyMap<SyncPath, { readonly action: ItemAction }> {
    return this.#running;
  }

  /** Announces work of so many files and bytes. */
  expect(files: number, bytes: number): void {
    this.#filesTotal += files;
    this.#bytesTotal += bytes;
  }

  /** Takes note that an item is not even tried now. */
  dropped(bytes: number): void {
    this.#filesDone += 1;
    this.#bytesDone += bytes;
  }

  started(path: SyncPath, action: ItemAction, bytesTotal: number, from?: string): void {
    const place = from === undefined ? {} : { from };
    this.#running.set(path, { action, bytesTotal, place, bytesDone: 0, toldAt: this.#clock.now() });
    this.#tell({ type: 'item', phase: 'started', action, path, bytesDone: 0, bytesTotal, ...place });
  }

  moved(path: SyncPath, bytes: number): void {
    this.#moved += bytes;
    this.#samples.push({ at: this.#clock.now(), bytes });
    this.#advance(path, bytes);
  }

  skipped(path: SyncPath, bytes: number): void {
    this.#advance(path, bytes);
  }

  /** Ends an item; what it had not carried no longer counts as work. */
  ended(path: SyncPath, isDone: boolean): void {
    const running = this.#running.get(path);
    if (running === undefined) return;
    this.#running.delete(path);
    const { action, bytesTotal, bytesDone, place } = running;
    this.#filesDone += 1;
    this.#bytesDone += Math.max(0, bytesTotal - bytesDone);
    if (isDone)
      this.#tell({ type: 'item', phase: 'done', action, path, bytesDone: bytesTotal, bytesTotal, ...place });
    this.#tellProgress(this.#filesDone === this.#filesTotal);
  }

  /** Takes an item back that is to be begun anew. */
  withdrawn(path: SyncPath): void {
    const running = this.#running.get(path);
    this.#running.delete(path);
    this.#bytesDone -= running?.bytesDone ?? 0;
  }

  progress(): Progress {
    const speed = this.#speed();
    const left = this.#bytesTotal - this.#bytesDone;
    return {
      filesDone: this.#filesDone,
      filesTotal: this.#filesTotal,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
      speed,
      ...(speed > 0 ? { secondsLeft: Math.max(0, Math.round(left / speed)) } : {}),
    };
  }

  #advance(path: SyncPath, bytes: number): void {
    const running = this.#running.get(path);
    if (running === undefined) return;
    const counted = Math.min(bytes, Math.max(0, running.bytesTotal - running.bytesDone));
    running.bytesDone += counted;
    this.#bytesDone += counted;
    const now = this.#clock.now();
    if (now - running.toldAt >= pause) {
      running.toldAt = now;
      const { action, bytesDone, bytesTotal } = running;
      this.#tell({ type: 'item', phase: 'progress', action, path, bytesDone, bytesTotal });
    }
    this.#tellProgress(false);
  }

  #tellProgress(isLast: boolean): void {
    const now = this.#clock.now();
    if (!isLast && now - this.#toldAt < pause) return;
    this.#toldAt = now;
    this.#tell({ type: 'progress', progress: this.progress() });
  }

  #speed(): number {
    const now = this.#clock.now();
    this.#samples = this.#samples.filter((sample) => now - sample.at < speedWindow);
    const first = this.#samples[0];
    if (first === undefined) return 0;
    const bytes = this.#samples.reduce((sum, sample) => sum + sample.bytes, 0);
    return Math.round(bytes / Math.max(0.2, (now - first.at) / 1000));
  }
}
