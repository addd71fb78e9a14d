/** Calls listeners by the name of what happened; the part of Node's EventEmitter that the IFrame API has. */
export type Listener = (data: Record<string, unknown>) => void;

export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  once(name: string, listener: Listener): this {
    const forget: Listener = (data) => {
      this.removeListener(name, forget);
      listener(data);
    };
    return this.on(name, forget);
  }

  addListener(name: string, listener: Listener): this {
    return this.on(name, listener);
  }

  removeListener(name: string, listener: Listener): this {
    const left = (this.#listeners.get(name) ?? []).filter((other) => other !== listener);
    this.#listeners.set(name, left);
    return this;
  }

  off(name: string, listener: Listener): this {
    return this.removeListener(name, listener);
  }

  removeAllListeners(name?: string): this {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  listenerCount(name: string): number {
    return this.#listeners.get(name)?.length ?? 0;
  }

  emit(name: string, data: Record<string, unknown> = {}): boolean {
    const listeners = this.#listeners.get(name) ?? [];
    for (const listener of listeners) listener(data);
    return listeners.length > 0;
  }
}
