import type { RunReport } from './api.ts';
import { assertNever } from './model/assert-never.ts';
import { isAbort } from './model/failures.ts';
import type { Pair } from './pair.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import type { RunOutcome } from './run/run-once.ts';

/** Hints come in swarms: the run waits for the first quiet moment of this many ms. */
const hintPause = 300;
/** It waits no longer than so many of them. */
const mostLulls = 6;
const firstOfflineWait = 10_000;
const longestOfflineWait = 5 * 60_000;
const longestQuietWait = 15_000;
/** Looks at files that go on changing, in a run that is to end by itself. */
const mostLooksAtYoung = 15;

/** Decides when a pair runs: at start, on hints, when something waiting is due, and now and then. */
export class Watcher {
  readonly #pair: Pair;
  readonly #ports: SyncPorts;
  #stop = new AbortController();
  #loop: Promise<void> | undefined;
  #nap = new AbortController();
  #current: AbortController | undefined;
  #paused = false;
  #wanted = false;
  #failures = 0;
  /** Runs in a row that did nothing but find files that are still being written. */
  #restless = 0;
  /** Until then the disk may tell what it likes; ms since 1970. */
  #deafUntil = 0;

  constructor(pair: Pair, ports: SyncPorts) {
    this.#pair = pair;
    this.#ports = ports;
  }

  /** Begins to watch. */
  start(): void {
    if (this.#loop !== undefined) return;
    this.#pair.setState({ kind: 'scanning' });
    this.#loop = this.#watch();
  }

  /** Runs as soon as possible. */
  wake(): void {
    this.#wanted = true;
    this.#nap.abort();
  }

  pause(): void {
    this.#paused = true;
    this.#pair.setState({ kind: 'paused' });
    this.#current?.abort();
    this.#nap.abort();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#pair.setState({ kind: 'idle', problems: this.#pair.problems().length });
    this.wake();
  }

  /** Ends the run under way and all watching. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#current?.abort();
    this.#nap.abort();
    await this.#loop;
  }

  /** One run that ends when both sides are at rest, files that were too young at first included. */
  async once(signal: AbortSignal): Promise<RunReport> {
    let before: RunReport | undefined;
    for (let look = 1; ; look += 1) {
      const { outcome, report: latest } = await this.#pair.run(signal);
      const report = before === undefined ? latest : together(before, latest);
      before = report;
      this.#pair.setState(this.#pair.stateAfter(outcome, this.#ports.clock.now()));
      const young = outcome.kind === 'atRest' ? outcome.young : [];
      if (young.length === 0) return report;
      if (look === mostLooksAtYoung) return withYoung(report, young);
      try {
        await this.#ports.clock.sleep(this.#pair.options.quietMs, signal);
      } catch (error) {
        if (isAbort(error)) return { ...report, outcome: 'stopped' };
        throw error;
      }
    }
  }

  async #watch(): Promise<void> {
    const hint = (): void => {
      if (this.#ports.clock.now() >= this.#deafUntil) this.wake();
    };
    const unwatch = [this.#ports.localHints, this.#ports.remoteHints].map((open) =>
      open(this.#pair.config).watch(hint),
    );
    try {
      while (!this.#stop.signal.aborted) {
        const wait = this.#paused ? Number.POSITIVE_INFINITY : await this.#runOnce();
        await this.#sleep(wait);
      }
    } finally {
      for (const close of unwatch) await close();
    }
  }

  /** Gives how many ms to wait until the next run. */
  async #runOnce(): Promise<number> {
    this.#wanted = false;
    this.#current = new AbortController();
    const { outcome, report } = await this.#pair.run(this.#current.signal);
    this.#current = undefined;
    const isIdle = report.uploaded + report.downloaded + report.moved + report.removed === 0;
    this.#restless = outcome.kind === 'atRest' && outcome.young.length > 0 && isIdle ? this.#restless + 1 : 0;
    this.#failures = outcome.kind === 'offline' || outcome.kind === 'failed' ? this.#failures + 1 : 0;
    const wait = this.#waitAfter(outcome);
    if (this.#stop.signal.aborted) return wait;
    const retryAt = Math.round(this.#ports.clock.now() + wait);
    this.#pair.setState(this.#paused ? { kind: 'paused' } : this.#pair.stateAfter(outcome, retryAt));
    return wait;
  }

  #waitAfter(outcome: RunOutcome): number {
    const poll = this.#pair.options.pollSeconds * 1000 * (0.8 + 0.4 * this.#ports.random.fraction());
    switch (outcome.kind) {
      case 'atRest': {
        if (outcome.young.length > 0) return this.#waitForQuiet();
        const retry = (this.#pair.nextRetry() ?? Number.POSITIVE_INFINITY) - this.#ports.clock.now();
        return Math.max(0, Math.min(poll, retry));
      }
      case 'guarded':
        return poll;
      case 'offline':
      case 'failed':
        return Math.min(firstOfflineWait * 2 ** (this.#failures - 1), longestOfflineWait);
      case 'signedOut':
        return Number.POSITIVE_INFINITY;
      case 'aborted':
        return 0;
      default:
        return assertNever(outcome);
    }
  }

  /** A file that is written to all the time, a log for example, must not have the folder looked at all the time. */
  #waitForQuiet(): number {
    const longer = this.#pair.options.quietMs * 2 ** Math.max(0, this.#restless - 2);
    const wait = Math.min(longer, longestQuietWait);
    if (this.#restless > 2) this.#deafUntil = this.#ports.clock.now() + wait;
    return wait;
  }

  /** Sleeps, or until woken; then lets a swarm of hints pass. */
  async #sleep(ms: number): Promise<void> {
    if (this.#stop.signal.aborted) return;
    if (!this.#wanted || this.#paused) await this.#napFor(Math.min(ms, 2 ** 31 - 1));
    for (let lull = 0; lull < mostLulls && this.#wanted && !this.#paused; lull += 1) {
      if (this.#stop.signal.aborted) return;
      this.#wanted = false;
      await this.#napFor(hintPause);
    }
  }

  async #napFor(ms: number): Promise<void> {
    this.#nap = new AbortController();
    try {
      await this.#ports.clock.sleep(ms, this.#nap.signal);
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }
}

function withYoung(report: RunReport, young: readonly string[]): RunReport {
  const changing = young.map((path) => ({
    code: 'changing' as const,
    path,
    action: 'scan' as const,
    kept: 'here' as const,
    data: {},
  }));
  return { ...report, outcome: 'problems', problems: [...report.problems, ...changing] };
}

/** What two runs came to, one after the other. */
function together(one: RunReport, other: RunReport): RunReport {
  return {
    ...other,
    uploaded: one.uploaded + other.uploaded,
    downloaded: one.downloaded + other.downloaded,
    moved: one.moved + other.moved,
    removed: one.removed + other.removed,
    conflicts: one.conflicts + other.conflicts,
    bytes: one.bytes + other.bytes,
    requests: one.requests + other.requests,
  };
}
