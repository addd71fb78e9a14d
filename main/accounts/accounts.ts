import type {
  AccountList,
  AccountState,
  ChatOffer,
  ChatSession,
  Discovery,
  Looks,
  PageStorage,
} from '../../preload/contract/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { type Account, type AccountBook, type Held, homeOf, stateOf, userOf } from './account.ts';
import { throwUnlessAllowed } from './allowed-servers.ts';
import { askForOffer, discover, type KnownServers } from './discover.ts';
import { freshHeld, HeldAccounts } from './held-accounts.ts';
import { type MatrixSession, type Proof, signInToMatrix, signOutOfMatrix } from './matrix.ts';
import { type FilesGrant, fetchUserId, revokeGrant } from './nextcloud.ts';
import { chatSessionOf, listedOf, pageStorageOf } from './page-secrets.ts';
import type { SecretStore } from './secret-store.ts';

/** What accounts work with. */
export interface AccountParts {
  readonly http: Http;
  readonly secrets: SecretStore;
  readonly book: Kept<AccountBook>;
  readonly known: KnownServers;
  /** Whether a person may have more than one account here; asked anew each time. */
  readonly mayAdd: () => boolean;
  /** What the person's lists of devices call this one. */
  readonly deviceName: string;
  /** Clears all that the page keeps on this PC: caches, message keys, drafts, of every account. */
  readonly wipePage: () => Promise<void>;
  /** Clears what conferences and services keep for one account, by the name of its stores. */
  readonly wipeVisited: (stores: string) => Promise<void>;
  readonly log: Log;
}

/** How to reach the person's files. */
export interface FilesAccess extends FilesGrant {
  readonly userId: string;
}

/** One of the accounts, for what belongs to it while it is kept. */
export interface OneAccount {
  readonly id: string;
  /** Names its home, the folder of what is known of its files. */
  readonly home: string;
  /** Its Matrix id, or its name at the file server: what tells it from the others. */
  readonly user: string;
  /** What is needed to reach its files; null when nobody is signed in there or the session expired. */
  readonly filesAccess: () => FilesAccess | null;
  /** Its Matrix id, null when it has no chat. */
  readonly chatUser: () => string | null;
  /** The file server knows the app password no more. */
  readonly filesExpired: () => Promise<void>;
}

/** For whom something was begun: the account that was shown, or one that is not there yet. */
interface Target {
  readonly id: string | null;
  readonly visit: number;
}

/** The accounts of this PC, one of them shown: signing in and out, and their secrets for those who need them. */
export class Accounts {
  readonly #parts: AccountParts;
  readonly #accounts: HeldAccounts;
  readonly #listeners = new Set<(state: AccountState) => void>();
  readonly #anyListeners = new Set<(id: string) => void>();
  readonly #visitListeners = new Set<() => void>();
  #changes: Promise<unknown> = Promise.resolve();
  /** Counts how often another account was shown: what was begun for the one before is not for the next. */
  #visit = 0;

  private constructor(parts: AccountParts, accounts: HeldAccounts) {
    this.#parts = parts;
    this.#accounts = accounts;
  }

  /** Takes up the accounts of the last time; without any, what the page kept is wiped. */
  static async open(parts: AccountParts): Promise<Accounts> {
    return new Accounts(parts, await HeldAccounts.open(parts));
  }

