import type { RunningFile, WaitingFiles } from '../../preload/contract/file-activity.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { DoneItems, type KeptDone } from './done-items.ts';
import type { Engine } from './engine.ts';
import { RunningFiles } from './running-files.ts';
import { type Soon, soon } from './soon.ts';

/** What the activity is gathered from. */
export interface FileActivityParts {
  readonly engine: Engine;
  readonly kept: Kept<readonly KeptDone[]>;
  /** The salons whose folder a pair is. */
  readonly salonsOf: (pairId: string) => readonly string[];
  readonly waiting: () => Promise<WaitingFiles>;
  readonly tellRunning: (running: RunningFile[]) => void;
  readonly tellRecent: (newestId: number) => void;
  readonly log: Log;
}

/** A person reads no faster; the engine tells of each file five times a second. */
const GATHER_MS = 400;

/** What the engine does with files now and did last, gathered from its events and told at a reading pace. */
export class FileActivity {
  readonly #running = new RunningFiles();
  readonly #done: DoneItems;
  readonly #salonsOf: (pairId: string) => readonly string[];
  readonly #waiting: () => Promise<WaitingFiles>;
  readonly #soons: readonly Soon[];

  constructor({ engine, kept, salonsOf, waiting, tellRunning, tellRecent, log }: FileActivityParts) {
    this.#waiting = waiting;
    this.#done = new DoneItems(kept, log);
    this.#salonsOf = salonsOf;
    const running = soon(() => tellRunning(this.#running.list(this.#salons())), GATHER_MS);
    const recent = soon(() => tellRecent(this.#done.newestId), GATHER_MS);
    this.#soons = [running, recent];
    engine.onEvent((event) => {
      if (this.#running.take(event)) running.wish();
      if (this.#done.take(event)) recent.wish();
    });
    engine.onFresh(() => {
      this.#running.forgetAll();
      running.wish();
    });
  }

  /** The requests of the domain. */
  readonly handlers: Handlers<'fileActivity'> = {
    running: () => this.#running.list(this.#salons()),
    waiting: () => this.#waiting(),
    recent: () => this.#done.list(this.#salons()),
  };

  /** The salon of a pair, looked up once a list: many items are of few pairs. */
  #salons(): (pairId: string) => string | undefined {
    const known = new Map<string, string | undefined>();
    return (pairId) => {
      if (!known.has(pairId)) known.set(pairId, this.#salonsOf(pairId)[0]);
      return known.get(pairId);
    };
  }

  /** Somebody signed out. */
  async forgetAll(): Promise<void> {
    this.#running.forgetAll();
    await this.#done.forgetAll();
  }

  /** Tells nothing more and keeps what was done. */
  async close(): Promise<void> {
    for (const each of this.#soons) each.cancel();
    await this.#done.close();
  }
}
