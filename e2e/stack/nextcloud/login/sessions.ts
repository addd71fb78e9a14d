import { randomBytes } from 'node:crypto';
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';

/** A browser that is going through the login pages. */
export interface Session {
  readonly id: string;
  /** Every form must carry it: keeps other pages from posting in the person's name. */
  readonly requestToken: string;
  /** The flow this browser opened. */
  flowToken: string | null;
  /** Goes through the pages of one flow; another page cannot guess it. */
  stateToken: string | null;
  uid: string | null;
}

const cookieName = 'nc_session';
const lifetimeMs = 20 * 60 * 1000;

/** Browser sessions, in memory: a restart signs browsers out, nothing more. */
export class Sessions {
  readonly #sessions = new Map<string, { session: Session; expires: number }>();

  /** The session a request belongs to, if it has one that still lives. */
  of(exchange: Exchange): Session | null {
    const cookies = header(exchange, 'cookie') ?? '';
    const id = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(cookies)?.[1];
    const known = id === undefined ? undefined : this.#sessions.get(id);
    return known && known.expires > Date.now() ? known.session : null;
  }

  /** A new session; the answer must carry its cookie. */
  open(): Session {
    this.#dropExpired();
    const session: Session = {
      id: secret(24),
      requestToken: secret(24),
      flowToken: null,
      stateToken: null,
      uid: null,
    };
    this.#sessions.set(session.id, { session, expires: Date.now() + lifetimeMs });
    return session;
  }

  #dropExpired(): void {
    const now = Date.now();
    for (const [id, { expires }] of this.#sessions) if (expires <= now) this.#sessions.delete(id);
  }
}

/** The header that gives a browser its session. */
export function sessionCookie(session: Session): { 'Set-Cookie': string } {
  return { 'Set-Cookie': `${cookieName}=${session.id}; path=/; HttpOnly; SameSite=Lax` };
}

/** Letters and digits nobody can guess. */
export function secret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
