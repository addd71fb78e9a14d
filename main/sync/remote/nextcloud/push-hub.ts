import { WebSocket } from 'undici';
import type { RemoteConfig } from '../../api.ts';
import { isAbort, RemoteFailure } from '../../model/failures.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hints } from '../../ports/hints.ts';
import type { Random } from '../../ports/random.ts';
import { askOcs, type OcsAccount, property, serverOf } from './ocs.ts';

const firstWait = 2000;
const longestWait = 5 * 60_000;
/** A server that offers no push today may be given it by its administrator. */
const askAgain = 60 * 60_000;

/** What the hub needs of the world. */
interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Listens to Nextcloud's notify_push (facts/nextcloud.md, "Other interfaces"): one connection an account, however
 * many folders of it are synced. A hint only: without it, or while it is down, the regular looks find everything.
 */
export class PushHub {
  readonly #surroundings: Surroundings;
  readonly #lines = new Map<string, Line>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Tells when something of the account may have changed. */
  hints(remote: RemoteConfig): Hints {
    const account = {
      url: remote.url,
      loginName: remote.loginName ?? remote.user,
      password: remote.password,
    };
    const key = JSON.stringify(account);
    return {
      watch: (onHint) => {
        const line = this.#lines.get(key) ?? new Line(account, this.#surroundings);
        this.#lines.set(key, line);
        line.add(onHint);
        return async () => {
          if (!line.remove(onHint)) return;
          this.#lines.delete(key);
          await line.close();
        };
      },
    };
  }
}

/** One account's connection, made again whenever it breaks. */
class Line {
  readonly #account: OcsAccount;
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  readonly #work: Promise<void>;
  #failures = 0;

  constructor(account: OcsAccount, surroundings: Surroundings) {
    this.#account = account;
    this.#surroundings = surroundings;
    this.#work = this.#keepUp();
  }

  add(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** True when it was the last. */
  remove(listener: () => void): boolean {
    this.#listeners.delete(listener);
    return this.#listeners.size === 0;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  async #keepUp(): Promise<void> {
    const { clock } = this.#surroundings;
    const { signal } = this.#stop;
    try {
      while (!signal.aborted) {
        const isOffered = await this.#tryOnce();
        await clock.sleep(isOffered ? this.#wait() : askAgain, signal);
      }
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
  }

  /** Listens as long as it can; false when the server offers nothing. */
  async #tryOnce(): Promise<boolean> {
    try {
      const address = await pushAddress(this.#account, this.#stop.signal);
      if (address === undefined) return false;
      await this.#listen(address);
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
    }
    this.#failures += 1;
    return true;
  }

  #wait(): number {
    const longer = Math.min(firstWait * 2 ** (this.#failures - 1), longestWait);
    return longer * (0.5 + this.#surroundings.random.fraction());
  }

  /** Ends when the connection does. */
  async #listen(address: string): Promise<void> {
    const { signal } = this.#stop;
    const socket = new WebSocket(address);
    const close = (): void => socket.close();
    signal.addEventListener('abort', close);
    socket.addEventListener('open', () => {
      socket.send(this.#account.loginName);
      socket.send(this.#account.password);
    });
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
    await new Promise<void>((resume) => {
      socket.addEventListener('close', () => resume());
      socket.addEventListener('error', () => resume());
    });
    signal.removeEventListener('abort', close);
  }

  #hear(message: string): void {
    const isIn = message === 'authenticated';
    if (isIn) this.#failures = 0;
    // What changed while nobody listened was not told.
    if (isIn || message.startsWith('notify_file')) for (const listener of this.#listeners) listener();
  }
}

/** Where the server offers push; nothing when it does not, or somewhere the password has no business to go. */
async function pushAddress(account: OcsAccount, signal: AbortSignal): Promise<string | undefined> {
  const data = await askOcs(account, 'cloud/capabilities', signal);
  const endpoints = property(property(property(data, 'capabilities'), 'notify_push'), 'endpoints');
  const offered = property(endpoints, 'websocket');
  if (typeof offered !== 'string' || !URL.canParse(offered)) return undefined;
  const server = serverOf(account.url);
  const { protocol, host } = new URL(offered);
  const isSafe = protocol === (server.protocol === 'https:' ? 'wss:' : 'ws:') && host === server.host;
  return isSafe ? offered : undefined;
}
