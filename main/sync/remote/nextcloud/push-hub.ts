import { WebSocket } from 'undici';
import type { RemoteConfig, Surroundings } from '../../api.ts';
import { atDesk, isOtherLine, needsLine } from '../../conduct.ts';
import { isAbort, RemoteFailure, throwIfAborted } from '../../model/failures.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hint, Hints } from '../../ports/hints.ts';
import { freeLine } from '../../ports/line.ts';
import type { Random } from '../../ports/random.ts';
import { Connections } from './connections.ts';
import { askOcs, type OcsAccount, property, serverOf } from './ocs.ts';

const firstWait = 2000;
const longestWait = 5 * 60_000;
/** A server that offers no push today may be given it by its administrator. */
const askAgain = 60 * 60_000;
/** A connection that ends sooner is a failure: made again and again at once, thousands of computers would do nothing else. */
const steady = 60_000;

/** What the hub needs of the world. */
interface HubPorts {
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Listens to Nextcloud's notify_push (facts/nextcloud.md, "Other interfaces"): one connection an account, however
 * many folders of it are synced. A hint only: without it, or while it is down, the regular looks find everything.
 */
export class PushHub {
  readonly #ports: HubPorts;
  readonly #lines = new Map<string, Line>();
  #surroundings: Surroundings = atDesk.surroundings;

  constructor(ports: HubPorts) {
    this.#ports = ports;
  }

  /** Offline, no connection is tried; on another line, and after sleep, each is made anew: it may be dead and not know. */
  follow(surroundings: Surroundings): void {
    const isOther = isOtherLine(this.#surroundings, surroundings);
    this.#surroundings = surroundings;
    if (isOther) for (const line of this.#lines.values()) line.renew();
  }

  /** Tells when something of the account may have changed. */
  hints(remote: RemoteConfig): Hints {
    const account = {
      url: remote.url,
      loginName: remote.loginName ?? remote.user,
      password: remote.password,
      ...(remote.certificate === undefined ? {} : { certificate: remote.certificate }),
    };
    const key = JSON.stringify(account);
    return {
      watch: (onHint) => {
        const line = this.#lines.get(key) ?? new Line(account, this.#ports, () => this.#wayTo(account));
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

  #wayTo({ url }: OcsAccount): Way {
    const { network } = this.#surroundings;
    if (network.kind === 'offline') return { isOpen: !needsLine(url), proxy: undefined };
    return { isOpen: true, proxy: network.proxies?.[new URL(url).origin] };
  }
}

/** How a server is reached now, if it is. */
interface Way {
  readonly isOpen: boolean;
  readonly proxy: string | undefined;
}

/** One account's connection, made again whenever it breaks. */
class Line {
  readonly #account: OcsAccount;
  readonly #ports: HubPorts;
  readonly #way: () => Way;
  readonly #listeners = new Set<(hint: Hint) => void>();
  readonly #stop = new AbortController();
  readonly #work: Promise<void>;
  #failures = 0;
  /** Since when it is heard on the present connection; nothing when it is not. */
  #liveSince: number | undefined;
  /** Fires when the present connection, or the wait for the next, is to end. */
  #turn = new AbortController();

  constructor(account: OcsAccount, ports: HubPorts, way: () => Way) {
    this.#account = account;
    this.#ports = ports;
    this.#way = way;
    this.#work = this.#keepUp();
  }

  add(listener: (hint: Hint) => void): void {
    this.#listeners.add(listener);
    if (this.#liveSince !== undefined) listener('live');
  }

  /** True when it was the last. */
  remove(listener: (hint: Hint) => void): boolean {
    this.#listeners.delete(listener);
    return this.#listeners.size === 0;
  }

  /** Listens anew, at once. */
  renew(): void {
    this.#failures = 0;
    this.#turn.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#turn.abort();
    await this.#work;
  }

  async #keepUp(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#turn = new AbortController();
      try {
        const { isOpen, proxy } = this.#way();
        const isOffered = isOpen && (await this.#tryOnce(proxy));
        await this.#ports.clock.sleep(isOffered ? this.#wait() : askAgain, this.#turn.signal);
      } catch (error) {
        if (!isAbort(error)) throw error;
      }
    }
  }

  /**
   * Listens as long as it can; false when the server offers nothing, or lets nobody in: it counts wrong passwords, and slows
   * down whoever has the same address.
   */
  async #tryOnce(proxy: string | undefined): Promise<boolean> {
    try {
      const address = await pushAddress(this.#account, this.#turn.signal, proxy);
      if (address === undefined) return false;
      await this.#listen(address, proxy);
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.code === 'unauthorised') return false;
    }
    this.#failures += 1;
    return true;
  }

  #wait(): number {
    const longer = Math.min(firstWait * 2 ** (this.#failures - 1), longestWait);
    return longer * (0.5 + this.#ports.random.fraction());
  }

  async #listen(address: string, proxy: string | undefined): Promise<void> {
    const { signal } = this.#turn;
    const connections = new Connections({ certificate: this.#account.certificate });
    try {
      const dispatcher = await connections.through(proxy);
      throwIfAborted(signal);
      await this.#hearOut(new WebSocket(address, { dispatcher }), signal);
    } finally {
      await connections.close();
    }
    this.#lose();
  }

  /** Ends when the connection does, or when it is to: one that is dead would not be heard to end for a long time. */
  async #hearOut(socket: WebSocket, signal: AbortSignal): Promise<void> {
    socket.addEventListener('open', () => {
      socket.send(this.#account.loginName);
      socket.send(this.#account.password);
    });
    socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
    const ended = Promise.withResolvers<void>();
    const close = (): void => {
      socket.close();
      ended.resolve();
    };
    signal.addEventListener('abort', close);
    socket.addEventListener('close', () => ended.resolve());
    socket.addEventListener('error', () => ended.resolve());
    await ended.promise;
    signal.removeEventListener('abort', close);
  }

  #lose(): void {
    if (this.#liveSince === undefined) return;
    if (this.#ports.clock.now() - this.#liveSince >= steady) this.#failures = 0;
    this.#liveSince = undefined;
    this.#tell('lost');
  }

  #hear(message: string): void {
    if (message === 'authenticated') {
      this.#liveSince = this.#ports.clock.now();
      this.#tell('live');
    }
    if (message.startsWith('notify_file')) this.#tell('changed');
  }

  #tell(hint: Hint): void {
    for (const listener of this.#listeners) listener(hint);
  }
}

/** Where the server offers push; nothing when it does not, or somewhere the password has no business to go. */
async function pushAddress(
  account: OcsAccount,
  signal: AbortSignal,
  proxy: string | undefined,
): Promise<string | undefined> {
  const data = await askOcs(account, 'cloud/capabilities', signal, { ...freeLine, proxy: () => proxy });
  const endpoints = property(property(property(data, 'capabilities'), 'notify_push'), 'endpoints');
  const offered = property(endpoints, 'websocket');
  if (typeof offered !== 'string' || !URL.canParse(offered)) return undefined;
  const server = serverOf(account.url);
  const { protocol, host } = new URL(offered);
  const isSafe = protocol === (server.protocol === 'https:' ? 'wss:' : 'ws:') && host === server.host;
  // A fragment is no part of such an address (RFC 6455, 3).
  return isSafe && !offered.includes('#') ? offered : undefined;
}
