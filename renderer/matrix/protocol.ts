import type { Approval, ChatSession } from '../../preload/contract/accounts.ts';
import type { Conference } from '../../preload/contract/calls.ts';
import type { PartnerRule } from '../../preload/contract/partners.ts';
import type { FolderLink } from '../../preload/contract/values.ts';

/**
 * The words between the interface and the Matrix worker: plain, immutable data, structured-clonable, no SDK object.
 * The interface sends commands (each is answered) and gets snapshots of what it watches.
 * A snapshot replaces the last one whole. Between worker and page the two big ones travel as patches;
 * `client.ts` puts them together, and what did not change keeps its identity.
 */

/** How the chat is doing. `cached`: what is shown comes from this PC, the server was not heard yet. */
export type Connection = 'cached' | 'connecting' | 'live' | 'offline' | 'signed-out';

/** One person as a salon shows them. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  /** The organisation of a partner (from outside the metropole), null for an agent. */
  readonly partnerOf: string | null;
  readonly avatar: MediaRef | null;
}

/** A picture or file on the chat server; ask for its bytes with `media`. `key` is opaque. */
export interface MediaRef {
  readonly key: string;
  readonly mimeType: string;
  readonly size: number | null;
}

/** How far the fetch of a picture or file is, in bytes; `total` is null while nobody knows it. */
export interface MediaProgress {
  readonly key: string;
  /** As it was asked for; null: the original. */
  readonly maxPixels: number | null;
  readonly received: number;
  readonly total: number | null;
}

/** What a line of the list says without words of its own: the interface puts it in the person's language. */
export type LastLine =
  | { readonly kind: 'text'; readonly mine: boolean; readonly sender: string; readonly text: string }
  | {
      readonly kind: 'file' | 'image';
      readonly mine: boolean;
      readonly sender: string;
      readonly name: string;
    }
  | {
      readonly kind: 'call' | 'joined' | 'invited' | 'created' | 'unreadable';
      readonly mine: boolean;
      readonly sender: string;
    };

/** A call that goes on in a salon. */
export interface OngoingCall {
  readonly conference: Conference;
  /** State key of the widget event. */
  readonly widgetId: string;
  /** Names of those who are in it. */
  readonly people: readonly string[];
  readonly startedAt: number;
}

/** One line of the list of salons. */
export interface SalonSummary {
  readonly id: string;
  readonly name: string;
  readonly membership: 'joined' | 'invited';
  readonly encrypted: boolean;
  readonly pinned: boolean;
  readonly lastLine: LastLine | null;
  readonly lastAt: number;
  readonly unread: number;
  readonly mentions: number;
  readonly memberCount: number;
  readonly folder: FolderLink | null;
  readonly call: OngoingCall | null;
  readonly avatar: MediaRef | null;
}

/** The list: a window of it first, the rest as it comes. Sorted: pinned, then by last activity. */
export interface SalonListSnapshot {
  readonly connection: Connection;
  readonly salons: readonly SalonSummary[];
  /** How many there are in all; more than `salons.length` while the list widens; null while unknown. */
  readonly total: number | null;
}

export type Sending =
  | { readonly state: 'sent' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly reason: 'offline' | 'refused' | 'too-large' | 'unknown' };

/** What an item of the conversation holds. */
export type TimelineContent =
  /** `html` is what another client sent formatted, not yet cleaned: only `chat/` renders it, through DOMPurify. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly html: string | null;
      readonly notice: boolean;
      readonly cut: boolean;
    }
  | {
      readonly kind: 'image';
      readonly name: string;
      readonly media: MediaRef;
      readonly thumbnail: MediaRef | null;
      readonly width: number | null;
      readonly height: number | null;
    }
  | { readonly kind: 'file'; readonly name: string; readonly media: MediaRef }
  /** A file in the salon's folder (event key fr.traboule.file). */
  | {
      readonly kind: 'folder-file';
      readonly path: string;
      readonly fileId: string | null;
      readonly size: number;
      readonly mimeType: string;
    }
  | {
      readonly kind: 'call';
      readonly widgetId: string;
      readonly conference: Conference | null;
      readonly ended: boolean;
    }
  | {
      readonly kind: 'membership';
      readonly change: 'joined' | 'left' | 'invited' | 'removed';
      readonly who: string;
    }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'created' }
  | { readonly kind: 'deleted' }
  | {
      readonly kind: 'unreadable';
      readonly reason: 'waiting-for-key' | 'withheld' | 'before-this-device' | 'broken';
    };

