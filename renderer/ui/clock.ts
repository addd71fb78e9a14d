import { Store } from './store.ts';

const MINUTE_MS = 60_000;

/** The time, for relative dates ("il y a 11 min"): a store that moves once a minute, and not while nobody looks. */
export class Clock {
  readonly minute: Store<number>;
  readonly #read: () => number;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.minute = new Store(read());
    this.resume();
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => this.#read();

  readonly pause = (): void => {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  };

  readonly resume = (): void => {
    if (this.#timer !== null) return;
    this.minute.set(this.#read());
    this.#timer = setInterval(() => this.minute.set(this.#read()), MINUTE_MS);
  };

  readonly dispose = (): void => this.pause();
}
