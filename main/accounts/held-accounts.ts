import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Looks, SecretKeeping } from '../../preload/contract/accounts.ts';
import type { Kept } from '../store/kept.ts';
import { type Account, type AccountBook, type Held, homeOf } from './account.ts';
import type { SecretStore, Secrets } from './secret-store.ts';

/** Where accounts are kept. */
export interface HeldAccountsParts {
  readonly secrets: SecretStore;
  readonly book: Kept<AccountBook>;
  /** Clears all that the page keeps on this PC: caches, message keys, drafts, of every account. */
  readonly wipePage: () => Promise<void>;
  /** Clears what conferences and services keep for one account, by the name of its stores. */
  readonly wipeVisited: (stores: string) => Promise<void>;
}

/** The accounts of this PC with their secrets: the only place that reads or writes either. One change at a time. */
export class HeldAccounts {
  readonly #parts: HeldAccountsParts;
  readonly #held = new Map<string, Held>();
  readonly #earlier = new Map<string, readonly Secrets[]>();
  #shown: string | null = null;
  #isWhole = true;

  private constructor(parts: HeldAccountsParts) {
    this.#parts = parts;
  }

  /**
   * Takes up the accounts of the last time. Without any, what the page kept is wiped: nobody could read it. While secrets
   * lie here of an account that the book does not know, it was damaged, and nothing is wiped: messages wait in there. When
   * only secrets can't be opened, everything stays, also once somebody signs in again: a key store that was locked may be
   * open the next time.
   */
  static async open(parts: HeldAccountsParts): Promise<HeldAccounts> {
    const held = new HeldAccounts(parts);
    const { active, accounts } = parts.book.value;
    for (const kept of accounts) {
      // From now on it stays, whatever else somebody signs in to in an account of an older book.
      const account = { ...kept, home: homeOf(kept) };
      held.#held.set(account.id, { account, secrets: freshSecrets(), isKeyNew: true, lost: 'all' });
      await held.reopen(account.id);
    }
    const sealed = await parts.secrets.ids();
    held.#isWhole = sealed.every((id) => held.#held.has(id));
    if (accounts.length === 0) await held.wipe('');
    held.#shown = accounts.some(({ id }) => id === active) ? active : (accounts[0]?.id ?? null);
    return held;
  }

