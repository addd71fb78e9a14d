import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import {
  HttpApiEvent,
  type HttpApiEventHandlerMap,
  MatrixHttpApi,
} from 'matrix-js-sdk/lib/http-api/index.js';
import { TypedEventEmitter } from 'matrix-js-sdk/lib/models/typed-event-emitter.js';
import { initRustCrypto } from 'matrix-js-sdk/lib/rust-crypto/index.js';
import type { RustCrypto } from 'matrix-js-sdk/lib/rust-crypto/rust-crypto.js';
import { z } from 'zod';
import type { ChatSession } from '../../../preload/contract/accounts.ts';
import {
  asReadable,
  type Content,
  isEncrypted,
  type ReadableEvent,
  type RoomEvent,
  type Unreadable,
} from '../events/event.ts';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import type { CryptoDelta } from '../sync/delta.ts';
import { ServerAccountData } from './account-data.ts';
import { KeyBackup } from './key-backup.ts';
import { LateKeys } from './late-keys.ts';
import { SecretStorage } from './secret-storage.ts';
import {
  EncryptedRoom,
  type EncryptionTarget,
  membershipChange,
  OutgoingEvent,
  ReceivedEvent,
  SILENT_LOGGER,
} from './shapes.ts';

/** What the machine needs of its surroundings. */
export interface MachineSettings {
  readonly session: ChatSession;
  readonly http: ChatHttp;
  readonly fetch: typeof fetch;
  readonly storePrefix: string;
  readonly storageKey: Uint8Array;
  readonly onSignedOut: () => void;
  /** An event that could not be read before can be now. */
  readonly onDecrypted: (roomId: string, readable: ReadableEvent) => void;
}

/** The key of secret storage, known only while a code is made or used. */
export interface SecretKeyHolder {
  keyId: string | null;
  key: Uint8Array<ArrayBuffer> | null;
}

const ClearEvent = z.object({ type: z.string(), content: z.record(z.string(), z.unknown()).catch({}) });

/** Encryption and decryption of this device: the SDK's rust crypto with its store, without the SDK's client. */
export class CryptoMachine {
  readonly rust: RustCrypto;
  readonly secrets: SecretStorage;
  readonly backup: KeyBackup;
  readonly secretKey: SecretKeyHolder;
  readonly #sdkHttp: MatrixHttpApi<{ baseUrl: string; prefix: string; onlyData: true }>;
  /** Cut when the machine is closed: the SDK asks for nothing more. */
  readonly #line: AbortController;
  readonly #onDecrypted: MachineSettings['onDecrypted'];
  readonly #rooms = new Map<string, { readonly room: EncryptedRoom; readonly ready: Promise<void> }>();
  readonly #waiting = new Map<string, ReceivedEvent>();
  readonly #lateKeys = new LateKeys((roomId, event) => this.#retry(roomId, event));
  /** Salons someone left since the last message: the next one takes a new key. */
  readonly #leftSince = new Set<string>();
  #stopped = false;

  private constructor(
    parts: {
      readonly rust: RustCrypto;
      readonly secrets: SecretStorage;
      readonly backup: KeyBackup;
      readonly secretKey: SecretKeyHolder;
      readonly http: MatrixHttpApi<{ baseUrl: string; prefix: string; onlyData: true }>;
      readonly line: AbortController;
    },
    onDecrypted: MachineSettings['onDecrypted'],
  ) {
    this.rust = parts.rust;
    this.secrets = parts.secrets;
    this.backup = parts.backup;
    this.secretKey = parts.secretKey;
    this.#sdkHttp = parts.http;
    this.#line = parts.line;
    this.#onDecrypted = onDecrypted;
  }

  /** Opens the crypto store (one owner at a time: two would corrupt it) and builds the machine. */
  static async open(settings: MachineSettings): Promise<CryptoMachine> {
    const { session } = settings;
    const line = new AbortController();
    const http = sdkHttp(settings, line.signal);
    const secretKey: SecretKeyHolder = { keyId: null, key: null };
    const secrets = new SecretStorage(new ServerAccountData(settings.http, session.userId).asSdk(), {
      getSecretStorageKey: ({ keys }) => Promise.resolve(chooseKey(secretKey, Object.keys(keys))),
    });
    const rust = await initRustCrypto({
      logger: SILENT_LOGGER,
      http,
      userId: session.userId,
      deviceId: session.deviceId,
      secretStorage: secrets,
      cryptoCallbacks: {
        cacheSecretStorageKey: (keyId, _info, key) => {
          secretKey.keyId = keyId;
          secretKey.key = new Uint8Array(key);
        },
      },
      storePrefix: settings.storePrefix,
      storeKey: settings.storageKey,
    });
    const backup = await KeyBackup.open(rust);
    return new CryptoMachine({ rust, secrets, backup, secretKey, http, line }, settings.onDecrypted);
  }