export interface TimelineItem {
  /** Stable for rendering: a local echo and its event have the same. */
  readonly key: string;
  readonly eventId: string | null;
  readonly sender: Person;
  readonly mine: boolean;
  readonly at: number;
  readonly content: TimelineContent;
  readonly sending: Sending;
  readonly edited: boolean;
  /** Not encrypted although the salon is: whoever has the server could have read or written it. */
  readonly inClear: boolean;
  readonly reactions: readonly { readonly key: string; readonly count: number; readonly mine: boolean }[];
}

/** A window of a salon's conversation, oldest first. */
export interface TimelineSnapshot {
  readonly salonId: string;
  readonly items: readonly TimelineItem[];
  /** `more`: older ones can be asked for with `loadOlder`; `start`: the first is the salon's beginning. */
  readonly older: 'more' | 'loading' | 'start' | 'failed';
  /** Names of those who are writing, without this person. */
  readonly typing: readonly string[];
  /** Event id up to which this person has read, for the line "new". */
  readonly readUpTo: string | null;
}

/** What the open salon is, beyond its line in the list. */
export interface SalonDetails {
  readonly salonId: string;
  readonly members: readonly (Person & {
    readonly role: 'manager' | 'member';
    readonly membership: 'joined' | 'invited';
  })[];
  readonly topic: string;
  readonly may: { readonly write: boolean; readonly call: boolean; readonly invite: boolean };
}

/** Whether messages are readable on this device and what the person should do about it. */
export type Protection =
  | { readonly state: 'checking' }
  /** First device: make a recovery code and have it kept. */
  | { readonly state: 'needs-setup' }
  /** Another device set it up: the code (or later another device) opens the history. */
  | { readonly state: 'needs-code' }
  | { readonly state: 'ready' };

/** Someone rings us; over when `ringing` is empty again. */
export interface Ringing {
  readonly salonId: string;
  readonly salonName: string;
  readonly callerName: string;
  readonly conference: Conference;
  readonly widgetId: string;
  /** Event id of the ring: what accept and decline refer to. */
  readonly ringId: string;
  readonly peopleThere: number;
  readonly until: number;
}

/** Snapshots the worker sends by itself; timeline and details only of the salon that is open. */
export type Snapshot =
  | { readonly type: 'salons'; readonly snapshot: SalonListSnapshot }
  | { readonly type: 'timeline'; readonly snapshot: TimelineSnapshot }
  | { readonly type: 'details'; readonly snapshot: SalonDetails }
  | { readonly type: 'protection'; readonly snapshot: Protection }
  | { readonly type: 'ringing'; readonly snapshot: readonly Ringing[] }
  | {
      readonly type: 'call-answers';
      readonly snapshot: { readonly salonId: string; readonly declinedBy: readonly string[] };
    }
  /** A message that deserves a notification (rules of the account applied, never for one's own). */
  | {
      readonly type: 'notable';
      readonly snapshot: {
        readonly salonId: string;
        readonly salonName: string;
        readonly eventId: string;
        readonly senderName: string;
        readonly line: LastLine;
        readonly mention: boolean;
      };
    }
  | { readonly type: 'self'; readonly snapshot: Person }
  /** Of each fetch that lasts, a few times a second. */
  | { readonly type: 'media-progress'; readonly snapshot: MediaProgress };

