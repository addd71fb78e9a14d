import { isPassing } from '../http/chat-error.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import { withReceipt } from '../rooms/reduce.ts';
import type { SalonList } from '../rooms/salon-list.ts';

interface Settings {
  readonly list: SalonList;
  readonly api: Pick<RoomsApi, 'readUpTo'>;
  readonly now: () => number;
  readonly changed: (roomId: string) => void;
}

/** Says how far this person has read: here at once, to the server when it can be reached. */
export class ReadMarkers {
  readonly #settings: Settings;
  readonly #due = new Map<string, string>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** What the server was not told yet, to be stored: event ids by salon. */
  get due(): readonly (readonly [string, string])[] {
    return [...this.#due];
  }

  /** Takes up what an earlier run could not tell. */
  load(due: readonly (readonly [string, string])[]): void {
    for (const [roomId, eventId] of due) this.#due.set(roomId, eventId);
  }

  /** Everything in the salon is read. @throws ChatError when the server refuses; without a line it is told later. */
  async mark(roomId: string): Promise<void> {
    const { list, now, changed } = this.#settings;
    const room = list.get(roomId);
    if (room === null || room.membership !== 'join' || room.newestId === null) return;
    if (room.unread.events.length === 0 && room.unread.readId === room.newestId) return;
    list.set(roomId, withReceipt(room, room.newestId, now()));
    changed(roomId);
    this.#due.set(roomId, room.newestId);
    await this.#tell(roomId);
  }

  /** The line is back. @throws ChatError the first refusal, after all were told. */
  async resume(): Promise<void> {
    const refused: unknown[] = [];
    for (const roomId of this.#due.keys())
      await this.#tell(roomId).catch((error: unknown) => refused.push(error));
    if (refused.length > 0) throw refused[0];
  }

  async #tell(roomId: string): Promise<void> {
    const eventId = this.#due.get(roomId);
    if (eventId === undefined) return;
    try {
      await this.#settings.api.readUpTo(roomId, eventId);
    } catch (error) {
      if (isPassing(error)) return;
      this.#due.delete(roomId);
      throw error;
    }
    if (this.#due.get(roomId) === eventId) this.#due.delete(roomId);
  }
}
