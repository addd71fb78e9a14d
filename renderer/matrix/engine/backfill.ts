import type { CryptoMachine } from '../crypto/machine.ts';
import { isPassing } from '../http/chat-error.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import { type Reading, reduceHistory } from '../rooms/reduce.ts';
import type { Room } from '../rooms/room.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import { compareSalons } from '../rooms/summary.ts';

const PAGE = 30;
/** Only salons at the top of the list are looked into: the others are counted when they come up or are opened. */
const LOOKED_INTO = 20;

interface BackfillSettings {
  readonly list: SalonList;
  readonly api: RoomsApi;
  readonly machine: () => Promise<CryptoMachine>;
  readonly reading: () => Reading;
  readonly trouble: (error: unknown) => void;
}

/**
 * Looks into the past of salons whose unread messages or last line can't be told from what came:
 * an answer brings the last events of a room only, and sliding sync does not count.
 */
export class Backfill {
  readonly #settings: BackfillSettings;
  readonly #queue = new Set<string>();
  #running = false;
  #stopped = false;

  constructor(settings: BackfillSettings) {
    this.#settings = settings;
  }

  /** Looks at the salons that changed. */
  consider(roomIds: readonly string[]): void {
    const { list } = this.#settings;
    const top = new Set(topOf(list));
    for (const roomId of roomIds) {
      const room = list.get(roomId);
      if (room !== null && top.has(roomId) && needsLook(room)) this.#queue.add(roomId);
    }
    if (!this.#running && this.#queue.size > 0) void this.#work();
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.clear();
  }

  async #work(): Promise<void> {
    this.#running = true;
    try {
      for (const roomId of this.#queue) {
        this.#queue.delete(roomId);
        if (!this.#stopped) await this.#lookInto(roomId);
      }
    } catch (error) {
      this.#queue.clear();
      if (!isPassing(error)) this.#settings.trouble(error);
    } finally {
      this.#running = false;
    }
  }

  async #lookInto(roomId: string): Promise<void> {
    const { list, api, reading } = this.#settings;
    const token = list.get(roomId)?.olderToken ?? null;
    if (token === null) return;
    const page = await api.messages(roomId, token, PAGE);
    const machine = await this.#settings.machine();
    const events = await Promise.all(page.events.map((event) => machine.read(roomId, event)));
    const room = list.get(roomId);
    if (room !== null && !this.#stopped) list.set(roomId, reduceHistory(room, events, reading(), true));
  }
}

function needsLook(room: Room): boolean {
  if (room.membership !== 'join' || room.olderToken === null || room.space) return false;
  return room.recent.length === 0 || (!room.counted && room.unread.events.length > 0);
}

function topOf(list: SalonList): readonly string[] {
  return [...list.rooms.values()]
    .toSorted(compareSalons)
    .slice(0, LOOKED_INTO)
    .map((room) => room.id);
}
