import type { AccountRecord, ChatCache } from '../cache/chat-cache.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import { Throttle } from '../rooms/throttle.ts';

const SAVE_EVERY_MS = 5_000;

interface Settings {
  readonly list: SalonList;
  readonly cache: ChatCache;
  readonly record: () => AccountRecord;
  readonly trouble: (error: unknown) => void;
}

/** Stores the list and the place in the server's stream now and then, both of the same moment. */
export class Saver {
  readonly #settings: Settings;
  readonly #throttle: Throttle;
  #running: Promise<void> = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#throttle = new Throttle(() => void this.save().catch(settings.trouble), SAVE_EVERY_MS);
  }

  /** Something changed that is worth keeping. */
  ask(): void {
    this.#throttle.ask();
  }

  /** Stores now. @throws DOMException when this PC can't (disk full). */
  save(): Promise<void> {
    const { list, cache, record } = this.#settings;
    const before = this.#running.catch(() => undefined);
    // Taken before waiting: what changes meanwhile belongs to the next time.
    const snapshot = { account: record(), dirty: list.takeUnsaved(), rooms: new Map(list.rooms) };
    this.#running = before
      .then(() => cache.save(snapshot.account, snapshot.rooms, snapshot.dirty))
      .catch((error: unknown) => {
        // A later position stored without these rooms would lose what they have learnt.
        list.keepUnsaved(snapshot.dirty);
        throw error;
      });
    return this.#running;
  }

  /** Stops, after what is under way. */
  async stop(): Promise<void> {
    this.#throttle.stop();
    await this.save();
  }
}
