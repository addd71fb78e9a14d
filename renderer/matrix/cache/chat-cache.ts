import { z } from 'zod';
import type { Content } from '../events/event.ts';
import { type UnsentMessage, WORDLESS } from '../outbox/outbox.ts';
import type { Profile } from '../rooms/people.ts';
import { type Room, unknownRoom } from '../rooms/room.ts';
import type { SyncPosition } from '../sync/delta.ts';
import type { StoredTimeline } from '../timeline/timeline.ts';
import type { Vault, VaultChange } from './vault.ts';

/** What the account knows beside its rooms. */
export interface AccountRecord {
  readonly position: SyncPosition | null;
  readonly total: number | null;
  readonly pushRules: Content | null;
  readonly people: readonly (readonly [string, Profile])[];
  /** Read here, and the server was not told yet: event ids by salon. Missing in what older versions stored. */
  readonly readDue?: readonly (readonly [string, string])[];
}

const SHARDS = 32;
const KEPT_TIMELINES = 20;
/** Raised when a stored shape changes: older records are then left alone and the server is asked. */
const VERSION = 1;
const CATEGORY = {
  rooms: `rooms${VERSION}`,
  account: `account${VERSION}`,
  timeline: `timeline${VERSION}`,
  outbox: 'outbox',
} as const;

const WithId = z.object({ id: z.string() });
const WithTime = z.object({ savedAt: z.number(), openedAt: z.number().optional() });
const WithKey = z.object({ key: z.string(), roomId: z.string(), type: z.string() });

const Account = z.custom<AccountRecord>((value) => typeof value === 'object' && value !== null);
const Rooms = z.array(z.custom<Room>((value) => WithId.safeParse(value).success));
const Timeline = z.custom<StoredTimeline>((value) => WithTime.safeParse(value).success);
const Unsent = z.custom<UnsentMessage>((value) => WithKey.safeParse(value).success);

/** What this PC keeps of the chat: the list, recently opened conversations, and messages not sent yet. */
export class ChatCache {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /**
   * Takes over the messages that wait under an earlier key. They may be old: none goes by itself, the person sends it or
   * throws it away.
   */
  async takeOver(earlierKey: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#vault.takeOver(earlierKey, {
      [CATEGORY.outbox]: (value) => {
        const { data } = Unsent.safeParse(value);
        return data === undefined || WORDLESS.has(data.type)
          ? null
          : { ...data, failed: data.failed ?? 'unknown' };
      },
    });
  }

  /** Everything the first snapshot needs. Empty when nothing was kept. */
  async load(): Promise<{ readonly account: AccountRecord | null; readonly rooms: readonly Room[] }> {
    const [account, shards] = await Promise.all([
      this.#vault.get(CATEGORY.account, 'account'),
      this.#vault.all(CATEGORY.rooms),
    ]);
    const rooms = [...shards.values()].flatMap((shard) => {
      const parsed = Rooms.safeParse(shard);
      // A room stored by an older version lacks what was added since.
      return parsed.success ? parsed.data.map((room) => Object.assign(unknownRoom(room.id), room)) : [];
    });
    const parsed = Account.safeParse(account);
    return { account: parsed.success ? parsed.data : null, rooms };
  }

  /**
   * Writes what changed together with the position that taught it, in one transaction:
   * a later start goes on from exactly here.
   */
  async save(
    account: AccountRecord,
    rooms: ReadonlyMap<string, Room>,
    dirty: ReadonlySet<string>,
  ): Promise<void> {
    const changed = new Set([...dirty].map(shardOf));
    const shards = new Map<number, Room[]>([...changed].map((shard) => [shard, []]));
    for (const room of rooms.values()) shards.get(shardOf(room.id))?.push(room);
    const changes: VaultChange[] = [...shards].map(([shard, content]) => ({
      category: CATEGORY.rooms,
      name: String(shard),
      value: content,
    }));
    await this.#vault.write([...changes, { category: CATEGORY.account, name: 'account', value: account }]);
  }

  async timeline(roomId: string): Promise<StoredTimeline | null> {
    const parsed = Timeline.safeParse(await this.#vault.get(CATEGORY.timeline, roomId));
    return parsed.success ? parsed.data : null;
  }

  async saveTimeline(roomId: string, timeline: StoredTimeline): Promise<void> {
    await this.#vault.write([{ category: CATEGORY.timeline, name: roomId, value: timeline }]);
  }

  /** Keeps those that were opened last only, and of these none that nobody opened since a time (milliseconds since 1970). */
  async pruneTimelines(before: number | null): Promise<void> {
    const all = [...(await this.#vault.all(CATEGORY.timeline))].flatMap(([name, value]) => {
      const parsed = Timeline.safeParse(value);
      return parsed.success ? [{ name, openedAt: parsed.data.openedAt ?? parsed.data.savedAt }] : [];
    });
    const old = all
      .toSorted((a, b) => b.openedAt - a.openedAt)
      .filter(({ openedAt }, index) => index >= KEPT_TIMELINES || (before !== null && openedAt < before));
    await this.#vault.write(old.map(({ name }) => ({ category: CATEGORY.timeline, name, value: null })));
  }

  async unsent(): Promise<readonly UnsentMessage[]> {
    const all = [...(await this.#vault.all(CATEGORY.outbox)).values()].flatMap((value) => {
      const parsed = Unsent.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    });
    return all.toSorted((a, b) => a.at - b.at);
  }

  /** On the disk when it ends: nobody else has these words. */
  async saveUnsent(message: UnsentMessage): Promise<void> {
    await this.#vault.write([{ category: CATEGORY.outbox, name: message.key, value: message }], 'strict');
  }

  /** On the disk when it ends: what comes back after a power cut would go again, and a server forgets in a day that it has it. */
  async dropUnsent(key: string): Promise<void> {
    await this.#vault.write([{ category: CATEGORY.outbox, name: key, value: null }], 'strict');
  }

  close(): void {
    this.#vault.close();
  }
}

function shardOf(roomId: string): number {
  let hash = 0;
  for (let index = 0; index < roomId.length; index += 1) hash = (hash * 31 + roomId.charCodeAt(index)) >>> 0;
  return hash % SHARDS;
}
