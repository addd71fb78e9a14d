/** Questions to the person, one after the other: no page covers the screen with them. */
export class Questions {
  readonly #most: number;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `most`: so many wait for their answer at once, the one before the person among them. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether one more may be asked. */
  get hasRoom(): boolean {
    return this.#waiting < this.#most;
  }

  /** Asks when those before have their answer; `isMoot` is looked at then: answers null for what needs no answer any more. */
  ask<T>(question: () => Promise<T>, isMoot: () => boolean): Promise<T | null> {
    this.#waiting += 1;
    const answer = this.#last
      .then(() => (isMoot() ? null : question()))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = answer.catch(() => undefined); // who asked hears of it; the next question is another's
    return answer;
  }
}
