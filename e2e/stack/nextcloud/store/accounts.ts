import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Clock, UserSpec } from '../options.ts';
import type { Database, Row } from './database.ts';

export interface Account {
  readonly uid: string;
  readonly displayName: string;
  readonly email: string | null;
  /** Bytes, null for unlimited. */
  quota: number | null;
  enabled: boolean;
  readonly groups: readonly string[];
  /** Milliseconds. */
  readonly lastLogin: number;
}

/** Who a request comes from. */
export interface Caller {
  readonly account: Account;
  /** The app password that was used, null for the login password. */
  readonly appPassword: number | null;
}

export type SignIn = { readonly caller: Caller } | { readonly refused: 'wrong' | 'disabled' };

interface Stored {
  readonly account: Account;
  readonly salt: string;
  readonly passwordHash: string;
}

const validUid = /^[A-Za-z0-9_@'-][A-Za-z0-9 _.@'-]*$/;
const appPasswordAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Accounts and app passwords. Passwords are kept as salted hashes only. */
export class Accounts {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #accounts = new Map<string, Stored>();
  /** Hash of an app password to its id and account; asked on every request. */
  readonly #appPasswords = new Map<string, { id: number; uid: string }>();

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    for (const row of db.all('SELECT * FROM users')) this.#remember(storedFromRow(row));
    for (const row of db.all('SELECT id, uid, hash FROM app_passwords')) {
      this.#appPasswords.set(row.text('hash'), { id: row.int('id'), uid: row.text('uid') });
    }
  }

  /** Adds an account or brings a known one up to date. */
  put(spec: UserSpec): void {
    if (!validUid.test(spec.uid)) throw new Error(`not a user name the server would take: ${spec.uid}`);
    const salt = randomBytes(16).toString('hex');
    const account: Account = {
      uid: spec.uid,
      displayName: spec.displayName,
      email: spec.email ?? null,
      quota: spec.quota ?? null,
      enabled: spec.enabled !== false,
      groups: [...(spec.groups ?? [])],
      lastLogin: Math.floor(this.#clock()),
    };
    const stored = { account, salt, passwordHash: digest(salt + spec.password) };
    this.#db.run(
      `INSERT OR REPLACE INTO users(uid, display_name, email, quota, salt, password_hash, enabled, last_login, groups)
       VALUES(?,?,?,?,?,?,?,?,?)`,
      account.uid,
      account.displayName,
      account.email,
      account.quota,
      salt,
      stored.passwordHash,
      account.enabled ? 1 : 0,
      account.lastLogin,
      account.groups.join('\n'),
    );
    this.#remember(stored);
  }

  get(uid: string): Account | undefined {
    return this.#accounts.get(uid)?.account;
  }

  all(): Account[] {
    return [...this.#accounts.values()].map((stored) => stored.account);
  }

  groups(): Set<string> {
    return new Set(this.all().flatMap((account) => account.groups));
  }

  groupsOf(uid: string): readonly string[] {
    return this.get(uid)?.groups ?? [];
  }

  setQuota(uid: string, quota: number | null): void {
    const account = this.#require(uid);
    account.quota = quota;
    this.#db.run('UPDATE users SET quota=? WHERE uid=?', quota, uid);
  }

  setEnabled(uid: string, enabled: boolean): void {
    this.#require(uid).enabled = enabled;
    this.#db.run('UPDATE users SET enabled=? WHERE uid=?', enabled ? 1 : 0, uid);
  }

  /** Checks a login or app password. The login name may also be the e-mail address. */
  signIn(loginName: string, password: string): SignIn {
    const stored = this.#accounts.get(loginName) ?? this.#byEmail(loginName);
    if (!stored) return { refused: 'wrong' };
    const token = this.#appPasswords.get(digest(password));
    const byLogin = !token && sameHash(stored.passwordHash, digest(stored.salt + password));
    if (token?.uid !== stored.account.uid && !byLogin) return { refused: 'wrong' };
    if (!stored.account.enabled) return { refused: 'disabled' };
    return { caller: { account: stored.account, appPassword: token?.id ?? null } };
  }

  /** Makes an app password: 72 letters and digits (01/22). Only its hash is kept. */
  createAppPassword(uid: string, name: string): string {
    const password = Array.from({ length: 72 }, () => appPasswordAlphabet[randomInt(62)]).join('');
    const hash = digest(password);
    const id = this.#db.run(
      'INSERT INTO app_passwords(uid, name, hash, created) VALUES(?,?,?,?)',
      uid,
      name,
      hash,
      Math.floor(this.#clock()),
    );
    this.#appPasswords.set(hash, { id, uid });
    return password;
  }

  /** The app passwords of an account, by id and the name of the client that asked. */
  appPasswordsOf(uid: string): { id: number; name: string }[] {
    return this.#db
      .all('SELECT id, name FROM app_passwords WHERE uid=? ORDER BY id', uid)
      .map((row) => ({ id: row.int('id'), name: row.text('name') }));
  }

  revokeAppPassword(id: number): void {
    for (const [hash, token] of this.#appPasswords) if (token.id === id) this.#appPasswords.delete(hash);
    this.#db.run('DELETE FROM app_passwords WHERE id=?', id);
  }

  #remember(stored: Stored): void {
    this.#accounts.set(stored.account.uid, stored);
  }

  #byEmail(email: string): Stored | undefined {
    return [...this.#accounts.values()].find((stored) => stored.account.email === email);
  }

  #require(uid: string): Account {
    const account = this.get(uid);
    if (!account) throw new Error(`no account ${uid}`);
    return account;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

function storedFromRow(row: Row): Stored {
  const account: Account = {
    uid: row.text('uid'),
    displayName: row.text('display_name'),
    email: row.textOrNull('email'),
    quota: row.intOrNull('quota'),
    enabled: row.int('enabled') !== 0,
    groups: row
      .text('groups')
      .split('\n')
      .filter((group) => group !== ''),
    lastLogin: row.int('last_login'),
  };
  return { account, salt: row.text('salt'), passwordHash: row.text('password_hash') };
}
