import type { ScreenSource } from '../../preload/contract/calls.ts';

/** A question to the person: which screen or window to share. There is one at a time. */
export class ScreenChoice {
  readonly #offer: (sources: ScreenSource[]) => void;
  #answer: ((sourceId: string | null) => void) | null = null;

  /** `offer` shows the sources in the call window. */
  constructor(offer: (sources: ScreenSource[]) => void) {
    this.#offer = offer;
  }

  /** Waits for the person's choice: one of these, or null for none. A question that is still open is answered with none. */
  async ask(sources: readonly ScreenSource[]): Promise<string | null> {
    this.answer(null);
    const { promise, resolve } = Promise.withResolvers<string | null>();
    this.#answer = resolve;
    this.#offer([...sources]);
    const chosen = await promise;
    return sources.some(({ id }) => id === chosen) ? chosen : null;
  }

  /** Takes the choice; nothing when nobody asked. */
  answer(sourceId: string | null): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(sourceId);
  }
}
