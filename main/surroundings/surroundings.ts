import { networkInterfaces } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import type { PauseRules, Surroundings } from '../files/protocol.ts';
import type { Log } from '../log/log.ts';

/** What the desktop tells by itself. */
export interface Signs {
  /** Whether a person has the window before them. */
  readonly isSeen: () => boolean;
  readonly isOnline: () => boolean;
  /** Address of the HTTP proxy on the way to the file server. */
  readonly proxy: () => Promise<string | undefined>;
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
}

/** A person who looks at something else for a moment is not away. */
const AWAY_AFTER_MS = 60_000;
/** What nobody tells of is looked at so often: addresses of the line, the battery on Linux. */
const LOOK_EVERY_MS = 15_000;
/** When the computer was not heard of for so much longer, it slept. */
const SLEPT_MS = 60_000;

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
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: SurroundingsParts) {
    this.#parts = parts;
    this.#line = parts.line ?? presentLine;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    if (parts.signs.isOnline())
      this.#value = { ...this.#value, network: { kind: 'online', line: this.#line() } };
    parts.signs.onChange((what) => {
      if (what === 'woke') this.#wokeAt = Date.now();
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
  }

  async #lookNow(): Promise<void> {
    const now = Date.now();
    if (now - this.#lookedAt > LOOK_EVERY_MS + SLEPT_MS) this.#wokeAt = now;
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
    if (!signs.isOnline()) return { kind: 'offline' };
    const proxy = await signs.proxy();
    return { kind: 'online', line: this.#line(), ...(proxy === undefined ? {} : { proxy }) };
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
