/** How often a process is asked whether it is well, and when it is taken for one that hangs. */
export interface PulsePace {
  readonly everyMs: number;
  /** So many looks in a row find the same question unanswered. Time that the computer sleeps is not counted by it. */
  readonly mostMissed: number;
}

/**
 * Asks a process again and again whether it is well, as long as it is at work. One question at a time: the next one is put
 * when the last was answered.
 */
export class Pulse {
  readonly #pace: PulsePace;
  readonly #ask: (id: number) => void;
  readonly #onLost: () => void;
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;
  #answered = 0;
  #missed = 0;

  /** `onLost` is called once; nothing is asked after it until it is followed anew. */
  constructor(pace: PulsePace, ask: (id: number) => void, onLost: () => void) {
    this.#pace = pace;
    this.#ask = ask;
    this.#onLost = onLost;
  }

  /** Whether there is something that could hang. */
  follow(isAtWork: boolean): void {
    if (isAtWork === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = isAtWork ? setInterval(() => this.#look(), this.#pace.everyMs) : undefined;
    this.#missed = 0;
    this.#answered = this.#asked;
  }

  /** It answered the question of that number. */
  answered(id: number): void {
    if (id !== this.#asked) return;
    this.#answered = id;
    this.#missed = 0;
  }

  #look(): void {
    if (this.#answered === this.#asked) {
      this.#asked += 1;
      this.#ask(this.#asked);
      return;
    }
    this.#missed += 1;
    if (this.#missed < this.#pace.mostMissed) return;
    this.follow(false);
    this.#onLost();
  }
}
