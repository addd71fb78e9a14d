import { setImmediate } from 'node:timers/promises';
import { throwIfAborted } from '../model/failures.ts';
import type { Clock } from '../ports/clock.ts';

interface Sleeper {
  until: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test lets time pass. For work that waits for nothing but this clock. */
export class HandClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(now = 1_800_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const abort = (): void => end(() => reject(new DOMException('stopped', 'AbortError')));
      const sleeper = { until: this.#now + ms, wake: () => end(resolve) };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', abort);
    });
  }

  /** Somebody puts the clock back; sleepers sleep on as long as they would have. */
  putBack(ms: number): void {
    this.#now -= ms;
    for (const sleeper of this.#sleepers) sleeper.until -= ms;
  }

  /** Lets time pass, from one sleeper's end to the next, and everybody do in between what they have to do. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await rest();
      const next = [...this.#sleepers].toSorted((one, other) => one.until - other.until)[0];
      if (next === undefined || next.until > end) break;
      this.#now = next.until;
      next.wake();
    }
    this.#now = end;
  }
}

/** Until nobody has anything to do but sleep. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}
