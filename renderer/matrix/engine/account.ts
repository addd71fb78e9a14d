import { z } from 'zod';
import { type AccountRecord, ChatCache } from '../cache/chat-cache.ts';
import { deleteDatabases, Vault } from '../cache/vault.ts';
import { restoreDeviceKeys } from '../crypto/device-keys.ts';
import { takeOverKeys } from '../crypto/earlier-keys.ts';
import { CryptoMachine, type MachineSettings } from '../crypto/machine.ts';
import { ProtectionKeeper } from '../crypto/protection.ts';
import { ChatError, isPassing, toCommandError } from '../http/chat-error.ts';
import { decodeBase64 } from '../media/base64.ts';
import type { Connection } from '../protocol.ts';
import { toPerson } from '../rooms/person.ts';
import { ClassicSync } from '../sync/classic.ts';
import type { SyncDelta, SyncPosition } from '../sync/delta.ts';
import { SyncLoop } from '../sync/loop.ts';
import { pauseOnReturn } from '../sync/patience.ts';
import { SlidingSync } from '../sync/sliding.ts';
import type { SyncSource } from '../sync/source.ts';
import { isOfSession, storeNames } from './names.ts';
import { type AccountSettings, buildParts, type Parts } from './parts.ts';
import { Pause } from './pause.ts';
import { Saver } from './saver.ts';

/** How often what only the clock changes (calls that ended unheard) is looked at. */
const CLOCK_MS = 30_000;
const DAY_MS = 86_400_000;
/** How long the calls this device is in may be told that it leaves. */
const LEAVING_MS = 3_000;
/** How long a sign-out waits for its databases to be gone. */
const WIPING_MS = 5_000;
/**
 * How long a sign-out waits for the last message keys to be in the account's backup, with which they would be gone; the SDK
 * lets up to 10 s pass before it puts a new one there.
 */
const BACKING_UP_MS = 15_000;
const LOOK_EVERY_MS = 200;
/** How long salons from the last time have the processor to themselves. */
const AFTER_SALONS_MS = 500;

const OwnProfile = z.object({
  displayname: z.string().max(200).nullish().catch(null),
  avatar_url: z.string().startsWith('mxc://').nullish().catch(null),
});

/** One signed-in account while it runs: owns its stores, its requests and its models, and closes them. */
export class Account {
  readonly parts: Parts;
  readonly #settings: AccountSettings;
  readonly #saver: Saver;
  readonly #pause = new Pause();
  #loop: SyncLoop | null = null;
  #running: Promise<void> = Promise.resolve();
  #machine: CryptoMachine | null = null;
  #opening: Promise<CryptoMachine> | null = null;
  #protection: ProtectionKeeper | null = null;
  #position: SyncPosition | null = null;
  #complete = false;
  #deviceKnown = false;
  #stopped = false;
  /** Days that a conversation which nobody opens is kept; 0: without end. */
  #cacheDays: number;
  #clock: ReturnType<typeof setInterval> | null = null;
  /** Over when encryption may take the processor. */
  #calm: Promise<void> = Promise.resolve();
  #stopOnline: () => void = () => undefined;

  private constructor(settings: AccountSettings, cache: ChatCache) {
    this.#settings = settings;
    this.#cacheDays = settings.cacheDays;
    const trouble = (error: unknown): void => this.#trouble(error);
    this.parts = buildParts(settings, cache, {
      machine: () => this.machine(),
      machineNow: () => this.#machine,
      signedOut: () => this.#setConnection('signed-out'),
      sent: (roomId, readable) => this.parts.pipeline.sent(roomId, readable),
      roomsChanged: (roomIds) => this.#roomsChanged(roomIds),
      wait: (ms) => this.#pause.wait(ms),
      trouble,
    });
    this.#saver = new Saver({ list: this.parts.list, cache, record: () => this.#record(), trouble });
  }

