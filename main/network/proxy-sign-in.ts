import type { Log } from '../log/log.ts';

/** What a person signs in with at a proxy. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** A proxy that asks who is there. */
export interface Challenge {
  /** `host:port` of the proxy. */
  readonly proxy: string;
  /** What the proxy calls itself; may be empty. */
  readonly realm: string;
  /** The server that was to be reached through it. */
  readonly url: string;
}

/** What the person is asked. */
export interface ProxyQuestion extends Pick<Challenge, 'proxy' | 'realm'> {
  /** The name that was used last. */
  readonly user: string;
  /** Whether what was used last did not do. */
  readonly wasRefused: boolean;
}

/** The person's answer; null when they would rather not. */
export type ProxyAnswer = (Credentials & { readonly remember: boolean }) | null;

/** What the sign-in needs of the world. */
export interface ProxySignInParts {
  readonly ask: (question: ProxyQuestion) => Promise<ProxyAnswer>;
  /** Whether a proxy takes them; `unknown` when it could not be reached. */
  readonly try: (challenge: Challenge, credentials: Credentials) => Promise<'taken' | 'refused' | 'unknown'>;
  /** Those that were kept from an earlier time. */
  readonly kept: ReadonlyMap<string, Credentials>;
  readonly keep: (proxy: string, credentials: Credentials | null) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

/** What was found right is given to all that ask for so long; after that it is tried again. */
const FRESH_MS = 10_000;
/** Who would rather not is left alone for so long, unless they ask for it. */
const LEFT_ALONE_MS = 10 * 60_000;

/**
 * Signs in at proxies. Many requests meet a proxy at once and all wait for one answer; an answer is tried before anybody
 * gets it, since a proxy that refuses it looks like one that asks for the first time.
 */
export class ProxySignIn {
  readonly #parts: ProxySignInParts;
  readonly #known: Map<string, Credentials>;
  readonly #right = new Map<string, number>();
  readonly #declined = new Map<string, number>();
  readonly #asking = new Map<string, Promise<Credentials | null>>();
  readonly #listeners = new Set<() => void>();

  constructor(parts: ProxySignInParts) {
    this.#parts = parts;
    this.#known = new Map(parts.kept);
  }

  /** What to sign in with at a proxy, for those who speak to it themselves; nothing when it is not known. */
  known(proxy: string): Credentials | undefined {
    return this.#known.get(proxy);
  }

  /** Calls back when something new is known. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** What to answer a proxy; null for nothing. */
  answer(challenge: Challenge): Promise<Credentials | null> {
    const { proxy } = challenge;
    const asking = this.#asking.get(proxy);
    if (asking !== undefined) return asking;
    const answer = this.#find(challenge).finally(() => this.#asking.delete(proxy));
    this.#asking.set(proxy, answer);
    return answer;
  }

  async #find(challenge: Challenge): Promise<Credentials | null> {
    const { proxy } = challenge;
    const { now, log } = this.#parts;
    const known = this.#known.get(proxy);
    if (known !== undefined && now() - (this.#right.get(proxy) ?? -FRESH_MS) < FRESH_MS) return known;
    if (known !== undefined && (await this.#holds(challenge, known))) return known;
    if (now() - (this.#declined.get(proxy) ?? -LEFT_ALONE_MS) < LEFT_ALONE_MS) return null;
    if (known !== undefined) log.warn('proxy.refused', { proxy });
    return this.#ask(challenge, known?.user ?? '', known !== undefined);
  }

  /** Asks until the answer does, or the person has enough. */
  async #ask(challenge: Challenge, user: string, wasRefused: boolean): Promise<Credentials | null> {
    const { proxy, realm } = challenge;
    const answer = await this.#parts.ask({ proxy, realm, user, wasRefused });
    if (answer === null) {
      this.#declined.set(proxy, this.#parts.now());
      return null;
    }
    const { remember, ...credentials } = answer;
    if (!(await this.#holds(challenge, credentials))) return this.#ask(challenge, credentials.user, true);
    this.#known.set(proxy, credentials);
    await this.#keep(proxy, remember ? credentials : null);
    for (const listener of this.#listeners) listener();
    return credentials;
  }

  /** A proxy that can't be reached says nothing against them. */
  async #holds(challenge: Challenge, credentials: Credentials): Promise<boolean> {
    const result = await this.#parts.try(challenge, credentials);
    if (result === 'taken') this.#right.set(challenge.proxy, this.#parts.now());
    return result !== 'refused';
  }

  async #keep(proxy: string, credentials: Credentials | null): Promise<void> {
    try {
      await this.#parts.keep(proxy, credentials);
    } catch (error) {
      // Signed in all the same: it is asked again at the next start.
      this.#parts.log.error('proxy.not-kept', { proxy }, error);
    }
  }
}

/** The address of a proxy with what to sign in there, for clients that speak to it themselves. */
export function withCredentials(address: string, credentials: Credentials | undefined): string {
  if (credentials === undefined) return address;
  const url = new URL(address);
  url.username = encodeURIComponent(credentials.user);
  url.password = encodeURIComponent(credentials.password);
  return url.href.replace(/\/$/, '');
}

/** `host:port` of a proxy's address, the usual port written out. */
export function hostAndPort(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
