import { isLoopback } from '../http/http.ts';
import { matchesHost } from '../policy/host-pattern.ts';
import type { Credentials } from './proxy-sign-in.ts';

/** A server that asks who is there, as Electron tells it. */
export interface ServerAsking {
  readonly host: string;
  readonly port: number;
  /** Of HTTP authentication: `basic`, `digest` and so on. */
  readonly scheme: string;
  /** What the server calls what it guards; may be empty. */
  readonly realm: string;
  /** What was asked for. */
  readonly url: string;
}

/** What the person is asked. */
export interface ServerQuestion {
  /** With its port where it is not the usual one. */
  readonly host: string;
  readonly realm: string;
  /** The name that was used last. */
  readonly user: string;
  /** Whether what was used last did not do. */
  readonly wasRefused: boolean;
}

/** What the sign-in needs of the world. */
export interface ServerSignInParts {
  /** Servers that the organisation lets ask, as it writes them. */
  readonly servers: () => readonly string[];
  readonly ask: (question: ServerQuestion) => Promise<Credentials | null>;
  readonly now: () => number;
}

/** A server that asks again so soon did not take the answer: Chromium keeps those that were taken. */
const REFUSED_MS = 60_000;
/** Who would rather not is left alone for so long. */
const LEFT_ALONE_MS = 10 * 60_000;

/**
 * Signs in at servers that guard their pages with HTTP basic (RFC 7617): only those that the organisation names, and never
 * in the clear. Many requests wait for one answer; nothing is kept on this PC.
 */
export class ServerSignIn {
  readonly #parts: ServerSignInParts;
  readonly #asking = new Map<string, Promise<Credentials | null>>();
  readonly #given = new Map<string, { readonly user: string; readonly at: number }>();
  readonly #declined = new Map<string, number>();

  constructor(parts: ServerSignInParts) {
    this.#parts = parts;
  }

  /** What to answer a server; null for nothing. */
  answer(asking: ServerAsking): Promise<Credentials | null> {
    const host = asking.port === 443 ? asking.host : `${asking.host}:${asking.port}`;
    if (!this.#mayAsk(host, asking)) return Promise.resolve(null);
    const before = this.#asking.get(host);
    if (before !== undefined) return before;
    const answer = this.#ask(host, asking.realm).finally(() => this.#asking.delete(host));
    this.#asking.set(host, answer);
    return answer;
  }

  #mayAsk(host: string, { scheme, url }: ServerAsking): boolean {
    const { protocol, hostname } = new URL(url);
    const isSafe = protocol === 'https:' || protocol === 'wss:' || isLoopback(hostname);
    return (
      scheme === 'basic' && isSafe && this.#parts.servers().some((pattern) => matchesHost(pattern, host))
    );
  }

  async #ask(host: string, realm: string): Promise<Credentials | null> {
    const { ask, now } = this.#parts;
    if (now() - (this.#declined.get(host) ?? -LEFT_ALONE_MS) < LEFT_ALONE_MS) return null;
    const given = this.#given.get(host);
    const wasRefused = given !== undefined && now() - given.at < REFUSED_MS;
    const answer = await ask({ host, realm, user: given?.user ?? '', wasRefused });
    if (answer === null) this.#declined.set(host, now());
    else this.#given.set(host, { user: answer.user, at: now() });
    return answer;
  }
}
