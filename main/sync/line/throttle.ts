import type { SpeedLimit } from '../api.ts';
import { assertNever } from '../model/assert-never.ts';
import { isAbort, throwIfAborted } from '../model/failures.ts';
import type { Clock } from '../ports/clock.ts';
import type { Flow } from '../ports/line.ts';
import { type Bucket, fresh, pieceOf, refill, waitFor } from './bucket.ts';
import { current, type Estimate, passed, shareOf, unmeasured } from './estimate.ts';

interface Waiting {
  readonly most: number;
  readonly grant: (bytes: number) => void;
}

/** Those of one pair that wait, in the order in which they came. */
type Queue = Waiting[];

/**
 * One direction of this computer's line. What all pairs carry together stays within a limit; pairs take turns, and
 * so do the transfers of each.
 */
export class Throttle {
  readonly #clock: Clock;
  #limit: SpeedLimit = { kind: 'none' };
  #estimate: Estimate = unmeasured;
  #bucket: Bucket = { tokens: 0, at: 0 };
  /** The rate that the bucket was last filled at. */
  #rate: number | undefined;
  /** Pairs in the order of their turns; each is in it as long as one of its transfers waits. */
  readonly #turns = new Map<object, Queue>();
  #alarm: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Holds from this moment on, for transfers under way too. */
  setLimit(limit: SpeedLimit): void {
    this.#limit = limit;
    this.#estimate = unmeasured;
    this.#serve();
  }

  /** What was measured of the line holds no longer. */
  measureAgain(): void {
    this.#estimate = unmeasured;
    this.#serve();
  }

  /** A pair's part in it. */
  open(): Flow {
    const pair = {};
    return { grant: (most, signal) => this.#grant(pair, most, signal) };
  }

  #grant(pair: object, most: number, signal: AbortSignal): number | Promise<number> {
    if (this.#rateNow() !== undefined || this.#turns.size > 0) return this.#queueUp(pair, most, signal);
    this.#note(most);
    return most;
  }

  async #queueUp(pair: object, most: number, signal: AbortSignal): Promise<number> {
    throwIfAborted(signal);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const waiting: Waiting = { most, grant: resolve };
    const leave = (): void => {
      this.#leave(pair, waiting);
      reject(new DOMException('stopped', 'AbortError'));
    };
    signal.addEventListener('abort', leave, { once: true });
    const queue = this.#turns.get(pair);
    if (queue === undefined) this.#turns.set(pair, [waiting]);
    else queue.push(waiting);
    this.#serve();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  #leave(pair: object, waiting: Waiting): void {
    const left = this.#turns.get(pair)?.filter((each) => each !== waiting) ?? [];
    if (left.length === 0) this.#turns.delete(pair);
    else this.#turns.set(pair, left);
  }

  /** Grants what there is room for, then sleeps until there is room for the next. */
  #serve(): void {
    this.#alarm?.abort();
    this.#alarm = undefined;
    for (const [pair, queue] of this.#turns) {
      const [first] = queue;
      if (first === undefined) continue;
      const wait = this.#serveOne(first);
      if (wait > 0) {
        this.#wakeIn(wait);
        return;
      }
      // To the end of the order, which this very loop walks.
      this.#turns.delete(pair);
      if (queue.length > 1) this.#turns.set(pair, queue.slice(1));
    }
  }

  /** 0 when it was granted, else ms until it can be. */
  #serveOne({ most, grant }: Waiting): number {
    const rate = this.#rateNow();
    const bytes = rate === undefined ? most : Math.min(most, pieceOf(rate));
    if (rate !== undefined) {
      const wait = waitFor(bytes, this.#bucket, rate);
      if (wait > 0) return wait;
      this.#bucket = { ...this.#bucket, tokens: this.#bucket.tokens - bytes };
    }
    this.#note(bytes);
    grant(bytes);
    return 0;
  }

  #wakeIn(ms: number): void {
    const alarm = new AbortController();
    this.#alarm = alarm;
    void this.#serveAfter(ms, alarm.signal);
  }

  async #serveAfter(ms: number, alarm: AbortSignal): Promise<void> {
    try {
      await this.#clock.sleep(ms, alarm);
    } catch (error) {
      if (isAbort(error)) return;
      throw error;
    }
    if (!alarm.aborted) this.#serve();
  }

  /** The rate that holds now, with the bucket as it then is; nothing when there is no limit. */
  #rateNow(): number | undefined {
    const now = this.#clock.now();
    this.#estimate = current(this.#estimate, now);
    const rate = rateOf(this.#limit, this.#estimate);
    if (rate === undefined) this.#rate = undefined;
    else {
      // What was saved up at another rate is not this one's.
      this.#bucket = this.#rate === undefined ? fresh(rate, now) : refill(this.#bucket, rate, now);
      this.#rate = rate;
    }
    return rate;
  }

  #note(bytes: number): void {
    if (this.#limit.kind === 'share') this.#estimate = passed(this.#estimate, bytes, this.#clock.now());
  }
}

function rateOf(limit: SpeedLimit, estimate: Estimate): number | undefined {
  switch (limit.kind) {
    case 'none':
      return undefined;
    case 'fixed':
      return limit.bytesPerSecond;
    case 'share':
      return shareOf(estimate, limit.share);
    default:
      return assertNever(limit);
  }
}
