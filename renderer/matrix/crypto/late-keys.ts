import type { RoomEvent } from '../events/event.ts';

/** The SDK looks no sooner for a key that was not there (matrix-js-sdk, `KEY_BACKUP_BACKOFF` of 5 s). */
const LOOK_AGAIN_MS = 6000;
/** Older messages have their keys in the backup: another device puts them there within 10 s (`maxBackupLoopStartDelayMillis`). */
const MAY_COME_MS = 60_000;
const MOST_LOOKS = 5;

/**
 * Has messages looked at again whose keys another device of the account may be putting into the backup just now: whoever
 * signs in seconds after a message was written can't read it, and the SDK asks the backup for a key when a message is
 * looked at, not by itself.
 */
export class LateKeys {
  readonly #look: (roomId: string, event: RoomEvent) => Promise<void>;
  readonly #looks = new Map<string, { count: number; timer: ReturnType<typeof setTimeout> | null }>();

  /** @param look tries to read the event once more */
  constructor(look: (roomId: string, event: RoomEvent) => Promise<void>) {
    this.#look = look;
  }

  /** An event could not be read; harmless for one that is expected already. */
  expect(roomId: string, event: RoomEvent): void {
    if (event.age === null || event.age > MAY_COME_MS) return;
    const looks = this.#looks.get(event.id) ?? { count: 0, timer: null };
    if (looks.timer !== null || looks.count === MOST_LOOKS) return;
    looks.count += 1;
    looks.timer = setTimeout(() => {
      looks.timer = null;
      void this.#look(roomId, event);
    }, LOOK_AGAIN_MS);
    this.#looks.set(event.id, looks);
  }

  /** It can be read. */
  forget(eventId: string): void {
    const timer = this.#looks.get(eventId)?.timer;
    if (timer) clearTimeout(timer);
    this.#looks.delete(eventId);
  }

  stop(): void {
    for (const eventId of this.#looks.keys()) this.forget(eventId);
  }
}
