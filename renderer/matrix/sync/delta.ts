import type { BareEvent, Content, RoomEvent } from '../events/event.ts';

/** Someone a room without a name is named after (Client-Server API, Calculating the display name for a room). */
export interface Hero {
  readonly userId: string;
  readonly name: string | null;
}

/** What a server's answer says about one room, the same words for sliding and classic sync. */
export interface RoomDelta {
  readonly roomId: string;
  /** The room is new to this device: state and timeline stand for themselves. */
  readonly initial: boolean;
  /** Null: unchanged, or told by the state. */
  readonly membership: 'join' | 'invite' | 'leave' | null;
  readonly state: readonly RoomEvent[];
  /** Oldest first. The last `live` of them happened since the last answer, the others are history. */
  readonly timeline: readonly RoomEvent[];
  readonly live: number;
  /** Events are missing between what was known and the first of `timeline`. */
  readonly gap: boolean;
  /** From where older events can be asked for. */
  readonly olderToken: string | null;
  /** Of an invitation, whose state has no ids. */
  readonly stripped: readonly BareEvent[];
  readonly heroes: readonly Hero[] | null;
  readonly joinedCount: number | null;
  readonly invitedCount: number | null;
  /** Room account data: tags, the fully-read marker. */
  readonly accountData: readonly BareEvent[];
  /** Content of `m.receipt`, null when there is none. */
  readonly receipts: Content | null;
  /** Who is typing; null: unchanged. */
  readonly typing: readonly string[] | null;
}

/** What encryption must learn of an answer, before any of its events is decrypted. */
export interface CryptoDelta {
  readonly toDevice: readonly unknown[];
  readonly deviceLists: { readonly changed: readonly string[]; readonly left: readonly string[] };
  readonly oneTimeKeys: Readonly<Record<string, number>>;
  readonly fallbackKeys: readonly string[] | null;
  /** Sliding sync leaves out what did not change; classic sync means none. */
  readonly sliding: boolean;
  /** Changes of device lists were lost: ask for all again. */
  readonly forgotDevices: boolean;
}

/** One answer of the server. */
export interface SyncDelta {
  readonly rooms: readonly RoomDelta[];
  readonly accountData: readonly BareEvent[];
  readonly crypto: CryptoDelta;
  /** All salons of the account, when the server counts them. */
  readonly total: number | null;
  /** Every salon is in the list now. */
  readonly complete: boolean;
  /**
   * All rooms of the account, once a sync that began anew has told the last of them: what else is known here was
   * left meanwhile. Null otherwise.
   */
  readonly whole: ReadonlySet<string> | null;
  /** Stored with what this answer taught: a later start goes on from here. */
  readonly position: SyncPosition;
}

/** Where a sync goes on after a restart. */
export type SyncPosition =
  | {
      readonly kind: 'sliding';
      readonly pos: string;
      readonly toDevice: string | null;
      /** How wide the list is. */
      readonly width: number;
    }
  | { readonly kind: 'classic'; readonly since: string };

/** An empty change of a room, to be filled in. */
export function emptyRoomDelta(roomId: string): RoomDelta {
  return {
    roomId,
    initial: false,
    membership: null,
    state: [],
    timeline: [],
    live: 0,
    gap: false,
    olderToken: null,
    stripped: [],
    heroes: null,
    joinedCount: null,
    invitedCount: null,
    accountData: [],
    receipts: null,
    typing: null,
  };
}