  /** Takes in what an answer says to encryption. Must end before the answer's events are decrypted. */
  async receive(delta: CryptoDelta): Promise<void> {
    if (delta.forgotDevices) await this.rust.markAllTrackedUsersAsDirty();
    await this.rust.processSyncChanges({
      toDeviceEvents: z.array(z.custom<ToDevice>()).parse(delta.toDevice),
      deviceLists: { changed: [...delta.deviceLists.changed], left: [...delta.deviceLists.left] },
      oneTimeKeysCounts: { ...delta.oneTimeKeys },
      ...(delta.fallbackKeys === null ? {} : { unusedFallbackKeys: [...delta.fallbackKeys] }),
      useMsc4186: delta.sliding,
    });
    this.rust.onSyncCompleted({});
  }

  /** The event as far as it can be read now; when its key comes later, `onDecrypted` is called. */
  async read(roomId: string, event: RoomEvent): Promise<ReadableEvent> {
    if (!isEncrypted(event)) return asReadable(event);
    const received =
      this.#waiting.get(event.id) ?? new ReceivedEvent(roomId, event, () => this.#retry(roomId, event));
    try {
      const { clearEvent } = await this.rust.decryptEvent(received.asSdk());
      this.#waiting.delete(event.id);
      this.#lateKeys.forget(event.id);
      return { event, clear: ClearEvent.parse(clearEvent), unreadable: null };
    } catch (error) {
      this.#waiting.set(event.id, received);
      if (!this.#stopped) this.#lateKeys.expect(roomId, event);
      return { event, clear: null, unreadable: reasonOf(error) };
    }
  }

  /** Many events at once, as far as they can be read when the last of them was looked at. */
  async readAll(roomId: string, events: readonly RoomEvent[]): Promise<readonly ReadableEvent[]> {
    let all = await Promise.all(events.map((event) => this.read(roomId, event)));
    // The key of one may come while the others are looked at: its `onDecrypted` went where nobody knew the event yet.
    const isLate = ({ event, clear }: ReadableEvent): boolean =>
      clear === null && !this.#waiting.has(event.id);
    while (!this.#stopped && all.some(isLate)) {
      all = await Promise.all(
        all.map(async (one) => (isLate(one) ? await this.read(roomId, one.event) : one)),
      );
    }
    return all;
  }

  async #retry(roomId: string, event: RoomEvent): Promise<void> {
    if (this.#stopped) return;
    const readable = await this.read(roomId, event);
    if (readable.clear !== null) this.#onDecrypted(roomId, readable);
  }

  /** Encrypts a message for everyone who may read it. @throws ChatError when its key could not be shared. */
  async encrypt(
    target: EncryptionTarget,
    message: { readonly type: string; readonly content: Content; readonly txnId: string },
  ): Promise<{ readonly type: string; readonly content: Content }> {
    try {
      return await this.#encrypt(target, message);
    } catch (cause) {
      // A machine that is being closed fails in many words: the message waits for the next start.
      if (this.#stopped) throw new ChatError('offline', 'stopped', { cause });
      throw cause;
    }
  }

  async #encrypt(
    target: EncryptionTarget,
    message: { readonly type: string; readonly content: Content; readonly txnId: string },
  ): Promise<{ readonly type: string; readonly content: Content }> {
    const room = await this.#room(target);
    if (this.#leftSince.delete(target.roomId)) await this.rust.forceDiscardSession(target.roomId);
    const outgoing = new OutgoingEvent(target.roomId, message.type, message.content, message.txnId);
    await this.rust.encryptEvent(outgoing.asSdk(), room.asSdk());
    const encrypted = outgoing.encrypted();
    if (encrypted === null) throw new ChatError('refused', 'not encrypted');
    return encrypted;
  }

  /** Shares the key of the next message while the person types it. */
  async prepare(target: EncryptionTarget): Promise<void> {
    this.rust.prepareToEncrypt((await this.#room(target)).asSdk());
  }

  async #room(target: EncryptionTarget): Promise<EncryptedRoom> {
    const known = this.#rooms.get(target.roomId) ?? this.#newRoom(target);
    known.room.update(target);
    await known.ready;
    return known.room;
  }

  /** One for each salon: encryption keeps the first it gets, and asks that one who is there. */
  #newRoom(target: EncryptionTarget): { readonly room: EncryptedRoom; readonly ready: Promise<void> } {
    const room = new EncryptedRoom(target);
    const ready = this.rust.onCryptoEvent(room.asSdk(), room.settingsEvent()).catch((error: unknown) => {
      this.#rooms.delete(target.roomId);
      throw error;
    });
    const known = { room, ready };
    this.#rooms.set(target.roomId, known);
    return known;
  }

  /** Whether this device once knew the salon as encrypted: a server that forgets it must not get clear text. */
  wasEncrypted(roomId: string): Promise<boolean> {
    return this.rust.isEncryptionEnabledInRoom(roomId);
  }

  /** Someone came or went: who leaves must not read what follows. */
  memberChanged(roomId: string, userId: string, membership: string): void {
    const { event, member } = membershipChange(roomId, userId, membership);
    this.rust.onRoomMembership(event, member);
    if (membership !== 'join' && membership !== 'invite') this.#leftSince.add(roomId);
  }

  /** How many message keys are on their way into the account's backup; 0 where it has none. */
  async keysToBackUp(): Promise<number> {
    if ((await this.rust.getActiveSessionBackupVersion()) === null) return 0;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK tells of it in events only, and late
    const { olmMachine } = this.rust as unknown as { readonly olmMachine: KeyCounter };
    const { total, backedUp } = await olmMachine.roomKeyCounts();
    return total - backedUp;
  }

  /** The object with this device's signature (Appendices, Signing JSON). */
  async signed<T extends object>(object: T): Promise<T> {
    const copy = { ...object };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK keeps its signer to itself, and has no other
    await (this.rust as unknown as { signObject(object: object): Promise<void> }).signObject(copy);
    return copy;
  }

  /**
   * Closes the store, after the look at the key backup that the SDK takes by itself: it breaks on a closed one. Asking
   * for a look joins the one under way, or begins one that ends at once, as the line is cut. Safe to call twice.
   */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#line.abort();
    this.#sdkHttp.abort();
    this.#waiting.clear();
    this.#lateKeys.stop();
    await this.rust.checkKeyBackupAndEnable().catch(() => null);
    this.rust.stop();
  }
}

/** The part of the SDK's machine that counts. */
interface KeyCounter {
  roomKeyCounts(): Promise<{ readonly total: number; readonly backedUp: number }>;
}

type ToDevice = Parameters<RustCrypto['processSyncChanges']>[0]['toDeviceEvents'][number];

function sdkHttp(
  settings: MachineSettings,
  line: AbortSignal,
): MatrixHttpApi<{ baseUrl: string; prefix: string; onlyData: true }> {
  const emitter = new TypedEventEmitter<HttpApiEvent, HttpApiEventHandlerMap>();
  emitter.on(HttpApiEvent.SessionLoggedOut, settings.onSignedOut);
  return new MatrixHttpApi(emitter, {
    baseUrl: settings.session.serverUrl,
    prefix: '/_matrix/client/v3',
    accessToken: settings.session.accessToken,
    fetchFn: (resource: URL | RequestInfo, options?: RequestInit) =>
      line.aborted ? Promise.reject(new TypeError('closed')) : settings.fetch(resource, options),
    onlyData: true,
    localTimeoutMs: 60_000,
  });
}

function chooseKey(
  holder: SecretKeyHolder,
  wanted: readonly string[],
): [string, Uint8Array<ArrayBuffer>] | null {
  const { keyId, key } = holder;
  return keyId !== null && key !== null && wanted.includes(keyId) ? [keyId, key] : null;
}

const CodeHolder = z.object({ code: z.string() });

const BEFORE_THIS_DEVICE: ReadonlySet<string> = new Set([
  DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP,
  DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED,
  DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP,
  DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED,
]);
const WAITING: ReadonlySet<string> = new Set([
  DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID,
  DecryptionFailureCode.OLM_UNKNOWN_MESSAGE_INDEX,
]);
/** The sender said that the key will not come. */
const WITHHELD: ReadonlySet<string> = new Set([
  DecryptionFailureCode.MEGOLM_KEY_WITHHELD,
  DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE,
]);

function reasonOf(error: unknown): Unreadable {
  const parsed = CodeHolder.safeParse(error);
  const code = parsed.success ? parsed.data.code : '';
  if (BEFORE_THIS_DEVICE.has(code)) return 'before-this-device';
  if (WITHHELD.has(code)) return 'withheld';
  return WAITING.has(code) ? 'waiting-for-key' : 'broken';
}
