import type { PartnerRule } from '../../../preload/contract/partners.ts';
import type { Connection, SalonListPatch, SalonSummary } from '../protocol.ts';
import { KeyedDiff } from './keyed-diff.ts';
import type { People } from './people.ts';
import type { Room } from './room.ts';
import { compareSalons, summarise } from './summary.ts';
import { Throttle } from './throttle.ts';

const POST_EVERY_MS = 120;

interface ListSettings {
  readonly ownId: string;
  readonly people: People;
  readonly partners: PartnerRule;
  readonly now: () => number;
  readonly post: (patch: SalonListPatch) => void;
}

/** All salons of the account and what of them the interface has seen. */
export class SalonList {
  readonly #settings: ListSettings;
  readonly #rooms = new Map<string, Room>();
  readonly #summaries = new Map<string, SalonSummary>();
  readonly #diff = new KeyedDiff<SalonSummary>((summary) => summary.id);
  readonly #throttle: Throttle;
  /** Changed since the last patch, and since the last time all was stored. */
  readonly #unposted = new Set<string>();
  readonly #unsaved = new Set<string>();
  #connection: Connection = 'connecting';
  #total: number | null = null;
  #posted: { readonly connection: Connection; readonly total: number | null } | null = null;

  constructor(settings: ListSettings) {
    this.#settings = settings;
    this.#throttle = new Throttle(() => this.#post(), POST_EVERY_MS);
  }

  get rooms(): ReadonlyMap<string, Room> {
    return this.#rooms;
  }

  get(roomId: string): Room | null {
    return this.#rooms.get(roomId) ?? null;
  }

  /** Puts a room in, or takes it out (null). */
  set(roomId: string, room: Room | null): void {
    if (this.#rooms.get(roomId) === room) return;
    if (room === null) this.#rooms.delete(roomId);
    else this.#rooms.set(roomId, room);
    this.#unsaved.add(roomId);
    this.touch(roomId);
  }

  /** Takes over what was stored. */
  load(rooms: readonly Room[], total: number | null): void {
    for (const room of rooms) {
      this.#rooms.set(room.id, room);
      this.touch(room.id);
    }
    this.#total = total;
  }

  /** The summary may have changed without the room (a name, the time). */
  touch(roomId: string): void {
    this.#unposted.add(roomId);
    this.#throttle.ask();
  }

  setConnection(connection: Connection): void {
    this.#connection = connection;
    this.#throttle.ask();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** @param total salons in all; null: as many as are known. */
  setTotal(total: number | null): void {
    this.#total = total;
    this.#throttle.ask();
  }

  get total(): number | null {
    return this.#total;
  }

  /** What changed since the last call, to be stored. */
  takeUnsaved(): ReadonlySet<string> {
    const unsaved = new Set(this.#unsaved);
    this.#unsaved.clear();
    return unsaved;
  }

  /** What could not be stored: it belongs to the next time. */
  keepUnsaved(roomIds: ReadonlySet<string>): void {
    for (const roomId of roomIds) this.#unsaved.add(roomId);
  }

  /** Posts what is due at once. */
  flush(): void {
    this.#throttle.now();
  }

  stop(): void {
    this.#throttle.stop();
  }

  #post(): void {
    const suspects = new Set(this.#unposted);
    this.#unposted.clear();
    this.#summariseAgain(suspects);
    const sorted = [...this.#summaries.values()].toSorted(compareSalons);
    const patch = this.#diff.next(sorted, suspects);
    const total = this.#total === null ? null : Math.max(this.#total, sorted.length);
    const same = this.#posted?.connection === this.#connection && this.#posted.total === total;
    if (patch === null && same) return;
    this.#posted = { connection: this.#connection, total };
    this.#settings.post({ order: null, changed: [], ...patch, ...this.#posted });
  }

  #summariseAgain(roomIds: ReadonlySet<string>): void {
    const { ownId, people, partners, now } = this.#settings;
    const context = { ownId, people, partners, now: now() };
    for (const roomId of roomIds) {
      const room = this.#rooms.get(roomId);
      if (room === undefined || room.space) this.#summaries.delete(roomId);
      else this.#summaries.set(roomId, summarise(room, context));
    }
  }
}
