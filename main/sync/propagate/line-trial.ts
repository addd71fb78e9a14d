/** How long a line is watched, and how long the rest of a file may take for it to be sent whole, in ms. */
const watched = 2000;
const longestRest = 20_000;
/** What a part should take, in ms: little is lost when one breaks off, and little time between them. */
const partTime = 8000;

/** Thrown into a request that would take too long to be repeated from its start: it goes on in parts. */
export class TooSlow extends Error {
  readonly sent: number;
  /** Bytes a second. */
  readonly rate: number;

  constructor(sent: number, rate: number) {
    super('too slow to be sent whole');
    this.name = 'TooSlow';
    this.sent = sent;
    this.rate = rate;
  }
}

/**
 * Watches the first seconds of a large file on its way. On a fast line it is best sent whole: the server need not put
 * parts together, and if it breaks off little is lost. Otherwise it had better go in parts, whose size follows from
 * what was seen.
 */
export class LineTrial {
  readonly #size: number;
  #begun: number | undefined;
  #isOver = false;

  /** @param size of the file, in bytes */
  constructor(size: number) {
    this.#size = size;
  }

  /**
   * Throws TooSlow once the line has shown to be that.
   *
   * @param sent bytes so far
   * @param now ms; if the clock is put on or back meanwhile, a file at worst goes in parts, or whole, for nothing
   */
  passed(sent: number, now: number): void {
    this.#begun ??= now;
    const elapsed = now - this.#begun;
    if (this.#isOver || elapsed < watched) return;
    this.#isOver = true;
    const rate = sent / (elapsed / 1000);
    if ((this.#size - sent) / rate > longestRest / 1000) throw new TooSlow(sent, rate);
  }
}

/** Bytes of a part on a line of so many bytes a second. */
export function partSizeFor(rate: number): number {
  return Math.round((rate * partTime) / 1000);
}
