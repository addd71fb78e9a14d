import { randomBytes, randomUUID } from 'node:crypto';
import type { AccountState, ChatSession, Discovery } from '../../preload/contract/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import { type Http, isSafeTransport } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { type Account, type AccountBook, EMPTY_BOOK, type Held, stateOf } from './account.ts';
import { discover, type KnownServers } from './discover.ts';
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
  #changes: Promise<void> = Promise.resolve();
  /** The page's stores were wiped: the old device's message keys are gone, so it can't be that device again. */
  #isDeviceLost = false;

  private constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /**
   * Takes up the account of the last time. Without one, or when its secrets can't be opened any more, what the page kept
   * is wiped: nobody could read it.
   */
  static async open(parts: AccountParts): Promise<Accounts> {
    const accounts = new Accounts(parts);
    const { active, accounts: known } = parts.book.value;
    const account = known.find(({ id }) => id === active);
    const secrets = account ? await parts.secrets.load(account.id) : null;
    if (!secrets) await parts.wipePage();
    accounts.#isDeviceLost = secrets === null;
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
    if (!isSafeTransport(request.serverUrl)) throw new AppError('unsupported.insecure');
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
    if (before && before.userId !== session.userId) {
      await this.#endStray(request.serverUrl, session.accessToken);
      throw new AppError('refused.chat', { user: before.userId });
    }
    this.#isDeviceLost = false;
    const { userId, deviceId, accessToken } = session;
    await this.#hold((held) => ({
      account: { ...held.account, chat: { serverUrl: request.serverUrl, userId, deviceId } },
      secrets: { ...held.secrets, accessToken },
    }));
    return this.state();
  }

  /** Takes a grant of the file server into the account. */
  async signInFiles(grant: FilesGrant): Promise<void> {
    const userId = await fetchUserId(this.#parts.http, grant);
    const before = this.filesAccess();
    await this.#hold((held) => ({
      account: { ...held.account, files: { serverUrl: grant.serverUrl, userId, loginName: grant.loginName } },
      secrets: { ...held.secrets, appPassword: grant.appPassword },
    }));
    if (before) await this.#attempt('files', revokeGrant(this.#parts.http, before));
  }

  /** The chat server knows the session no more. */
  async chatExpired(): Promise<void> {
    if (!this.#held?.secrets.accessToken) return;
    await this.#hold((held) => ({ ...held, secrets: { ...held.secrets, accessToken: null } }));
  }

  /** The file server knows the app password no more. */
  async filesExpired(): Promise<void> {
    if (!this.#held?.secrets.appPassword) return;
    await this.#hold((held) => ({ ...held, secrets: { ...held.secrets, appPassword: null } }));
  }

  /**
   * Signs out: ends both sessions at their servers, wipes secrets and caches of this PC, leaves the folder alone.
   * Answers whether both servers confirmed.
   */
  async signOut(): Promise<{ revoked: boolean }> {
    const held = this.#held;
    if (!held) return { revoked: true };
    const { http, secrets, book, wipePage } = this.#parts;
    const files = this.filesAccess();
    const { accessToken } = held.secrets;
    this.#held = null;
    await book.set(EMPTY_BOOK);
    await secrets.remove(held.account.id);
    this.#tell();
    const ended = await Promise.all([
      held.account.chat && accessToken
        ? this.#attempt('chat', signOutOfMatrix(http, held.account.chat.serverUrl, accessToken))
        : true,
      files ? this.#attempt('files', revokeGrant(http, files)) : true,
    ]);
    await wipePage();
    return { revoked: ended.every(Boolean) };
  }

  /** Changes what is held, one change after the other: two sign-ins that end together must not undo each other. */
  #hold(change: (held: Held) => Held): Promise<void> {
    const done = this.#changes.then(() => this.#holdNow(change));
    this.#changes = done.catch(() => undefined); // who asked for this change hears of it; the next starts afresh
    return done;
  }

  async #holdNow(change: (held: Held) => Held): Promise<void> {
    const held = change(this.#held ?? { account: freshAccount(), secrets: freshSecrets() });
    const { secrets, book } = this.#parts;
    await secrets.save(held.account.id, held.secrets);
    if (secrets.keeping !== 'memory') await book.set({ active: held.account.id, accounts: [held.account] });
    this.#held = held;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.state());
  }

  /** Ends a session that nobody will use. */
  async #endStray(serverUrl: string, accessToken: string): Promise<void> {
    await this.#attempt('chat', signOutOfMatrix(this.#parts.http, serverUrl, accessToken));
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
