import type { Proxies, SpeedLimits } from '../api.ts';
import type { Clock } from '../ports/clock.ts';
import type { Line } from '../ports/line.ts';
import { Throttle } from './throttle.ts';

/** This computer's line, which all pairs share. */
export class SharedLine {
  readonly #up: Throttle;
  readonly #down: Throttle;
  #proxies: Proxies = {};

  constructor(clock: Clock) {
    this.#up = new Throttle(clock);
    this.#down = new Throttle(clock);
  }

  /** Holds from this moment on, for transfers under way too. */
  setLimits({ up, down }: SpeedLimits): void {
    this.#up.setLimit(up);
    this.#down.setLimit(down);
  }

  /** The computer is on another line: what was measured of the one before holds no longer. */
  measureAgain(): void {
    this.#up.measureAgain();
    this.#down.measureAgain();
  }

  /** From now on new requests go through these HTTP proxies, each server's through its own or through none. */
  setProxies(proxies: Proxies): void {
    this.#proxies = proxies;
  }

  /** A pair's part in it. */
  open(): Line {
    return { up: this.#up.open(), down: this.#down.open(), proxy: (origin) => this.#proxies[origin] };
  }
}
