import type { CryptoMachine } from '../crypto/machine.ts';
import { isEncrypted, type ReadableEvent } from '../events/event.ts';
import { isPassing } from '../http/chat-error.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import { type Reading, reduceHistory } from '../rooms/reduce.ts';
import type { Room } from '../rooms/room.ts';
import type { SalonList } from '../rooms/salon-list.ts';
import { compareSalons } from '../rooms/summary.ts';
import { MAX_UNREAD } from '../rooms/unread.ts';

const PAGE = 30;
const NEWEST = 10;
/** More unread messages than these hold are "99+". */
const MOST_PAGES = 5;
/** Only salons at the top of the list are looked into: the others are counted when they come up or are opened. */
const LOOKED_INTO = 20;

interface BackfillSettings {
  readonly list: SalonList;
  readonly api: Pick<RoomsApi, 'messages'>;
  readonly machine: () => Promise<Pick<CryptoMachine, 'readAll'>>;
  readonly reading: () => Reading;
  /** A message of the list's last lines can be read, which could not when it came. */
  readonly decrypted: (roomId: string, readable: ReadableEvent) => void;
  readonly trouble: (error: unknown) => void;
}

/**
 * Looks into the past of salons whose unread messages or last line can't be told from what came:
 * an answer brings the last events of a room only, and sliding sync does not count.
 */
export class Backfill {
  readonly #settings: BackfillSettings;
  readonly #queue = new Set<string>();
  /** Unreadable lines are tried once a run: later keys then find them by themselves. */
  readonly #reread = new Set<string>();
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
      if (room === null || !top.has(roomId)) continue;
      if (needsLook(room) || this.#needsReading(room)) this.#queue.add(roomId);
    }
    this.resume();
  }

  /** Keys of old messages came: the last lines that an earlier run could not read are tried again, in all salons. */
  readAgain(): void {
    this.#reread.clear();
    for (const room of this.#settings.list.rooms.values()) {
      if (this.#needsReading(room)) this.#queue.add(room.id);
    }
    this.resume();
  }

  /** Goes on where a missing line ended it. */
  resume(): void {
    if (!this.#running && !this.#stopped && this.#queue.size > 0) void this.#work();
  }

  #needsReading(room: Room): boolean {
    const unreadable = room.recent.some((one) => one.line.kind === 'unreadable');
    return room.membership === 'join' && unreadable && !this.#reread.has(room.id);
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.clear();
  }

  async #work(): Promise<void> {
    this.#running = true;
    for (const roomId of this.#queue) {
      this.#queue.delete(roomId);
      try {
        await this.#lookInto(roomId);
      } catch (error) {
        if (isPassing(error)) {
          // Without a line it waits for `resume`.
          this.#queue.add(roomId);
          break;
        }
        this.#settings.trouble(error);
      }
    }
    this.#running = false;
  }

  async #lookInto(roomId: string): Promise<void> {
    const room = this.#settings.list.get(roomId);
    if (room === null) return;
    if (this.#needsReading(room)) await this.#readLines(room);
    if (needsLook(room)) await this.#lookBack(room);
  }

  async #readLines({ id }: Room): Promise<void> {
    const { api, machine, decrypted } = this.#settings;
    const page = await api.messages(id, null, NEWEST);
    const events = await (await machine()).readAll(id, page.events);
    this.#reread.add(id);
    if (this.#stopped) return;
    for (const readable of events)
      if (readable.clear !== null && isEncrypted(readable.event)) decrypted(id, readable);
  }

  /** Goes back until it is known what is unread: however much an answer brought, the count is the same. */
  async #lookBack({ id: roomId, olderToken }: Room): Promise<void> {
    const { list, api, reading, machine } = this.#settings;
    let token = olderToken;
    for (let left = MOST_PAGES - 1; token !== null; left -= 1) {
      const page = await api.messages(roomId, token, PAGE);
      const events = await (await machine()).readAll(roomId, page.events);
      const room = list.get(roomId);
      if (room === null || this.#stopped) return;
      token = left === 0 || page.older === token ? null : page.older;
      const next = reduceHistory(room, events, reading(), token === null);
      const isEnough = next.unread.events.length >= MAX_UNREAD;
      list.set(roomId, isEnough ? { ...next, counted: true } : next);
      if (isEnough || !needsLook(next)) return;
    }
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