  /** Looks once more for the secrets of an account that could not be opened; says whether they can be now. */
  async reopen(id: string): Promise<boolean> {
    const before = this.#held.get(id);
    if (before?.lost !== 'all') return false;
    const { secrets: store } = this.#parts;
    const secrets = await store.load(id);
    const earlier = await store.earlier(id);
    this.#earlier.set(
      id,
      earlier.filter(({ storageKey }) => storageKey !== secrets?.storageKey),
    );
    if (secrets) this.#held.set(id, held(before.account, secrets));
    return secrets !== null;
  }

  /** The secrets of before that a person signed in without, as far as they can be opened: words may wait under their keys. */
  earlier(id: string): readonly Secrets[] {
    return this.#earlier.get(id) ?? [];
  }

  /** Names the stores of an account whose key is written nowhere: nobody can read them later. Null for all others. */
  passingStores(id: string): string | null {
    const account = this.get(id);
    if (!account?.isKeyNew || this.keeping !== 'memory') return null;
    return createHash('sha256').update(account.secrets.storageKey).digest('hex').slice(0, 32);
  }

  get keeping(): SecretKeeping {
    return this.#parts.secrets.keeping;
  }

  /** Whether these are all accounts that there may be stores of: false when the book of the last time was damaged. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** In the order in which they came. */
  get all(): readonly Held[] {
    return [...this.#held.values()];
  }

  get(id: string): Held | null {
    return this.#held.get(id) ?? null;
  }

  /** The one before the person; null while somebody signs in who is not there yet. */
  get shown(): Held | null {
    return this.#shown === null ? null : this.get(this.#shown);
  }

  /** The account whose person looks otherwise by now; null when nothing is new, or nobody like that is here. */
  introduced({ user, name, picture }: Looks): Held | null {
    const held = this.all.find(({ account }) => account.chat?.userId === user);
    if (!held) return null;
    const { account } = held;
    const now = { ...account, name, picture: picture === undefined ? account.picture : picture };
    return now.name === account.name && now.picture === account.picture ? null : { ...held, account: now };
  }

  /** Takes an account in as it is now, and shows it when it is new. */
  async put(changed: Held): Promise<void> {
    const { secrets, book } = this.#parts;
    const { id } = changed.account;
    const lost = changed.lost === 'all' ? 'device' : changed.lost; // from now on the new key is the account's
    const held = this.#withHome({ ...changed, lost });
    const isNew = !this.#held.has(id);
    const next = new Map(this.#held).set(id, held);
    await secrets.save(id, held.secrets);
    if (secrets.keeping !== 'memory') await book.set(bookOf(isNew ? id : this.#shown, [...next.values()]));
    this.#held.set(id, held);
    if (isNew) this.#shown = id;
  }

  /**
   * Shows another one; null: the sign-in page of one more. Which it was is remembered for the next start. Until that is
   * written, and where it can't be, the one before stays: its page is still there and may ask for secrets.
   */
  async show(id: string | null): Promise<void> {
    const { secrets, book } = this.#parts;
    if (id !== null && secrets.keeping !== 'memory') await book.set(bookOf(id, this.all));
    this.#shown = id;
  }

  /** Forgets an account at once, then on disk. Each step is taken whatever becomes of the others; answers what failed. */
  async forget(id: string): Promise<readonly unknown[]> {
    const { secrets, book } = this.#parts;
    this.#held.delete(id);
    this.#earlier.delete(id);
    if (this.#shown === id) this.#shown = null;
    const accounts = book.value.accounts.filter((account) => account.id !== id);
    const steps = await Promise.allSettled([
      secrets.remove(id),
      book.set({ active: accounts[0]?.id ?? null, accounts }),
    ]);
    return steps.flatMap((step) => (step.status === 'rejected' ? [step.reason] : []));
  }

  /**
   * Wipes what was kept of an account that is gone; what the page kept of one among others, it removes by itself. So it
   * does where there may be others that the book has lost.
   */
  async wipe(stores: string): Promise<void> {
    if (this.#held.size === 0 && this.#isWhole) await this.#parts.wipePage();
    await this.#parts.wipeVisited(stores);
  }

  /** A home is one account's alone: what is known of one person's folders in two places would be twice at work on them. */
  #withHome(held: Held): Held {
    const home = homeOf(held.account);
    const isTaken = this.all.some(
      ({ account }) => account.id !== held.account.id && homeOf(account) === home,
    );
    return { ...held, account: { ...held.account, home: isTaken ? randomUUID() : home } };
  }
}

function bookOf(active: string | null, held: readonly Held[]): AccountBook {
  return { active, accounts: held.map(({ account }) => account) };
}

/** An account with the secrets that were kept of it; the device is the one whose token they are. */
function held(account: Account, secrets: Secrets): Held {
  const { chat } = account;
  const deviceId = secrets.deviceId ?? chat?.deviceId;
  const known = chat && deviceId !== undefined ? { ...account, chat: { ...chat, deviceId } } : account;
  return { account: known, secrets, isKeyNew: false, lost: 'nothing' };
}

/** An account that nobody signed in to yet. */
export function freshHeld(): Held {
  const id = randomUUID();
  const account: Account = { id, chat: null, files: null, home: null, stores: id, name: null, picture: null };
  return { account, secrets: freshSecrets(), isKeyNew: true, lost: 'nothing' };
}

function freshSecrets(): Secrets {
  return {
    accessToken: null,
    deviceId: null,
    appPassword: null,
    storageKey: randomBytes(32).toString('base64'),
  };
}