/** Why a command failed; the interface has the words. */
export interface CommandError {
  readonly code:
    | 'offline'
    | 'refused'
    | 'not-found'
    | 'too-large'
    | 'wrong-code'
    /** The server wants the account's password before it takes the keys (`createRecoveryCode`). */
    | 'password-needed'
    /** It wants the person's approval in their browser, named by `approval` (`createRecoveryCode`). */
    | 'approval-needed'
    | 'signed-out'
    | 'rate-limited'
    | 'unsupported'
    | 'unknown';
  /** Safe to show and paste: an HTTP status, a Matrix errcode. */
  readonly detail: string;
  readonly approval?: Approval;
}

/** What a person may be found by in the directory. */
export interface DirectoryHit {
  readonly userId: string;
  readonly name: string;
  readonly partnerOf: string | null;
}

/** Every command with its answer. */
export interface Commands {
  /** Begins (or begins again, with a new token): cached snapshots come before the network answers. */
  start: (request: {
    readonly session: ChatSession;
    /** `sliding: false` forces classic sync; left out, the server is asked. */
    readonly serverFeatures?: { readonly sliding?: boolean };
    /** How partners are told from agents; left out: nobody is a partner. */
    readonly partners?: PartnerRule;
    /** Days that a conversation which nobody opens is kept on this PC; 0 or left out: without end. */
    readonly cacheDays?: number;
  }) => null;
  /** From now on a conversation that nobody opens is kept so many days; 0: without end. */
  keepFor: (request: { readonly days: number }) => null;
  /** Stops the client and closes its stores; `wipe` also deletes them (sign-out). */
  stop: (request: { readonly wipe: boolean }) => null;
  /** Opens a salon's conversation (null: none is open): `timeline` and `details` follow. */
  open: (request: { readonly salonId: string | null }) => null;
  loadOlder: (request: { readonly salonId: string }) => null;
  sendText: (request: {
    readonly salonId: string;
    readonly text: string;
    readonly mentions: readonly string[];
  }) => { readonly key: string };
  /**
   * The card of a file that lies in the salon's folder. Like `sendText` it is answered once it is kept on this PC.
   * `transactionId` is the same at each try, so that the server makes one message of them (Client-Server API,
   * Transaction identifiers): whoever did not hear the answer asks again.
   */
  sendFolderFile: (request: {
    readonly salonId: string;
    readonly transactionId: string;
    readonly path: string;
    readonly fileId: string | null;
    readonly size: number;
    readonly mimeType: string;
    readonly link: string | null;
  }) => { readonly key: string };
  /** Tries again; the key of a message whose edit did not go means the edit. So does `discardUnsent`. */
  resend: (request: { readonly salonId: string; readonly key: string }) => null;
  discardUnsent: (request: { readonly salonId: string; readonly key: string }) => null;
  react: (request: { readonly salonId: string; readonly eventId: string; readonly reaction: string }) => null;
  editText: (request: { readonly salonId: string; readonly eventId: string; readonly text: string }) => null;
  deleteMessage: (request: { readonly salonId: string; readonly eventId: string }) => null;
  markRead: (request: { readonly salonId: string }) => null;
  /** How many messages of all salons are not on the server yet. */
  countUnsent: (request: Readonly<Record<string, never>>) => { readonly unsent: number };
  setTyping: (request: { readonly salonId: string; readonly typing: boolean }) => null;
  setPinned: (request: { readonly salonId: string; readonly pinned: boolean }) => null;
  /** Bytes of a picture or file, decrypted; `size` asks for a thumbnail no larger than that many pixels. */
  media: (request: { readonly key: string; readonly maxPixels?: number }) => { readonly blob: Blob };
  /** Ends a fetch of `media`, which is answered with an error; one that is over stays so. */
  stopMedia: (request: { readonly key: string; readonly maxPixels?: number }) => null;
  searchDirectory: (request: { readonly term: string }) => { readonly hits: readonly DirectoryHit[] };
  createSalon: (request: {
    readonly name: string;
    readonly invite: readonly string[];
    readonly folder: FolderLink | null;
    /** Members may start calls (the right to send the widget event); else the managers only. */
    readonly membersMayCall: boolean;
    readonly creationId: string;
  }) => { readonly salonId: string };
  /** The salon that a cut-off creation left, found by its id in the room's creation content; null when there is none. */
  findCreation: (request: { readonly creationId: string }) => { readonly salonId: string | null };
  acceptInvite: (request: { readonly salonId: string }) => null;
  leave: (request: { readonly salonId: string }) => null;
  invite: (request: { readonly salonId: string; readonly userId: string }) => null;
  /** Makes a recovery code and sets encryption up; nothing is ready until `confirmRecoveryCode`. */
  createRecoveryCode: (request: {
    readonly password: string | null;
    /** The session of an approval that the person gave in their browser, after `approval-needed`. */
    readonly approved?: string;
    /** The code of the other devices is lost: it is replaced, and what only it opened stays unreadable. */
    readonly lost?: boolean;
  }) => { readonly code: string };
  /** The person typed the asked part of the code back: it was kept. */
  confirmRecoveryCode: (request: { readonly code: string }) => null;
  /** A second device reads the history with the code; `restored` messages keys came back. */
  useRecoveryCode: (request: { readonly code: string }) => { readonly restored: number };
  /** Finds or makes the salon's conference (widget event) and answers what to open. */
  prepareCall: (request: {
    readonly salonId: string;
    /** Conference domains that are allowed; the first is for a new call. */
    readonly domains: readonly string[];
    /** How the first domain lets people in (`calls.probe`); left out: without a token. */
    readonly auth?: Conference['auth'];
  }) => {
    readonly conference: Conference;
    readonly widgetId: string;
    readonly jwt: string | null;
  };
  /** Rings everyone in the salon. `text` is what other clients show, in the person's language; the link follows it. */
  ring: (request: { readonly salonId: string; readonly widgetId: string; readonly text: string }) => {
    readonly ringId: string;
  };
  stopRinging: (request: { readonly salonId: string; readonly ringId: string }) => null;
  declineCall: (request: { readonly salonId: string; readonly ringId: string }) => null;
  /** Says that we are in the call (others see who is there), renewed by the worker until `inCall: false`. */
  setInCall: (request: {
    readonly salonId: string;
    readonly widgetId: string;
    readonly inCall: boolean;
  }) => null;
}

