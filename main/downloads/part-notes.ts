import { z } from 'zod';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';

/** A file that is not at its place yet, as it is remembered for the case that the program ends before. */
export const PartNote = z.strictObject({
  /** Where its bytes are. */
  part: z.string().min(1),
  /** Where it is to be; null where the person had not said so. */
  place: z
    .strictObject({ kind: z.enum(['free', 'chosen']), folder: z.string().min(1), name: z.string().min(1) })
    .nullable(),
  /** All of it came, and it found no place. */
  isWhole: z.boolean(),
  name: z.string(),
  url: z.string(),
  host: z.string().nullable(),
  /** Id of the account in which it was begun. */
  owner: z.string().nullable(),
});
export type PartNote = z.infer<typeof PartNote>;
export const PartList = z.strictObject({ parts: z.array(PartNote) });
export type PartList = z.infer<typeof PartList>;
export const NO_PARTS: PartList = { parts: [] };

/** What is not at its place yet. A file that came or was given up is forgotten; what the end of the program cut off is not. */
export class PartNotes {
  readonly #kept: Kept<PartList>;
  readonly #log: Log;
  #isClosed = false;

  constructor(kept: Kept<PartList>, log: Log) {
    this.#kept = kept;
    this.#log = log;
  }

  all(): readonly PartNote[] {
    return this.#kept.value.parts;
  }

  /** Notes one, in place of what was noted of the same part. */
  note(note: PartNote): void {
    this.#set([...this.#without(note.part), note]);
  }

  /** It is at its place. */
  forget(part: string): void {
    if (this.all().some((note) => note.part === part)) this.#set(this.#without(part));
  }

  /** It was stopped: by the person, or by the end of the program, of which they are told at the next start. */
  stopped(part: string): void {
    if (!this.#isClosed) this.forget(part);
  }

  /** The program ends: what is stopped from now on is not forgotten. Resolves when all is on disk. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#kept.settled();
  }

  #without(part: string): PartNote[] {
    return this.all().filter((note) => note.part !== part);
  }

  #set(parts: PartNote[]): void {
    this.#kept.set({ parts }).catch((error: unknown) => this.#log.warn('download.not-noted', {}, error));
  }
}
