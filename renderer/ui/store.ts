import { useSyncExternalStore } from 'react';

/** Something that has a value and says when it changed. What `get` gives keeps its identity until then. */
export interface Readable<T> {
  readonly get: () => T;
  /** Calls the listener after each change; answers the way to stop. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A value that view-models own and views render. Setting an identical value tells nobody. */
export class Store<T> implements Readable<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly set = (next: T): void => {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    for (const listener of this.#listeners) listener();
  };

  /** Replaces the value by what the function makes of it. */
  readonly update = (change: (value: T) => T): void => this.set(change(this.#value));

  /** How many listen: tests assert that it is 0 after everything was disposed. */
  get listenerCount(): number {
    return this.#listeners.size;
  }
}

/** The value of a store, for a component; it renders again when the value changes. */
export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/**
 * A part of a store's value; the component renders again only when that part changes.
 * `select` must give the same identity (or primitive) for the same value.
 */
export function useSelected<T, P>(store: Readable<T>, select: (value: T) => P): P {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
