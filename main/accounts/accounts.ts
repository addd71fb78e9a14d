import { randomBytes, randomUUID } from 'node:crypto';
import type { AccountState, ChatSession, Discovery } from '../../preload/contract/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import { type Http, isSafeTransport } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { type Account, type AccountBook, EMPTY_BOOK, type Held, stateOf } from './account.ts';
import { isAllowed } from './allowed-servers.ts';
import { discover, type KnownServers, normalised } from './discover.ts';
import { signInWithPassword, signOutOfMatrix } from './matrix.ts';
import { type FilesGrant, fetchUserId, revokeGrant } from './nextcloud.ts';
import type { SecretStore, Secrets } from './secret-store.ts';

/** What accounts work with. */
export interface AccountParts {
  readonly http: Http;
  readonly secrets: SecretStore;
  readonly book: Kept<AccountBook>;
  readonly known: KnownServers;
  /** What the person's lists of devices call this one. */
  readonly deviceName: string;
  /** Clears all that the page keeps on this PC: caches, message keys, drafts. */
  readonly wipePage: () => Promise<void>;
  readonly log: Log;
}

/** How to reach the person's files. */
export interface FilesAccess extends FilesGrant {
  readonly userId: string;
}

/** The account in use: signing in and out, and its secrets for those who need them. */
export class Accounts {
  readonly #parts: AccountParts;
  readonly #listeners = new Set<(state: AccountState) => void>();
  #held: Held | null = null;
  #changes: Promise<unknown> = Promise.resolve();
  /** The keys of the old device's stores are gone, so this can't be that device again. */
  #isDeviceLost = false;
  /** What the page kept is of no use to the session that comes next. */
  #mustWipe = false;

  private constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /**
   * Takes up the account of the last time. Without one, what the page kept is wiped: nobody could read it. When only its
   * secrets can't be opened, everything stays until somebody signs in: a key store that was locked may be open next time,
   * and messages wait in there.
   */
  static async open(parts: AccountParts): Promise<Accounts> {
    const accounts = new Accounts(parts);
    const { active, accounts: known } = parts.book.value;
    const account = known.find(({ id }) => id === active);
    const secrets = account ? await parts.secrets.load(account.id) : null;
    if (!account) await parts.wipePage();
    accounts.#isDeviceLost = secrets === null;
    accounts.#mustWipe = account !== undefined && secrets === null;
    if (account) accounts.#held = { account, secrets: secrets ?? freshSecrets() };
    return accounts;
  }