export type CommandName = keyof Commands;
export type CommandRequest<N extends CommandName> = Parameters<Commands[N]>[0];
export type CommandAnswer<N extends CommandName> = ReturnType<Commands[N]>;

/** From the interface to the worker. */
export interface ToWorker<N extends CommandName = CommandName> {
  readonly id: number;
  readonly name: N;
  readonly request: CommandRequest<N>;
}

/** What changed in a list of things with keys: the new order (null: as before) and the things that are new or other. */
export interface KeyedPatch<T> {
  readonly order: readonly string[] | null;
  readonly changed: readonly T[];
}

/** The list of salons since the last patch. */
export interface SalonListPatch extends KeyedPatch<SalonSummary>, Omit<SalonListSnapshot, 'salons'> {}

/** The open conversation since the last patch; `fresh`: it starts anew. */
export interface TimelinePatch extends KeyedPatch<TimelineItem>, Omit<TimelineSnapshot, 'items'> {
  readonly fresh: boolean;
}

/** What the worker sends by itself. */
export type WorkerSnapshot =
  | Exclude<Snapshot, { readonly type: 'salons' | 'timeline' }>
  | { readonly type: 'salons-patch'; readonly patch: SalonListPatch }
  | { readonly type: 'timeline-patch'; readonly patch: TimelinePatch };

/** From the worker to the interface. */
export type FromWorker =
  | { readonly type: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly error: CommandError }
  | WorkerSnapshot;