  /** Who is signed in to what in the account that is shown, without secrets. */
  state(): AccountState {
    return stateOf(this.#accounts.shown, this.#accounts.keeping);
  }

  /** All accounts of this PC, for who chooses among them. */
  list(): AccountList {
    return {
      accounts: this.#accounts.all.map((held) => listedOf(held, this.#accounts)),
      mayAdd: this.#parts.mayAdd(),
      isWhole: this.#accounts.isWhole,
    };
  }

  /** Each account, for what lives as long as it is kept. */
  all(): readonly OneAccount[] {
    return this.#accounts.all.map(({ account }) => this.#one(account));
  }

  /** Addresses of the file servers of all accounts, also of those who have to sign in there again. */
  readonly filesServers = (): readonly string[] =>
    this.#accounts.all.flatMap(({ account }) => account.files?.serverUrl ?? []);

  #one(account: Account): OneAccount {
    const { id } = account;
    return {
      id,
      home: homeOf(account),
      user: userOf(account),
      filesAccess: () => accessOf(this.#accounts.get(id)),
      chatUser: () => this.#accounts.get(id)?.account.chat?.userId ?? null,
      filesExpired: () => this.#expire(id, 'appPassword'),
    };
  }

  /** Tells of every change of what is shown; answers the way to stop. */
  onChange(listener: (state: AccountState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells which account came, changed or went; answers the way to stop. */
  onAnyChange(listener: (id: string) => void): () => void {
    this.#anyListeners.add(listener);
    return () => this.#anyListeners.delete(listener);
  }

  /** The chat server of the account that is shown, null when it has none. */
  chatServer(): string | null {
    return this.#accounts.shown?.account.chat?.serverUrl ?? null;
  }

  /** How to reach the files of the account that is shown; null when nobody is signed in there or the session expired. */
  filesAccess(): FilesAccess | null {
    return accessOf(this.#accounts.shown);
  }

  /** What the chat's worker starts with. Throws `not-signed-in.chat`. */
  chatSession(): ChatSession {
    return chatSessionOf(this.#accounts);
  }

  /** What the page keeps words with that are not sent yet, also once a session expired. Throws `not-signed-in.chat`. */
  pageStorage(): PageStorage {
    return pageStorageOf(this.#accounts);
  }

  /** Shows another account. Throws `not-found.account`. */
  async show(id: string): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#accounts.get(id)) throw new AppError('not-found.account');
      await this.#visitAnother(id);
    });
  }

  /** Shows the sign-in page of one more account. Throws `forbidden.setting` where the administrator does not allow that. */
  async add(): Promise<void> {
    await this.#inTurn(async () => {
      this.#throwUnlessMayAdd();
      await this.#visitAnother(null);
    });
  }

  /** Tells that another account is shown, or the sign-in page of one more; answers the way to stop. */
  onVisit(listener: () => void): () => void {
    this.#visitListeners.add(listener);
    return () => this.#visitListeners.delete(listener);
  }

  /** A chat said what its person is called, and their picture. */
  async introduce(looks: Looks): Promise<void> {
    await this.#inTurn(async () => {
      const held = this.#accounts.introduced(looks);
      if (held) await this.#keep(held);
    });
  }

  /** Finds the servers of a typed address. */
  discover(address: string, signal: AbortSignal): Promise<Discovery> {
    return discover(this.#parts.http, address, this.#parts.known, signal);
  }

  /** What the chat server of the account that is shown asks for now. Throws `not-signed-in.chat` where there is none. */
  async chatOffer(signal: AbortSignal): Promise<ChatOffer> {
    const { chat = null } = this.#accounts.shown?.account ?? {};
    if (!chat) throw new AppError('not-signed-in.chat');
    const { http, known } = this.#parts;
    return askForOffer(http, { serverUrl: chat.serverUrl, user: chat.userId }, known.policy, signal);
  }

  /**
   * Signs in to the chat. The same person again keeps device and stores. Throws `wrong-password` and other errors of the
   * contract; another person than before is `refused.person`: sign out first. One who is here in another account is
   * `in-use.account`. Answers who it is, for they may be called otherwise than they typed.
   */
  async signInChat(
    { serverUrl, proof }: { serverUrl: string; proof: Proof },
    signal?: AbortSignal,
  ): Promise<{ user: string; account: AccountState }> {
    const { http, known, deviceName } = this.#parts;
    this.checkServer('chat', serverUrl);
    if (proof.by === 'password' && known.policy.passwordSignIn === false)
      throw new AppError('forbidden.password');
    const target = this.#target();
    await this.#reopen(target);
    const { account, lost } = this.#heldFor(target) ?? {};
    const before = account?.chat ?? null;
    const isSameDevice = before?.serverUrl === serverUrl && lost === 'nothing';
    const device = isSameDevice ? { deviceName, deviceId: before.deviceId } : { deviceName };
    const session = await signInToMatrix(http, { serverUrl, proof, ...device }, signal);
    try {
      await this.#hold(target, (held) => this.#withChat(held, serverUrl, session));
    } catch (error) {
      // Only a refused session is ended: ending one of this device would make the server forget the device.
      if (error instanceof AppError)
        await this.#attempt('chat', signOutOfMatrix(http, serverUrl, session.accessToken));
      throw error;
    }
    return { user: session.userId, account: this.state() };
  }

  #withChat(held: Held, serverUrl: string, { userId, deviceId, accessToken }: MatrixSession): Held {
    const known = held.account.chat?.userId ?? userId;
    if (known !== userId) throw new AppError('refused.person', { user: known, came: userId });
    this.#throwIfElsewhere(held, ({ chat }) => chat?.userId === userId);
    return {
      ...held,
      account: { ...held.account, chat: { serverUrl, userId, deviceId } },
      secrets: { ...held.secrets, accessToken, deviceId },
      lost: 'nothing',
    };
  }

  /**
   * Takes a grant of the file server into the account that is shown. One that can't be taken, or not any more (`signal`), is given back.
   */
  async signInFiles(grant: FilesGrant, signal: AbortSignal): Promise<void> {
    const { http } = this.#parts;
    const target = this.#target();
    await this.#reopen(target);
    const before = this.filesAccess();
    try {
      const userId = await fetchUserId(http, grant, signal);
      await this.#hold(target, (held) => {
        if (signal.aborted) throw new AppError('cancelled.request');
        const { serverUrl, loginName, appPassword } = grant;
        const files = { serverUrl, userId, loginName };
        this.#throwIfElsewhere(
          held,
          (other) => other.files?.serverUrl === serverUrl && other.files.userId === userId,
        );
        return { ...held, account: { ...held.account, files }, secrets: { ...held.secrets, appPassword } };
      });
    } catch (error) {
      await this.#attempt('files', revokeGrant(http, grant));
      throw error;
    }
    if (before) await this.#attempt('files', revokeGrant(http, before));
  }

  /** Throws where this server may not be signed in to, as `throwUnlessAllowed` does. */
  checkServer(service: 'chat' | 'files', serverUrl: string): void {
    throwUnlessAllowed(service, serverUrl, this.#parts.known);
  }

  /** The chat server knows the session of the account that is shown no more. */
  async chatExpired(): Promise<void> {
    const id = this.#accounts.shown?.account.id;
    if (id !== undefined) await this.#expire(id, 'accessToken');
  }

  /**
   * Signs out of the account that is shown, and of no other: ends both sessions at their servers, wipes its secrets and
   * caches on this PC, leaves its folder alone. Answers whether both servers confirmed. Each step is taken whatever becomes
   * of the others; throws what failed here.
   */
  signOut(): Promise<{ revoked: boolean }> {
    const target = this.#target();
    return this.#inTurn(async () => {
      const held = this.#heldFor(target);
      if (!held) return { revoked: true };
      this.#visit += 1;
      const failed = await this.#accounts.forget(held.account.id);
      this.#tell(held.account.id);
      const revoked = await this.#endSessions(held);
      await this.#accounts.wipe(held.account.stores);
      for (const problem of failed) throw problem;
      return { revoked };
    });
  }

  async #endSessions(held: Held): Promise<boolean> {
    const { http } = this.#parts;
    const { account, secrets } = held;
    const files = accessOf(held);
    const ended = await Promise.all([
      account.chat && secrets.accessToken
        ? this.#attempt('chat', signOutOfMatrix(http, account.chat.serverUrl, secrets.accessToken))
        : true,
      files ? this.#attempt('files', revokeGrant(http, files)) : true,
    ]);
    return ended.every(Boolean);
  }

  async #expire(id: string, secret: 'accessToken' | 'appPassword'): Promise<void> {
    await this.#inTurn(async () => {
      const held = this.#accounts.get(id);
      if (held?.secrets[secret]) await this.#keep({ ...held, secrets: { ...held.secrets, [secret]: null } });
    });
  }

  #target(): Target {
    return { id: this.#accounts.shown?.account.id ?? null, visit: this.#visit };
  }

  /** The account for which something was begun, or the one that came of it since; null when it is gone. */
  #heldFor({ id, visit }: Target): Held | null {
    if (id !== null) return this.#accounts.get(id);
    return visit === this.#visit ? this.#accounts.shown : null;
  }

  /**
   * Changes the account for which something was begun, whichever is shown by now: a server that gave a session a new secret
   * takes the old one no more. One that was not there yet is made, unless the person went elsewhere meanwhile.
   */
  #hold(target: Target, change: (held: Held) => Held): Promise<void> {
    return this.#inTurn(async () => {
      const held = this.#heldFor(target);
      const isOver = target.id === null ? target.visit !== this.#visit : !held;
      if (isOver) throw new AppError('cancelled.request');
      if (!held && this.#accounts.all.length > 0) this.#throwUnlessMayAdd();
      await this.#keep(change(held ?? freshHeld()));
    });
  }

  /** A key store that was locked at the start may be open by now: whoever signs in then has everything of before. */
  #reopen({ id }: Target): Promise<void> {
    return this.#inTurn(async () => {
      if (id !== null && (await this.#accounts.reopen(id))) this.#tell(id);
    });
  }

  #throwUnlessMayAdd(): void {
    if (!this.#parts.mayAdd()) throw new AppError('forbidden.setting', { setting: 'mayAddAccount' });
  }

  /** Two accounts of one person would be twice at work on the same things. */
  #throwIfElsewhere(held: Held, isSame: (account: Account) => boolean): void {
    const other = this.#accounts.all.find(({ account }) => account.id !== held.account.id && isSame(account));
    if (other) throw new AppError('in-use.account');
  }

  /** One change after the other: two that end together must not undo each other, and nothing outlives a sign-out. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined); // who asked for this change hears of it; the next starts afresh
    return done;
  }

  async #keep(held: Held): Promise<void> {
    await this.#accounts.put(held);
    this.#tell(held.account.id);
  }

  async #visitAnother(id: string | null): Promise<void> {
    this.#visit += 1;
    await this.#accounts.show(id);
    for (const listener of this.#visitListeners) listener();
  }

  #tell(changed: string): void {
    for (const listener of this.#anyListeners) listener(changed);
    for (const listener of this.#listeners) listener(this.state());
  }

  /** What may fail without harm: the server can't be told now, and the person is told so. */
  async #attempt(service: string, ending: Promise<boolean>): Promise<boolean> {
    try {
      return await ending;
    } catch (error) {
      this.#parts.log.warn('accounts.not-revoked', { service }, error);
      return false;
    }
  }
}

function accessOf(held: Held | null): FilesAccess | null {
  const { account, secrets } = held ?? {};
  if (!account?.files || !secrets?.appPassword) return null;
  return { ...account.files, appPassword: secrets.appPassword };
}
