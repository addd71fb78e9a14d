import type { CheckId, Finding } from '../../preload/contract/diagnostics.ts';
import { AppError } from '../contract/app-error.ts';
import type { Log } from '../log/log.ts';

/** One thing that can be checked. It ends early when `signal` says so, or is left behind. */
export interface Check {
  /** Milliseconds until it is given up. */
  readonly limitMs: number;
  /** `devices` is how many of them the page sees, for what only a page can see. */
  readonly run: (signal: AbortSignal, devices: number | null) => Promise<Finding> | Finding;
}

/** All that can be checked. */
export type AllChecks = Readonly<Record<CheckId, Check>>;

/** Runs checks, each within its time and until it is stopped. */
export class CheckRuns {
  readonly #checks: AllChecks;
  readonly #log: Log;
  readonly #running = new Map<CheckId, AbortController>();

  constructor(checks: AllChecks, log: Log) {
    this.#checks = checks;
    this.#log = log;
  }

  /**
   * Runs one; the same again ends the one before. What fails or takes too long is a finding too. Throws
   * `cancelled.request` when it is stopped.
   */
  readonly run = async (id: CheckId, devices: number | null): Promise<Finding> => {
    this.stop(id);
    const stopped = new AbortController();
    this.#running.set(id, stopped);
    const { limitMs, run } = this.#checks[id];
    const late = AbortSignal.timeout(limitMs);
    const signal = AbortSignal.any([stopped.signal, late]);
    try {
      return await Promise.race([Promise.resolve(run(signal, devices)), endOf(signal)]);
    } catch (error) {
      if (stopped.signal.aborted) throw new AppError('cancelled.request');
      if (late.aborted) return { code: 'late', facts: { seconds: Math.round(limitMs / 1000) } };
      this.#log.error('diagnostics.failed', { check: id }, error);
      return { code: 'failed', facts: {} };
    } finally {
      if (this.#running.get(id) === stopped) this.#running.delete(id);
    }
  };

  /** Ends one that runs. */
  readonly stop = (id: CheckId): void => this.#running.get(id)?.abort();
}

/** Never resolves; rejects when the signal says that it is over. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the check is over')), { once: true });
  });
}
