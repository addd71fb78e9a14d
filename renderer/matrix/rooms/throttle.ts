/** Calls `run` soon after the first `ask`, and then no more often than every `intervalMs`. */
export class Throttle {
  readonly #run: () => void;
  readonly #intervalMs: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #last = Number.NEGATIVE_INFINITY;

  constructor(run: () => void, intervalMs: number) {
    this.#run = run;
    this.#intervalMs = intervalMs;
  }

  ask(): void {
    if (this.#timer !== null) return;
    const due = this.#last + this.#intervalMs - performance.now();
    this.#timer = setTimeout(() => this.now(), Math.max(0, due));
  }

  /** Runs at once. */
  now(): void {
    this.stop();
    this.#last = performance.now();
    this.#run();
  }

  /** Forgets what was asked. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
