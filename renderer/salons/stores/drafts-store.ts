import { Store } from '../../ui/store.ts';
import type { PageDatabase } from './page-database.ts';

const PAUSE_MS = 400;

/** What a person began to write in each salon, kept on this PC until it is sent. Written after a pause in typing. */
export class DraftsStore {
  readonly #database: PageDatabase;
  readonly #texts = new Map<string, string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
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
    clearTimeout(this.#timers.get(salonId));
    this.#timers.set(
      salonId,
      setTimeout(() => void this.#keep(salonId), PAUSE_MS),
    );
  };

  /** A message that could not be kept is a draft again, before what was begun since. */
  readonly giveBack = async (salonId: string, message: string): Promise<void> => {
    const since = await this.read(salonId);
    const text = since === '' ? message : `${message}\n${since}`;
    this.write(salonId, text);
    this.givenBack.set({ salonId, text });
  };

  readonly clear = (): void => {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#texts.clear();
  };

  /** Writes what waits; resolves when all is kept, also what was being written already. */
  readonly flush = async (): Promise<void> => {
    for (const salonId of this.#timers.keys()) void this.#keep(salonId);
    await Promise.all(this.#writing);
  };

  /** Writes what waits. */
  readonly dispose = (): void => void this.flush();

  async #keep(salonId: string): Promise<void> {
    clearTimeout(this.#timers.get(salonId));
    this.#timers.delete(salonId);
    const writing = this.#database.write('drafts', salonId, this.#texts.get(salonId) || null);
    this.#writing.add(writing);
    await writing.finally(() => this.#writing.delete(writing));
  }
}
