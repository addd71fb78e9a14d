import { Store } from '../../ui/store.ts';
import type { PageDatabase } from './page-database.ts';

const PAUSE_MS = 400;
/** Who types without a pause has what they wrote kept after so long. */
const LONGEST_MS = 2000;

/** When a draft is written: after a pause, and at last. */
interface Timers {
  pause: ReturnType<typeof setTimeout>;
  readonly last: ReturnType<typeof setTimeout>;
}

/**
 * What a person began to write in each salon, or of a message that they change, kept on this PC until it is sent. Written
 * after a pause in typing.
 */
export class DraftsStore {
  readonly #database: PageDatabase;
  readonly #texts = new Map<string, string>();
  /** Messages that the chat was given and has not said to have kept, by salon. */
  readonly #held = new Map<string, readonly { readonly text: string }[]>();
  readonly #timers = new Map<string, Timers>();
  /** What was written last. */
  readonly #written = new Map<string, string>();
  readonly #writing = new Set<Promise<void>>();
  /** The last text that came back, for the composer that shows its salon. */
  readonly givenBack = new Store<{ readonly salonId: string; readonly text: string } | null>(null);

  constructor(database: PageDatabase) {
    this.#database = database;
  }

  /** The draft of a salon, '' where there is none. */
  readonly read = async (salonId: string): Promise<string> => {
    const known = this.#texts.get(salonId);
    if (known !== undefined) return known;
    const text = (await this.#database.read('drafts', salonId)) ?? '';
    if (!this.#texts.has(salonId)) this.#texts.set(salonId, text);
    return this.#texts.get(salonId) ?? text;
  };

  readonly write = (salonId: string, text: string): void => {
    if (this.#texts.get(salonId) === text) return;
    this.#texts.set(salonId, text);
    this.#later(salonId);
  };

  /**
   * A message was given to the chat: until that has it, its words stay with what is begun since. Answers how to say what
   * became of it: one that was not kept is given back.
   */
  readonly hold = (salonId: string, text: string): ((kept: boolean) => void) => {
    const message = { text };
    this.#held.set(salonId, [...(this.#held.get(salonId) ?? []), message]);
    return (kept) => {
      const others = (this.#held.get(salonId) ?? []).filter((other) => other !== message);
      this.#held.set(salonId, others);
      if (!kept) void this.giveBack(salonId, text);
      else if (this.#isOld(salonId) && !this.#timers.has(salonId)) void this.#keep(salonId);
    };
  };

  /** A message that could not be kept is a draft again, before what was begun since. */
  readonly giveBack = async (salonId: string, message: string): Promise<void> => {
    const since = await this.read(salonId);
    const text = since === '' ? message : `${message}\n${since}`;
    this.write(salonId, text);
    this.givenBack.set({ salonId, text });
  };

  readonly clear = (): void => {
    for (const salonId of this.#timers.keys()) this.#stop(salonId);
    this.#texts.clear();
    this.#held.clear();
    this.#written.clear();
  };

  /** Writes what waits; resolves when all is kept, also what was being written already. */
  readonly flush = async (): Promise<void> => {
    for (const salonId of this.#timers.keys()) void this.#keep(salonId);
    await Promise.all(this.#writing);
  };

  /** Writes what waits. */
  readonly dispose = (): void => void this.flush();

  #later(salonId: string): void {
    const keep = () => void this.#keep(salonId);
    const timers = this.#timers.get(salonId);
    clearTimeout(timers?.pause);
    const pause = setTimeout(keep, PAUSE_MS);
    if (timers) timers.pause = pause;
    else this.#timers.set(salonId, { pause, last: setTimeout(keep, LONGEST_MS) });
  }

  #stop(salonId: string): void {
    const timers = this.#timers.get(salonId);
    clearTimeout(timers?.pause);
    clearTimeout(timers?.last);
    this.#timers.delete(salonId);
  }

  /** All words of a salon that nobody else has. */
  #wordsOf(salonId: string): string {
    const all = [...(this.#held.get(salonId) ?? []).map(({ text }) => text), this.#texts.get(salonId) ?? ''];
    return all.filter((text) => text !== '').join('\n');
  }

  #isOld(salonId: string): boolean {
    const written = this.#written.get(salonId);
    return written !== undefined && written !== this.#wordsOf(salonId);
  }

  async #keep(salonId: string): Promise<void> {
    this.#stop(salonId);
    const words = this.#wordsOf(salonId);
    this.#written.set(salonId, words);
    const writing = this.#database.write('drafts', salonId, words || null);
    this.#writing.add(writing);
    await writing.finally(() => this.#writing.delete(writing));
  }
}
