import type { PauseRules, RunReport, Surroundings } from './api.ts';
import {
  atDesk,
  type Change,
  type Conduct,
  calls,
  conductOf,
  needsLine,
  reduce,
  type Standing,
} from './conduct.ts';
import { assertNever } from './model/assert-never.ts';
import { isAbort } from './model/failures.ts';
import type { Pair } from './pair.ts';
import type { Hint } from './ports/hints.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import { type Call, type History, noHistory, type Rest, remember, restAfter } from './rest.ts';

/** Hints come in swarms: the run waits for the first quiet moment of this many ms. */
const hintPause = 300;
/** It waits no longer than so many of them. */
const mostLulls = 6;
/** Looks at files that go on changing, in a run that is to end by itself. */
const mostLooksAtYoung = 15;
/** The longest that a timer can be set for. */
const longestNap = 2 ** 31 - 1;

const urgency: Readonly<Record<Call, number>> = { hint: 1, return: 2, person: 3 };
/** While a pair is held, only a change of its conduct matters. */
const held: Rest = { ms: Number.POSITIVE_INFINITY, hears: 'person' };

/** Decides when a pair runs: at start, on hints, when something waiting is due, and now and then. */
export class Watcher {
  readonly #pair: Pair;
  readonly #ports: SyncPorts;
  readonly #needsLine: boolean;
  readonly #stop = new AbortController();
  #standing: Standing = atDesk;
  #history: History = noHistory;
  #isTold = false;
  /** The most urgent call since the last run began. */
  #called: Call | undefined;
  #loop: Promise<void> | undefined;
  /** The run under way, and the present rest. */
  #current: AbortController | undefined;
  #nap = new AbortController();
  #rest: Rest = held;

  constructor(pair: Pair, ports: SyncPorts) {
    this.#pair = pair;
    this.#ports = ports;
    this.#needsLine = needsLine(pair.config.remote.url);
  }

  /** Begins to watch. */
  start(): void {
    if (this.#loop !== undefined) return;
    this.#pair.setState({ kind: 'scanning' });
    this.#loop = this.#watch();
  }

  /** Runs as soon as possible. */
  wake(): void {
    this.#call('person');
  }

  /** Ends the run under way and begins another: what is to be done has changed. */
  restart(): void {
    this.#current?.abort();
    this.wake();
  }

  pause(): void {
    this.#change({ kind: 'pause' });
  }

  resume(): void {
    this.#change({ kind: 'resume' });
  }

  /** Works although the rules say to pause, until what they pause for is over. */
  overrule(): void {
    this.#change({ kind: 'overrule' });
  }

  setSurroundings(surroundings: Surroundings): void {
    const before = this.#standing.surroundings;
    this.#change({ kind: 'surroundings', surroundings });
    if (calls(before, surroundings)) this.#call('return');
  }

  setRules(rules: PauseRules): void {
    this.#change({ kind: 'rules', rules });
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
    const unwatch = [this.#ports.localHints, this.#ports.remoteHints].map((open) =>
      open(this.#pair.config).watch((hint) => this.#hear(hint)),
    );
    try {
      while (!this.#stop.signal.aborted) {
        const conduct = this.#conduct();
        if (conduct.kind === 'work') {
          const restOf = await this.#runOnce();
          await this.#sleep(conduct, restOf);
        } else {
          this.#show(conduct);
          await this.#sleep(conduct, () => held);
        }
      }
    } finally {
      for (const close of unwatch) await close();
    }
  }

  #hear(hint: Hint): void {
    switch (hint) {
      case 'changed':
        this.#call('hint');
        break;
      case 'live':
        this.#isTold = true;
        this.#call('return');
        break;
      case 'lost':
        this.#isTold = false;
        this.#nap.abort();
        break;
      default:
        assertNever(hint);
    }
  }

  #call(call: Call): void {
    if (this.#called === undefined || urgency[call] > urgency[this.#called]) this.#called = call;
    if (call !== 'hint') this.#history = noHistory;
    if (this.#isHeard(this.#rest)) this.#nap.abort();
  }

  #isHeard({ hears }: Rest): boolean {
    return this.#called !== undefined && urgency[this.#called] >= urgency[hears];
  }

  #change(change: Change): void {
    this.#standing = reduce(this.#standing, change);
    const conduct = this.#conduct();
    if (conduct.kind === 'paused') this.#current?.abort();
    if (this.#loop !== undefined && conduct.kind !== 'work') this.#show(conduct);
    // The rest that is left depends on it.
    this.#nap.abort();
  }

  #conduct(): Conduct {
    return conductOf(this.#standing, this.#needsLine);
  }

  #show(conduct: Exclude<Conduct, { readonly kind: 'work' }>): void {
    if (this.#stop.signal.aborted) return;
    if (conduct.kind === 'paused') this.#pair.setState(conduct);
    else if (this.#current === undefined) this.#pair.setState({ kind: 'offline', code: 'unreachable' });
  }

  /** Gives how long to rest until the next run, as it is now and as it becomes when the surroundings change. */
  async #runOnce(): Promise<() => Rest> {
    this.#called = undefined;
    this.#current = new AbortController();
    const { outcome, report } = await this.#pair.run(this.#current.signal);
    this.#current = undefined;
    this.#history = remember(this.#history, outcome, report);
    const chance = this.#ports.random.fraction();
    const restOf = (): Rest => {
      const { clock } = this.#ports;
      const retryIn = (this.#pair.nextRetry() ?? Number.POSITIVE_INFINITY) - clock.now();
      const { attention } = this.#standing.surroundings;
      const facts = { ...this.#pair.options, attention, isTold: this.#isTold, retryIn, chance };
      return restAfter(outcome, this.#history, facts);
    };
    // One that was ended to begin anew goes on, as far as anybody sees.
    const isShown = outcome.kind !== 'aborted' && this.#conduct().kind === 'work';
    if (!this.#stop.signal.aborted && isShown) {
      const retryAt = Math.round(this.#ports.clock.now() + restOf().ms);
      this.#pair.setState(this.#pair.stateAfter(outcome, retryAt));
    }
    return restOf;
  }

  /** Sleeps until the rest is over, somebody who is heard calls, or the conduct is another; lets a swarm of hints pass. */
  async #sleep(conduct: Conduct, restOf: () => Rest): Promise<void> {
    const began = this.#ports.clock.now();
    for (;;) {
      if (this.#stop.signal.aborted || this.#conduct().kind !== conduct.kind) return;
      this.#rest = restOf();
      if (this.#isHeard(this.#rest)) break;
      const left = this.#rest.ms - Math.max(0, this.#ports.clock.now() - began);
      if (left <= 0 || (await this.#napFor(left))) return;
    }
    await this.#letPass();
  }

  async #letPass(): Promise<void> {
    this.#rest = held;
    for (let lull = 0; lull < mostLulls && this.#called !== undefined; lull += 1) {
      this.#called = undefined;
      if (!(await this.#napFor(hintPause))) return;
    }
  }

  /** Whether it slept to the end. */
  async #napFor(ms: number): Promise<boolean> {
    this.#nap = new AbortController();
    try {
      await this.#ports.clock.sleep(Math.min(ms, longestNap), this.#nap.signal);
      return true;
    } catch (error) {
      if (!isAbort(error)) throw error;
      return false;
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
