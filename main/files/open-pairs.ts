import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Log } from '../log/log.ts';
import type { Conflict, Problem, SyncEvent } from '../sync/api.ts';
import { problemOf } from './activity.ts';
import type { Conditions } from './conditions.ts';
import { type Engine, EngineError } from './engine.ts';
import { FolderReport } from './folder-report.ts';
import { isInside } from './path-guard.ts';
import type { PairConfig } from './protocol.ts';

interface Open {
  config: PairConfig;
  readonly report: FolderReport;
  /** Whether it was looked for since it was opened. */
  asked: boolean;
}

/** Lists of the engine: plain data of our own, checked in outline. */
const Problems = z.array(
  z.custom<Problem>((value) => typeof value === 'object' && value !== null && 'code' in value),
);
const Conflicts = z.array(
  z.custom<Conflict>((value) => typeof value === 'object' && value !== null && 'copy' in value),
);

/** The pairs that the engine has open, with what it reports of each. */
export class OpenPairs {
  readonly #engine: Engine;
  readonly #conditions: Omit<Conditions, 'close'>;
  readonly #log: Log;
  readonly #open = new Map<string, Open>();
  /** Whether the engine of now knows how the computer stands. It is not begun for that alone. */
  #knowsConditions = false;

  constructor(engine: Engine, conditions: Omit<Conditions, 'close'>, log: Log) {
    this.#engine = engine;
    this.#conditions = conditions;
    this.#log = log;
    conditions.onChange(() => {
      if (this.#knowsConditions) void this.#tellConditions();
    });
  }

  /**
   * Closes what is not wanted (or wanted otherwise) and opens what is missing. One that is long to close, as on a drive that
   * hangs, holds up only who comes to its folder.
   */
  async become(
    wanted: ReadonlyMap<string, PairConfig>,
    { paused }: { readonly paused: boolean },
  ): Promise<void> {
    const closing: Closing[] = [];
    for (const [id, { config }] of this.#open) {
      const next = wanted.get(id);
      if (next === undefined || !isDeepStrictEqual(choosingAll(next), choosingAll(config)))
        closing.push({ config, closed: this.#close(id) });
    }
    await Promise.all([this.#openAll(wanted, paused, closing), ...closing.map(({ closed }) => closed)]);
  }

  async #openAll(
    wanted: ReadonlyMap<string, PairConfig>,
    paused: boolean,
    closing: readonly Closing[],
  ): Promise<void> {
    for (const [id, config] of wanted) {
      const open = this.#open.get(id);
      if (open !== undefined) {
        await this.#choose(open, config);
        continue;
      }
      await Promise.all(closing.filter((before) => isInTheWay(before, config)).map(({ closed }) => closed));
      await this.#openPair(id, config, paused);
    }
  }

  /** Another choice of folders is no reason to begin anew. */
  async #choose(open: Open, config: PairConfig): Promise<void> {
    const { unwanted } = config.options;
    if (isDeepStrictEqual(open.config.options.unwanted, unwanted)) return;
    open.config = config;
    await this.tolerant({ type: 'choose', pair: config.id, unwanted });
  }

  /** Pauses or resumes all. */
  async setPaused(paused: boolean): Promise<void> {
    for (const pair of this.#open.keys()) await this.tolerant({ type: paused ? 'pause' : 'resume', pair });
  }

  /** Has all work although the rules say to pause, until what they pause for is over. */
  async overrule(): Promise<void> {
    for (const pair of this.#open.keys()) await this.tolerant({ type: 'overrule', pair });
  }

  /** The engine began anew: nothing is open. */
  forgetAll(): void {
    this.#knowsConditions = false;
    this.#open.clear();
  }

  reportOf(pairId: string): FolderReport | null {
    return this.#open.get(pairId)?.report ?? null;
  }

  /** Path of its folder in the person's files; null when it is not open. */
  rootPathOf(pairId: string): string | null {
    return this.#open.get(pairId)?.config.remote.rootPath ?? null;
  }

  /** Takes an event in; answers whether entries of the pair's folder changed. */
  take(event: SyncEvent): boolean {
    return this.#open.get(event.pair)?.report.take(event) ?? false;
  }

  /**
   * The copies of the conflicts that the engine still knows, which become those of the report; null when nobody can tell,
   * or when there are none to look after.
   */
  async conflictsOf(pair: string, always: boolean): Promise<ReadonlySet<string> | null> {
    const report = this.reportOf(pair);
    if (!report || (!always && report.conflicts.length === 0)) return null;
    const answer = await this.#engine
      .run({ type: 'conflicts', pair })
      .catch((error: unknown) => this.#explain(error, null));
    if (answer === null || this.reportOf(pair) !== report) return null;
    const known = Conflicts.parse(answer).map(({ path, copy, at }) => ({ path, copyPath: copy, at }));
    report.setConflicts(known);
    return new Set(known.map(({ copyPath }) => copyPath));
  }

  /** Whether this is the first time since it was opened that somebody looks for it. */
  askedFor(pairId: string): boolean {
    const open = this.#open.get(pairId);
    if (!open || open.asked) return false;
    open.asked = true;
    return true;
  }

  async #openPair(id: string, config: PairConfig, paused: boolean): Promise<void> {
    const report = new FolderReport();
    this.#open.set(id, { config, report, asked: false });
    if (!this.#knowsConditions) await this.#tellConditions();
    if (!(await this.tolerant({ type: 'open', config }))) {
      this.#open.delete(id);
      return;
    }
    if (paused) await this.tolerant({ type: 'pause', pair: id });
    await this.#takeUp(id, report);
  }

  async #tellConditions(): Promise<void> {
    this.#knowsConditions = true;
    const { surroundings, rules, limits } = this.#conditions;
    await this.tolerant({ type: 'surroundings', surroundings: surroundings() });
    await this.tolerant({ type: 'rules', rules: rules(), limits: limits() });
  }

  /** What was wrong before the engine was started is still so. */
  async #takeUp(pair: string, report: FolderReport): Promise<void> {
    const [problems, conflicts] = await Promise.all([
      this.#engine.run({ type: 'problems', pair }),
      this.#engine.run({ type: 'conflicts', pair }),
    ]).catch((error: unknown) => this.#explain(error, []));
    for (const problem of Problems.parse(problems ?? [])) report.addProblem(problemOf(problem));
    for (const { path, copy, at } of Conflicts.parse(conflicts ?? []))
      report.addConflict({ path, copyPath: copy, at });
  }

  async #close(id: string): Promise<void> {
    this.#open.delete(id);
    await this.tolerant({ type: 'close', pair: id });
  }

  /** Runs what may fail because the engine died: it is done again when it is fresh. Answers whether it was done. */
  async tolerant(command: Parameters<Engine['run']>[0]): Promise<boolean> {
    try {
      await this.#engine.run(command);
      return true;
    } catch (error) {
      return this.#explain(error, false);
    }
  }

  #explain<T>(error: unknown, instead: T): T {
    if (!(error instanceof EngineError)) throw error;
    this.#log.warn('engine.refused', { code: error.code }, error);
    return instead;
  }
}

/** A pair that is being closed. */
interface Closing {
  readonly config: PairConfig;
  readonly closed: Promise<void>;
}

/** Whether it is the same pair, or one whose folder the other's meets: two engines in one would refuse each other. */
function isInTheWay({ config: before }: Closing, { id, localDir }: PairConfig): boolean {
  return before.id === id || isInside(before.localDir, localDir) || isInside(localDir, before.localDir);
}

/** A configuration but for which folders are wanted. */
function choosingAll(config: PairConfig): PairConfig {
  return { ...config, options: { ...config.options, unwanted: [] } };
}
