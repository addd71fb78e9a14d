/** Tasks of one key happen one after the other, in their order; those of another key do not wait for them. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does it when its turn comes; gives what it gives, and throws what it throws. */
  async take<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(task);
    const ended = turn.catch(() => undefined);
    this.#last.set(key, ended);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    }
  }
}
