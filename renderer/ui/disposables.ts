/** What a view-model must undo at its end: subscriptions, timers. Undone in reverse order, once. */
export class Disposables {
  readonly #undo: (() => void)[] = [];

  readonly add = (...undo: readonly (() => void)[]): void => {
    this.#undo.push(...undo);
  };

  readonly dispose = (): void => {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) undo();
  };
}
