import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { Crash, type CrashedPart } from '../../preload/contract/diagnostics.ts';
import type { Log } from '../log/log.ts';
import { type Kept, keptFile } from '../store/kept.ts';

/** What is kept of what stopped by itself. */
export const CrashNotes = z.strictObject({
  crashes: z.array(Crash).max(1000),
  /** Until when the person has seen them; milliseconds since 1970. */
  seenUntil: z.number(),
});
export type CrashNotes = z.infer<typeof CrashNotes>;
export const NO_CRASHES: CrashNotes = { crashes: [], seenUntil: 0 };

const MOST_KEPT = 20;
/** What dies again and again at once is one thing to tell. */
const SAME_WITHIN_MS = 10_000;

/** Notes on this PC what stopped by itself. Nothing of it leaves the PC. */
export class CrashBook {
  readonly #kept: Kept<CrashNotes>;
  readonly #version: string;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();

  constructor(kept: Kept<CrashNotes>, version: string, log: Log) {
    this.#kept = kept;
    this.#version = version;
    this.#log = log;
  }

  /** All that is kept, oldest first. */
  all(): readonly Crash[] {
    return this.#kept.value.crashes;
  }

  /** What the person has not seen yet, oldest first. */
  unseen(): readonly Crash[] {
    const { crashes, seenUntil } = this.#kept.value;
    return crashes.filter(({ at }) => at > seenUntil);
  }

  /** Notes one; `at` in milliseconds since 1970, `reason` a word of the system's. */
  note(part: CrashedPart, reason: string, at: number = Date.now()): void {
    const { crashes, seenUntil } = this.#kept.value;
    if (crashes.some((other) => other.part === part && Math.abs(other.at - at) < SAME_WITHIN_MS)) return;
    const crash = { at, part, reason: reason.slice(0, 100), version: this.#version };
    this.#set({ crashes: [...crashes, crash].slice(-MOST_KEPT), seenUntil });
    for (const listener of this.#listeners) listener();
  }

  /** The person has seen them. */
  dismiss(): void {
    const { crashes } = this.#kept.value;
    this.#set({ crashes, seenUntil: Math.max(0, ...crashes.map(({ at }) => at)) });
  }

  /** Calls back after each note; answers the way to stop. */
  onNote(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when all notes are on disk. */
  readonly settled = (): Promise<void> => this.#kept.settled();

  #set(notes: CrashNotes): void {
    this.#kept.set(notes).catch((error: unknown) => this.#log.error('crash.not-noted', {}, error));
  }
}

const Running = z.strictObject({ startedAt: z.number() });

/** The mark of a program that runs; it is gone when the program ended as it should. */
export interface RunMark {
  /** When the last run began if it did not end as it should, null otherwise. Milliseconds since 1970. */
  readonly brokenOff: number | null;
  /** Takes the mark away: the program ends on purpose. */
  readonly lift: () => Promise<void>;
  /** Resolves when the mark is on disk. */
  readonly settled: () => Promise<void>;
}

/** Clocks of the system's start and of the program's mark may be apart by so much. */
const CLOCKS_APART_MS = 60_000;

/**
 * Finds whether the last run was broken off, and marks this one without waiting for the disk. A run that began before the PC was started
 * (`bootedAt`) ended with the PC: that is no fault of the program's.
 */
export async function markRun(file: string, startedAt: number, bootedAt: number, log: Log): Promise<RunMark> {
  const mark = await keptFile(file, Running.nullable(), null, log);
  const last = mark.value?.startedAt ?? null;
  mark.set({ startedAt }).catch((error: unknown) => log.error('run.not-marked', {}, error));
  return {
    brokenOff: last !== null && last > bootedAt - CLOCKS_APART_MS ? last : null,
    settled: mark.settled,
    lift: async () => {
      await mark.settled();
      await rm(file, { force: true });
    },
  };
}
