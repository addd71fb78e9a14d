import type { BusCall, SessionBus, SignalRule } from './bus.ts';

/** Opens the bus; `onLost` is told when it goes away. */
export type OpenBus = (onLost: () => void) => Promise<SessionBus>;

/** A bus that is opened when something needs it, and anew after it was lost; what was heard is heard again. */
export class KeptBus implements SessionBus {
  readonly #openBus: OpenBus;
  readonly #heard: { readonly rule: SignalRule; readonly listener: (body: readonly unknown[]) => void }[] =
    [];
  #bus: Promise<SessionBus> | null = null;

  constructor(openBus: OpenBus) {
    this.#openBus = openBus;
  }

  readonly call = async (asked: BusCall): Promise<readonly unknown[]> => (await this.#opened()).call(asked);

  readonly hear = async (rule: SignalRule, listener: (body: readonly unknown[]) => void): Promise<void> => {
    const bus = await this.#opened();
    this.#heard.push({ rule, listener });
    await bus.hear(rule, listener);
  };

  readonly close = async (): Promise<void> => {
    const bus = this.#bus;
    this.#bus = null;
    await (await bus)?.close();
  };

  #opened(): Promise<SessionBus> {
    this.#bus ??= this.#open();
    return this.#bus;
  }

  async #open(): Promise<SessionBus> {
    try {
      const bus = await this.#openBus(() => {
        this.#bus = null;
      });
      for (const { rule, listener } of this.#heard) await bus.hear(rule, listener);
      return bus;
    } catch (error) {
      this.#bus = null;
      throw error;
    }
  }
}
