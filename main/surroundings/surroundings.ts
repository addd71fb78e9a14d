import { networkInterfaces } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import type { PauseRules, Proxies, Surroundings } from '../files/protocol.ts';
import type { Log } from '../log/log.ts';

/** What the desktop tells by itself. */
export interface Signs {
  /** Whether a person has the window before them. */
  readonly isSeen: () => boolean;
  readonly isOnline: () => boolean;
  /** The HTTP proxies on the way to the file servers of all accounts, by the servers' origins. */
  readonly proxies: () => Promise<Proxies>;
  /** Calls back when one of these may have changed, or when the computer woke from sleep. */
  readonly onChange: (listener: (what: 'changed' | 'woke') => void) => void;
}

/** What the surroundings are found out from. */
export interface SurroundingsParts {
  readonly signs: Signs;
  /** What the computer runs on, and whether its line is metered; asked only while a rule needs to know. */
  readonly power: () => Promise<Surroundings['power']>;
  readonly isMetered: () => Promise<boolean>;
  /** What was found out about the line before holds no longer. */
  readonly forget: () => void;
  readonly rules: () => PauseRules;
  readonly tell: (surroundings: Surroundings) => void;
  readonly log: Log;
  /** Names the present connection. */
  readonly line?: () => string;
  /** 0 to 1, another at each call. */
  readonly chance?: () => number;
}

/** A person who looks at something else for a moment is not away. */
const AWAY_AFTER_MS = 60_000;
/** What nobody tells of is looked at so often: addresses of the line, the battery on Linux. */
const LOOK_EVERY_MS = 15_000;
/** When the computer was not heard of for so much longer, it slept. */
const SLEPT_MS = 60_000;

/** Whoever sits before the window waits a moment; others may come back within a minute. */
const BACK_WITHIN_MS = { seen: 3_000, unseen: 60_000 };

/**
 * ms that a computer lets pass after it woke before anything asks a server: thousands wake in the same minute of the
 * morning. `chance` is 0 to 1.
 */
export function pauseAfterWaking(isSeen: boolean, chance: number): number {
  return (isSeen ? BACK_WITHIN_MS.seen : BACK_WITHIN_MS.unseen) * chance;
}

const MAINS: Surroundings['power'] = { kind: 'mains' };

/** Follows how the computer stands, as the sync engine is to know it. */
export class SurroundingsWatch {
  readonly #parts: SurroundingsParts;
  readonly #line: () => string;
  readonly #timer: NodeJS.Timeout;
  #value: Surroundings = {
    attention: 'foreground',
    network: { kind: 'offline' },
    metered: false,
    power: MAINS,
    wokeAt: 0,
  };
  #seenAt = Date.now();
  #lookedAt = Date.now();
  #wokeAt = 0;
  /** Drawn anew each time that the computer wakes. */
  #chance = 0;
  #back: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: SurroundingsParts) {
    this.#parts = parts;
    this.#line = parts.line ?? presentLine;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    if (parts.signs.isOnline())
      this.#value = { ...this.#value, network: { kind: 'online', line: this.#line() } };
    parts.signs.onChange((what) => {
      if (what === 'woke') this.#wake();
      this.look();
    });
    this.look();
  }

  get value(): Surroundings {
    return this.#value;
  }

  /** Looks again: a rule may need to know more than before. */
  look(): void {
    this.#work = this.#work
      .then(() => (this.#closed ? undefined : this.#lookNow()))
      .catch((error: unknown) => this.#parts.log.error('surroundings.not-seen', {}, error));
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#back);
  }

  #wake(): void {
    this.#wokeAt = Date.now();
    this.#chance = (this.#parts.chance ?? Math.random)();
  }

  /** Until its turn comes a computer that woke is as one without a network. Somebody who looks at the window is next. */
  #mayAsk(): boolean {
    const turn = this.#wokeAt + pauseAfterWaking(this.#parts.signs.isSeen(), this.#chance);
    const left = this.#wokeAt === 0 ? 0 : turn - Date.now();
    clearTimeout(this.#back);
    if (left <= 0) return true;
    this.#back = setTimeout(() => this.look(), left);
    return false;
  }

  async #lookNow(): Promise<void> {
    const now = Date.now();
    if (now - this.#lookedAt > LOOK_EVERY_MS + SLEPT_MS) this.#wake();
    this.#lookedAt = now;
    if (this.#parts.signs.isSeen()) this.#seenAt = now;
    const network = await this.#network();
    if (!isDeepStrictEqual(network, this.#value.network) || this.#wokeAt !== this.#value.wokeAt)
      this.#parts.forget();
    const { rules, power, isMetered } = this.#parts;
    const { pauseOnBattery, pauseOnMetered } = rules();
    const next: Surroundings = {
      attention: now - this.#seenAt < AWAY_AFTER_MS ? 'foreground' : 'background',
      network,
      metered: pauseOnMetered && network.kind === 'online' && (await isMetered()),
      power: pauseOnBattery === 'never' ? MAINS : await power(),
      wokeAt: this.#wokeAt,
    };
    if (this.#closed || isDeepStrictEqual(next, this.#value)) return;
    this.#value = next;
    this.#parts.tell(next);
  }

  async #network(): Promise<Surroundings['network']> {
    const { signs } = this.#parts;
    if (!this.#mayAsk() || !signs.isOnline()) return { kind: 'offline' };
    const proxies = await signs.proxies();
    const hasSome = Object.keys(proxies).length > 0;
    return { kind: 'online', line: this.#line(), ...(hasSome ? { proxies } : {}) };
  }
}

/** The addresses that this computer has; those of IPv6 change all the time on the same line. */
function presentLine(): string {
  const addresses = Object.entries(networkInterfaces()).flatMap(([name, all]) =>
    (all ?? [])
      .filter(({ internal }) => !internal)
      .map(({ family, address }) => `${name} ${family === 'IPv4' ? address : ''}`),
  );
  return [...new Set(addresses)].toSorted().join(', ');
}
