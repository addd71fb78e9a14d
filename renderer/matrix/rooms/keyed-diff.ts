import type { KeyedPatch } from '../protocol.ts';

/** Finds what changed in a keyed list since it was sent last. */
export class KeyedDiff<T> {
  readonly #keyOf: (item: T) => string;
  #order: readonly string[] = [];
  #sent = new Map<string, string>();

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  /**
   * @param items the whole list in its new order.
   * @param suspects keys that may have changed; left out: all may.
   * @returns null when nothing did.
   */
  next(items: readonly T[], suspects?: ReadonlySet<string>): KeyedPatch<T> | null {
    const order = items.map(this.#keyOf);
    const changed = items.filter((item, index) => {
      const key = order[index] ?? '';
      if (suspects !== undefined && this.#sent.has(key) && !suspects.has(key)) return false;
      return this.#isNew(key, item);
    });
    const moved =
      order.length !== this.#order.length || order.some((key, index) => key !== this.#order[index]);
    if (!moved && changed.length === 0) return null;
    if (moved) this.#forgetAllBut(order);
    this.#order = order;
    return { order: moved ? order : null, changed };
  }

  /** The receiver knows nothing any more. */
  reset(): void {
    this.#order = [];
    this.#sent = new Map();
  }

  #isNew(key: string, item: T): boolean {
    const print = JSON.stringify(item);
    if (this.#sent.get(key) === print) return false;
    this.#sent.set(key, print);
    return true;
  }

  #forgetAllBut(order: readonly string[]): void {
    if (this.#sent.size === order.length) return;
    const kept = new Set(order);
    for (const key of this.#sent.keys()) if (!kept.has(key)) this.#sent.delete(key);
  }
}
