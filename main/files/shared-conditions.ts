import type { Conditions } from './conditions.ts';

/** How the computer stands, for several who come and go. */
export class SharedConditions {
  readonly #conditions: Conditions;
  readonly #listeners = new Set<() => void>();

  constructor(conditions: Conditions) {
    this.#conditions = conditions;
    conditions.onChange(() => {
      for (const listener of this.#listeners) listener();
    });
  }

  /** The same for one of them; `leave` and it is told no more. */
  share(): { readonly conditions: Omit<Conditions, 'close'>; readonly leave: () => void } {
    const { surroundings, rules, limits } = this.#conditions;
    const own = new Set<() => void>();
    const tell = (): void => {
      for (const listener of own) listener();
    };
    this.#listeners.add(tell);
    return {
      conditions: { surroundings, rules, limits, onChange: (listener) => void own.add(listener) },
      leave: () => this.#listeners.delete(tell),
    };
  }
}
