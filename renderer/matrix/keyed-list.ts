import type { KeyedPatch } from './protocol.ts';

/** A keyed list put together from patches; items that a patch leaves out stay the same objects. */
export class KeyedList<T> {
  readonly #keyOf: (item: T) => string;
  #byKey = new Map<string, T>();
  #order: readonly string[] = [];
  #items: readonly T[] = [];

  constructor(keyOf: (item: T) => string) {
    this.#keyOf = keyOf;
  }

  /** The whole list after a patch; the same array when the patch changes nothing. */
  apply(patch: KeyedPatch<T>): readonly T[] {
    if (patch.order === null && patch.changed.length === 0) return this.#items;
    for (const item of patch.changed) this.#byKey.set(this.#keyOf(item), item);
    if (patch.order !== null) this.#order = patch.order;
    this.#items = this.#order.flatMap((key) => this.#byKey.get(key) ?? []);
    if (this.#byKey.size > this.#items.length) {
      this.#byKey = new Map(this.#items.map((item) => [this.#keyOf(item), item]));
    }
    return this.#items;
  }

  /** Empty again. */
  reset(): void {
    this.#byKey = new Map();
    this.#order = [];
    this.#items = [];
  }
}