  /** Who is signed in to what, without secrets. */
  state(): AccountState {
    return stateOf(this.#held, this.#parts.secrets.keeping);
  }

  /** Tells of every change; answers the way to stop. */
  onChange(listener: (state: AccountState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The chat server in use, null when none. */
  chatServer(): string | null {
    return this.#held?.account.chat?.serverUrl ?? null;
  }

  /** The person's Matrix id, null when they are not signed in. */
  chatUser(): string | null {
    return this.#held?.account.chat?.userId ?? null;
  }

  /** What is needed to reach the files; null when nobody is signed in there or the session expired. */
  filesAccess(): FilesAccess | null {
    const { account, secrets } = this.#held ?? {};
    if (!account?.files || !secrets?.appPassword) return null;
    return { ...account.files, appPassword: secrets.appPassword };
  }

  /** What the chat's worker starts with. Throws `not-signed-in.chat`. */
  chatSession(): ChatSession {
    const { account, secrets } = this.#held ?? {};
    if (!account?.chat || !secrets?.accessToken) throw new AppError('not-signed-in.chat');
    return { ...account.chat, accessToken: secrets.accessToken, storageKey: secrets.storageKey };
  }

  /** Finds the servers of a typed address. */
  discover(address: string, signal: AbortSignal): Promise<Discovery> {
    return discover(this.#parts.http, address, this.#parts.known, signal);
  }

  /**
   * Signs in to the chat. The same person again keeps device and stores. Throws `wrong-password` and other errors of the
   * contract; a change of person is `refused.chat`: sign out first.
   */
  async signInChat(
    request: { serverUrl: string; user: string; password: string },
    signal: AbortSignal,
  ): Promise<AccountState> {
    this.checkServer('chat', request.serverUrl);
    if (this.#parts.known.policy.passwordSignIn === false) throw new AppError('forbidden.password');
    const before = this.#held?.account.chat ?? null;
    const isSameServer = before?.serverUrl === request.serverUrl;
    const session = await signInWithPassword(
      this.#parts.http,
      {
        ...request,
        deviceName: this.#parts.deviceName,
        ...(isSameServer && !this.#isDeviceLost ? { deviceId: before.deviceId } : {}),
      },
      signal,
    );
    const { userId, deviceId, accessToken } = session;
    try {
      await this.#hold((held) => {
        const known = held.account.chat;
        if (known && known.userId !== userId) throw new AppError('refused.chat', { user: known.userId });
        return {
          account: { ...held.account, chat: { serverUrl: request.serverUrl, userId, deviceId } },
          secrets: { ...held.secrets, accessToken },
        };
      });
    } catch (error) {
      // Only a refused session is ended: ending one of this device would make the server forget the device.
      if (error instanceof AppError)
        await this.#attempt('chat', signOutOfMatrix(this.#parts.http, request.serverUrl, accessToken));
      throw error;
    }
    this.#isDeviceLost = false;
    return this.state();
  }

  /**
   * Takes a grant of the file server into the account. One that can't be taken, or not any more (`signal`), is given back.
   */
  async signInFiles(grant: FilesGrant, signal: AbortSignal): Promise<void> {
    const { http } = this.#parts;
    const before = this.filesAccess();
    try {
      const userId = await fetchUserId(http, grant, signal);
      await this.#hold((held) => {
        if (signal.aborted) throw new AppError('cancelled.request');
        const { serverUrl, loginName, appPassword } = grant;
        const files = { serverUrl, userId, loginName };
        return { account: { ...held.account, files }, secrets: { ...held.secrets, appPassword } };
      });
    } catch (error) {
      await this.#attempt('files', revokeGrant(http, grant));
      throw error;
    }
    if (before) await this.#attempt('files', revokeGrant(http, before));
  }

  /**
   * Throws `unsupported.insecure` for a server that would be spoken to in the clear, and `forbidden.setting` for another
   * one than the administrator's, or one that they do not allow.
   */
  checkServer(service: 'chat' | 'files', serverUrl: string): void {
    if (!isSafeTransport(serverUrl)) throw new AppError('unsupported.insecure');
    const decided = this.#parts.known.policy[service];
    if (decided && normalised(decided, service) !== normalised(serverUrl, service))
      throw new AppError('forbidden.setting', { setting: `${service}Server` });
    if (!decided && !isAllowed(service, serverUrl, this.#parts.known))
      throw new AppError('forbidden.setting', { setting: 'allowedServers' });
  }

  /** The chat server knows the session no more. */
  async chatExpired(): Promise<void> {
    await this.#inTurn(async () => {
      const held = this.#held;
      if (held?.secrets.accessToken)
        await this.#keep({ ...held, secrets: { ...held.secrets, accessToken: null } });
    });
  }

  /** The file server knows the app password no more. */
  async filesExpired(): Promise<void> {
    await this.#inTurn(async () => {
      const held = this.#held;
      if (held?.secrets.appPassword)
        await this.#keep({ ...held, secrets: { ...held.secrets, appPassword: null } });
    });
  }

  /**
   * Signs out: ends both sessions at their servers, wipes secrets and caches of this PC, leaves the folder alone.
   * Answers whether both servers confirmed. Each step is taken whatever becomes of the others; throws what failed here.
   */
  signOut(): Promise<{ revoked: boolean }> {
    return this.#inTurn(async () => {
      const held = this.#held;
      if (!held) return { revoked: true };
      const { secrets, book, wipePage } = this.#parts;
      const files = this.filesAccess();
      this.#held = null;
      const forgotten = await Promise.allSettled([secrets.remove(held.account.id), book.set(EMPTY_BOOK)]);
      this.#tell();
      const revoked = await this.#endSessions(held, files);
      await wipePage();
      for (const step of forgotten) if (step.status === 'rejected') throw step.reason;
      return { revoked };
    });
  }

  async #endSessions({ account, secrets }: Held, files: FilesAccess | null): Promise<boolean> {
    const { http } = this.#parts;
    const ended = await Promise.all([
      account.chat && secrets.accessToken
        ? this.#attempt('chat', signOutOfMatrix(http, account.chat.serverUrl, secrets.accessToken))
        : true,
      files ? this.#attempt('files', revokeGrant(http, files)) : true,
    ]);
    return ended.every(Boolean);
  }

  /** Changes what is held, from nothing if need be. */
  #hold(change: (held: Held) => Held): Promise<void> {
    return this.#inTurn(() =>
      this.#keep(change(this.#held ?? { account: freshAccount(), secrets: freshSecrets() })),
    );
  }

  /** One change after the other: two that end together must not undo each other, and nothing outlives a sign-out. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined); // who asked for this change hears of it; the next starts afresh
    return done;
  }

  async #keep(held: Held): Promise<void> {
    const { secrets, book, wipePage } = this.#parts;
    if (this.#mustWipe) await wipePage();
    this.#mustWipe = false;
    await secrets.save(held.account.id, held.secrets);
    if (secrets.keeping !== 'memory') await book.set({ active: held.account.id, accounts: [held.account] });
    this.#held = held;
    this.#tell();
  }

  #tell(): void {
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

function freshAccount(): Account {
  return { id: randomUUID(), chat: null, files: null };
}

function freshSecrets(): Secrets {
  return { accessToken: null, appPassword: null, storageKey: randomBytes(32).toString('base64') };
}
