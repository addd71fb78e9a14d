import type { CryptoBackend } from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import type { MatrixEvent } from 'matrix-js-sdk/lib/models/event.js';
import type { Room as SdkRoom } from 'matrix-js-sdk/lib/models/room.js';
import type { RoomMember } from 'matrix-js-sdk/lib/models/room-member.js';
import type { Content, RoomEvent } from '../events/event.ts';
import type { HistoryVisibility } from '../events/state.ts';

/**
 * The SDK's crypto takes the SDK's whole Room and MatrixEvent, and reads a handful of their methods.
 * These shapes have just those, so that a thousand salons cost no thousand Room objects and the client class,
 * its sync and its call code stay out of the bundle. `sdkShape` is the one place that says so to the compiler.
 * Read in rust-crypto.ts and RoomEncryptor.ts of matrix-js-sdk 43.0.0, pinned: look again when it changes.
 */

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the SDK's type
export function sdkShape<T extends object>(shape: object): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the methods that the SDK's crypto calls are there
  return shape as T;
}

/** An event from the server, as far as decryption looks at it. */
export class ReceivedEvent {
  readonly #event: RoomEvent;
  readonly #roomId: string;
  readonly #retry: () => Promise<void>;

  /** @param retry called when the key of an event that could not be read has come. */
  constructor(roomId: string, event: RoomEvent, retry: () => Promise<void>) {
    this.#roomId = roomId;
    this.#event = event;
    this.#retry = retry;
  }

  getId(): string {
    return this.#event.id;
  }
  getRoomId(): string {
    return this.#roomId;
  }
  getSender(): string {
    return this.#event.sender;
  }
  getTs(): number {
    return this.#event.at;
  }
  getWireType(): string {
    return this.#event.type;
  }
  getWireContent(): Content {
    return this.#event.content;
  }
  getStateKey(): string | undefined {
    return this.#event.stateKey ?? undefined;
  }
  /** Membership at the time of the event: not asked of the server. */
  getMembershipAtEvent(): undefined {
    return undefined;
  }
  attemptDecryption(_crypto: CryptoBackend, _options: object): Promise<void> {
    return this.#retry();
  }

  asSdk(): MatrixEvent {
    return sdkShape<MatrixEvent>(this);
  }
}

/** A message about to be sent, as far as encryption looks at it. */
export class OutgoingEvent {
  readonly #roomId: string;
  readonly #type: string;
  readonly #content: Content;
  readonly #txnId: string;
  #encrypted: { readonly type: string; readonly content: Content } | null = null;

  constructor(roomId: string, type: string, content: Content, txnId: string) {
    this.#roomId = roomId;
    this.#type = type;
    this.#content = content;
    this.#txnId = txnId;
  }

  getRoomId(): string {
    return this.#roomId;
  }
  getType(): string {
    return this.#type;
  }
  getContent(): Content {
    return this.#content;
  }
  getTxnId(): string {
    return this.#txnId;
  }
  isState(): boolean {
    return false;
  }
  makeEncrypted(type: string, content: Content): void {
    this.#encrypted = { type, content };
  }

  /** What goes to the server; null until it was encrypted. */
  encrypted(): { readonly type: string; readonly content: Content } | null {
    return this.#encrypted;
  }
  asSdk(): MatrixEvent {
    return sdkShape<MatrixEvent>(this);
  }
}

/** Someone who gets the keys of a salon. */
export interface Recipient {
  readonly userId: string;
  readonly membership: 'join' | 'invite';
}

/** What encryption asks about a salon each time it is about to send. */
export interface EncryptionTarget {
  readonly roomId: string;
  /** Content of `m.room.encryption`. */
  readonly settings: Content;
  readonly historyVisibility: HistoryVisibility;
  /** Everyone who is in it or invited, complete. */
  readonly recipients: () => Promise<readonly Recipient[]>;
}

/** A salon, as far as encryption looks at it. */
export class EncryptedRoom {
  #target: EncryptionTarget;

  constructor(target: EncryptionTarget) {
    this.#target = target;
  }

  get roomId(): string {
    return this.#target.roomId;
  }
  update(target: EncryptionTarget): void {
    this.#target = target;
  }
  /** Read once, before the full list is known: it gets the full list by `getEncryptionTargetMembers`. */
  getJoinedMembers(): readonly Recipient[] {
    return [];
  }
  async getEncryptionTargetMembers(): Promise<readonly Recipient[]> {
    const all = await this.#target.recipients();
    return this.shouldEncryptForInvitedMembers() ? all : all.filter((one) => one.membership === 'join');
  }
  shouldEncryptForInvitedMembers(): boolean {
    return this.#target.historyVisibility !== 'joined';
  }
  getHistoryVisibility(): HistoryVisibility {
    return this.#target.historyVisibility;
  }
  /** No rule of its own for unverified devices: the account's holds. */
  getBlacklistUnverifiedDevices(): null {
    return null;
  }

  asSdk(): SdkRoom {
    return sdkShape<SdkRoom>(this);
  }
  /** The `m.room.encryption` event of this salon. */
  settingsEvent(): MatrixEvent {
    return sdkShape<MatrixEvent>({ getContent: () => this.#target.settings });
  }
}

/** A change of someone's membership, as far as encryption looks at it. */
export function membershipChange(
  roomId: string,
  userId: string,
  membership: string,
): { readonly event: MatrixEvent; readonly member: RoomMember } {
  return {
    event: sdkShape<MatrixEvent>({ getRoomId: () => roomId }),
    member: sdkShape<RoomMember>({ userId, membership }),
  };
}

const nothing = (): void => undefined;

/** The SDK's diagnostics name rooms, people and keys: they go nowhere. */
export const SILENT_LOGGER: Logger = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  getChild: () => SILENT_LOGGER,
};