  /** Opens what this PC keeps, shows it, and begins to talk to the server. Does not wait for the server. */
  static async open(settings: AccountSettings): Promise<Account> {
    const { session, ports } = settings;
    const key = decodeBase64(session.storageKey);
    const vault = await Vault.open(ports.indexedDb, storeNames(session).cache, key);
    const cache = new ChatCache(vault);
    const account = new Account(settings, cache);
    for (const { storageKey } of session.earlier)
      await cache.takeOver(decodeBase64(storageKey)).catch((error: unknown) => account.#trouble(error));
    await account.#showCached();
    account.#begin();
    return account;
  }

  async #showCached(): Promise<void> {
    const { cache, list, people, pipeline, outbox, readMarkers } = this.parts;
    const [{ account, rooms }, unsent] = await Promise.all([cache.load(), cache.unsent()]);
    for (const [userId, profile] of account?.people ?? []) people.set(userId, profile);
    pipeline.setRules(account?.pushRules ?? null);
    this.#position = account?.position ?? null;
    outbox.load(unsent);
    readMarkers.load(account?.readDue ?? []);
    list.load(rooms, account?.total ?? null);
    list.setConnection(rooms.length > 0 ? 'cached' : 'connecting');
    list.flush();
    this.#postSelf();
  }

  #begin(): void {
    const { ports, sliding } = this.#settings;
    const position = this.#position;
    const classic = (): SyncSource =>
      new ClassicSync(
        this.parts.http,
        position?.kind === 'classic' ? position : null,
        (roomId) => this.parts.list.get(roomId)?.membership === 'join',
      );
    const native = (): SyncSource =>
      new SlidingSync(this.parts.http, position?.kind === 'sliding' ? position : null);
    this.#loop = new SyncLoop({
      source: sliding && position?.kind !== 'classic' ? native() : classic(),
      fallback: classic,
      apply: (delta) => this.#apply(delta),
      connection: (connection) => this.#setConnection(connection),
      trouble: (error) => this.#trouble(error),
      wait: (ms, signal) => this.#pause.wait(ms, signal),
      now: ports.now,
      chance: ports.chance,
    });
    // Where salons are on screen already they come first, also before an answer that is there at once: loading
    // encryption takes the processor from drawing them.
    if (this.parts.list.rooms.size > 0) this.#calm = this.#pause.wait(AFTER_SALONS_MS);
    this.#stopOnline = ports.onOnline(() => void this.#comeBack());
    this.#clock = setInterval(() => this.#tick(), CLOCK_MS);
    this.#running = this.#loop.run();
    // Opened while the first answer is under way; a failure shows when the answer needs it.
    this.#quietly(this.machine());
    this.#quietly(this.#calm.then(() => this.#prune()));
    this.#readOwnProfile().catch((error: unknown) => this.#trouble(error));
  }

  /** The network is back: so it is for all the others of the building. */
  async #comeBack(): Promise<void> {
    await this.#pause.wait(pauseOnReturn(this.#settings.ports.chance()));
    this.#pause.end();
  }

  /** How this account syncs; null before it began. */
  get syncKind(): SyncSource['kind'] | null {
    return this.#loop?.kind ?? null;
  }
  /** Every salon is in the list. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#settings.ports.now();
  }

  /** Shows a salon (null: none). What is kept here is shown at once; without a line that is all. @throws ChatError */
  async openSalon(roomId: string | null): Promise<void> {
    this.#loop?.watch(roomId === null ? [] : [roomId]);
    try {
      await this.parts.conversations.open(roomId);
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }

  /** Tells the others that this person writes, and gets the key of the next message to them meanwhile. */
  async setTyping(roomId: string, typing: boolean): Promise<void> {
    const { api, ownId, list, conversations } = this.parts;
    if (list.connection !== 'live') return;
    const settings = list.get(roomId)?.encryption ?? null;
    const conversation = conversations.peek(roomId);
    if (typing && settings !== null && conversation?.state.complete) {
      await (await this.machine()).prepare(conversation.target(settings));
    }
    await api.typing(roomId, ownId, typing);
  }

  /** Encryption, opened on first use; a failed opening is tried again by the next who asks. */
  machine(): Promise<CryptoMachine> {
    if (this.#stopped) return Promise.reject(new ChatError('offline', 'stopped'));
    this.#opening ??= this.#openMachine().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #openMachine(): Promise<CryptoMachine> {
    const { ports } = this.#settings;
    await this.#calm;
    if (this.#stopped) throw new ChatError('offline', 'stopped');
    const machine = await CryptoMachine.open(this.#machineSettings());
    if (this.#stopped) {
      await machine.stop();
      throw new ChatError('offline', 'stopped');
    }
    this.#machine = machine;
    this.#quietly(takeOverKeys(machine, this.#machineSettings(), ports.indexedDb));
    return machine;
  }

  #machineSettings(): MachineSettings {
    const { session, ports } = this.#settings;
    return {
      session,
      http: this.parts.http,
      fetch: (input, init) =>
        this.parts.list.connection === 'signed-out'
          ? Promise.reject(new TypeError('the session ended'))
          : ports.fetch(input, init),
      storePrefix: storeNames(session).crypto,
      storageKey: decodeBase64(session.storageKey),
      onSignedOut: () => this.#setConnection('signed-out'),
      onDecrypted: (roomId, readable) => this.parts.pipeline.decrypted(roomId, readable),
    };
  }

  /** The steps of encryption's set-up. @throws ChatError */
  async protection(): Promise<ProtectionKeeper> {
    const machine = await this.machine();
    this.#protection ??= new ProtectionKeeper(
      { userId: this.parts.ownId, http: this.parts.http, machine },
      (snapshot) => this.#settings.ports.post({ type: 'protection', snapshot }),
    );
    return this.#protection;
  }

  async #apply(delta: SyncDelta): Promise<void> {
    const first = this.parts.list.connection !== 'live';
    // The server lost our place: it tells all salons anew, one after the other, and what we know may be old until then.
    if (delta.crypto.forgotDevices) this.parts.conversations.missAll();
    await this.parts.pipeline.apply(delta);
    this.#position = delta.position;
    this.#complete = delta.complete;
    this.#saver.ask();
    if (first) this.#cameBack();
  }

  /** The server answered, for the first time or again: what waited for it goes. */
  #cameBack(): void {
    const { outbox, readMarkers, conversations, backfill } = this.parts;
    // Who waits before trying again need not wait any longer.
    this.#pause.end();
    outbox.resume();
    backfill.resume();
    this.#quietly(readMarkers.resume());
    this.#quietly(conversations.refreshOpen());
    this.#quietly(this.#checkKeys());
  }

  #quietly(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#trouble(error));
  }

  /** Whether the server knows this device's keys (asked once a start), then how protected the account is. */
  async #checkKeys(): Promise<void> {
    const machine = await this.machine();
    if (!this.#deviceKnown) await restoreDeviceKeys(machine, this.parts.http, this.#settings.session);
    this.#deviceKnown = true;
    // Encryption asked once, when it was opened: without a line then, no key would be kept safe until the next start.
    await machine.backup.follow();
    await (await this.protection()).check();
  }

  #roomsChanged(roomIds: readonly string[]): void {
    const { backfill, calls, conversations, list } = this.parts;
    backfill.consider(roomIds);
    calls.changed();
    const openId = conversations.openId;
    if (openId === null || !roomIds.includes(openId)) return;
    if (list.connection === 'live') this.#quietly(conversations.refreshOpen());
  }

  #setConnection(connection: Connection): void {
    const { list, outbox, conversations } = this.parts;
    if (this.#stopped || list.connection === 'signed-out' || list.connection === connection) return;
    if (connection !== 'live') {
      outbox.pause();
      if (list.connection === 'live') conversations.missAll();
    }
    list.setConnection(connection);
    list.flush();
    if (connection === 'signed-out') this.#loop?.stop();
  }

  #tick(): void {
    // What could not be had (too many requests) while the line itself was there.
    if (this.parts.list.connection === 'live') {
      this.parts.backfill.resume();
      this.#quietly(this.parts.conversations.refreshOpen());
    }
    for (const room of this.parts.list.rooms.values()) {
      if (Object.keys(room.callMembers).length > 0) this.parts.list.touch(room.id);
    }
    this.parts.calls.changed();
  }

  async #readOwnProfile(): Promise<void> {
    const { http, ownId, people } = this.parts;
    const path = `/_matrix/client/v3/profile/${encodeURIComponent(ownId)}`;
    const profile = OwnProfile.safeParse(await http.json('GET', path));
    if (!profile.success) return;
    people.set(ownId, { name: profile.data.displayname ?? null, avatar: profile.data.avatar_url ?? null });
    this.#postSelf();
  }

  #postSelf(): void {
    const { ownId, people } = this.parts;
    const snapshot = toPerson({ userId: ownId, ...people.get(ownId) }, this.#settings.partners);
    this.#settings.ports.post({ type: 'self', snapshot });
  }

  #record(): AccountRecord {
    const { list, pipeline, people, readMarkers } = this.parts;
    return {
      position: this.#position,
      total: list.total,
      pushRules: pipeline.rawRules,
      people: people.entries(),
      readDue: readMarkers.due,
    };
  }

  /** What failed while nobody waited. A missing line is no trouble: the list says so. */
  #trouble(error: unknown): void {
    if (this.#stopped || isPassing(error)) return;
    const { code, detail } = toCommandError(error);
    if (code !== 'signed-out') this.#settings.ports.trouble(`${code}: ${detail}`);
  }

  /** The organisation may want old conversations off this PC: also off one whose program never ended in order. */
  #prune(): Promise<void> {
    const days = this.#cacheDays;
    const { now } = this.#settings.ports;
    return this.parts.cache.pruneTimelines(days === 0 ? null : now() - days * DAY_MS);
  }

  /** From now on a conversation that nobody opens is kept so many days; 0: without end. */
  async keepFor(days: number): Promise<void> {
    this.#cacheDays = days;
    await this.#prune();
  }

  async #backUpKeys(): Promise<void> {
    const machine = this.#machine;
    if (machine === null) return;
    const end = this.now() + BACKING_UP_MS;
    while (this.parts.list.connection === 'live' && this.now() < end) {
      if ((await machine.keysToBackUp()) === 0) return;
      await this.#pause.wait(LOOK_EVERY_MS);
    }
  }

  /** Stops everything, stores what changed and closes the stores; `wipe` then deletes them. */
  async stop(wipe: boolean): Promise<void> {
    if (this.#stopped) return;
    const { calls, backfill, conversations, list, cache, outbox } = this.parts;
    this.#loop?.stop();
    this.#stopOnline();
    if (this.#clock !== null) clearInterval(this.#clock);
    backfill.stop();
    outbox.pause();
    // A server that does not answer must not keep the program open, nor a sign-out from ending.
    await Promise.race([calls.stop(), this.#pause.wait(LEAVING_MS)]);
    if (wipe) await this.#backUpKeys().catch((error: unknown) => this.#trouble(error));
    this.#stopped = true;
    this.#pause.end();
    await this.#running;
    const machine = await this.#opening?.catch(() => null);
    await machine?.stop();
    list.stop();
    conversations.stop();
    if (!wipe) await Promise.all([this.#saver.stop(), conversations.save(), this.#prune()]);
    cache.close();
    const { session, ports } = this.#settings;
    if (!wipe) return;
    // One that is still open somewhere goes when it is closed, and main wipes the page's storage besides.
    const deleted = deleteDatabases(ports.indexedDb, (name) => isOfSession(name, session));
    await Promise.race([deleted, this.#pause.wait(WIPING_MS)]);
    this.#pause.end();
  }
}
