/** The speed is that of the last seconds. */
const WINDOW_MS = 5000;

/** How fast something comes. */
export class Pace {
  #samples: readonly { readonly at: number; readonly bytes: number }[] = [];

  /** Takes note of how many bytes there were at a time (milliseconds). */
  take(at: number, bytes: number): void {
    this.#samples = [...this.#samples, { at, bytes }].filter((sample) => at - sample.at <= WINDOW_MS);
  }

  get bytesPerSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at <= first.at) return 0;
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
  }

  /** Null while the end is not known. */
  secondsLeft(bytesTotal: number | null): number | null {
    const speed = this.bytesPerSecond;
    const done = this.#samples.at(-1)?.bytes ?? 0;
    return bytesTotal === null || speed === 0 ? null : Math.max(0, bytesTotal - done) / speed;
  }
}
