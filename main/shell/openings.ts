import type { Opening } from '../../preload/contract/app.ts';

/** What openings do to the program. */
export interface OpeningsParts {
  /** Brings the window to the front. */
  readonly bringToFront: () => void;
  /** Tells the page that something waits for it. */
  readonly tellPage: () => void;
}

/** However many come at once, the window comes to the front this seldom. */
const SPACING_MS = 500;

/**
 * What the system asked the program to open, until the page takes it: it may come long before the page is there. Of many
 * at once (a page can follow a link a thousand times) the newest is opened, and there is one window all the same.
 */
export class Openings {
  readonly #parts: OpeningsParts;
  #waiting: Opening | null = null;
  #pause: NodeJS.Timeout | null = null;
  #isDue = false;

  constructor(parts: OpeningsParts) {
    this.#parts = parts;
  }

  /** Brings the window to the front, with what is named. */
  readonly open = (opening: Opening | null): void => {
    this.#waiting = opening ?? this.#waiting;
    if (this.#pause !== null) this.#isDue = true;
    else this.#openNow();
  };

  /** Keeps it for the page that comes next, which asks by itself. */
  readonly keep = (opening: Opening): void => {
    this.#waiting = opening;
  };

  /** What waits; asking takes it. */
  readonly take = (): Opening | null => {
    const opening = this.#waiting;
    this.#waiting = null;
    return opening;
  };

  #openNow(): void {
    this.#parts.bringToFront();
    if (this.#waiting !== null) this.#parts.tellPage();
    this.#isDue = false;
    this.#pause = setTimeout(() => {
      this.#pause = null;
      if (this.#isDue) this.#openNow();
    }, SPACING_MS);
  }
}
