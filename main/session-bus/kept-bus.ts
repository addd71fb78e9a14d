import type { BusCall, LastingBus, SessionBus, SignalRule } from './bus.ts';

/** Opens the bus; `onLost` is told when it goes away. */
export type OpenBus = (onLost: () => void) => Promise<SessionBus>;

/** How long a lost bus is left alone before it is tried again: at first, and at most. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * A bus that is opened when something needs it. Once something is heard on it, it is opened anew by itself after it was
 * lost, and what was heard is heard again.
 */
export class KeptBus implements LastingBus {
  readonly #openBus: OpenBus;
  readonly #heard: { readonly rule: SignalRule; readonly listener: (body: readonly unknown[]) => void }[] =
    [];
  readonly #reopenedListeners: (() => void)[] = [];
  #bus: Promise<SessionBus> | null = null;
  #wasOpen = false;
  #pause = FIRST_PAUSE_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(openBus: OpenBus) {
    this.#openBus = openBus;
  }

  readonly call = async (asked: BusCall): Promise<readonly unknown[]> => (await this.#opened()).call(asked);

  readonly hear = async (rule: SignalRule, listener: (body: readonly unknown[]) => void): Promise<void> => {
    const bus = await this.#opened();
    await bus.hear(rule, listener);
    this.#heard.push({ rule, listener });
  };

  readonly onReopened = (listener: () => void): void => {
    this.#reopenedListeners.push(listener);
  };

  readonly close = async (): Promise<void> => {
    const bus = this.#bus;
    this.#bus = null;
    clearTimeout(this.#timer);
    // One that could not be opened needs no closing.
    await (await bus?.catch(() => null))?.close();
  };

  #opened(): Promise<SessionBus> {
    if (this.#bus) return this.#bus;
    clearTimeout(this.#timer);
    const opening: Promise<SessionBus> = this.#open(() => this.#lose(opening));
    this.#bus = opening;
    opening.catch(() => this.#lose(opening));
    return opening;
  }

  async #open(onLost: () => void): Promise<SessionBus> {
    const bus = await this.#openBus(onLost);
    try {
      for (const { rule, listener } of this.#heard) await bus.hear(rule, listener);
    } catch (error) {
      await bus.close();
      throw error;
    }
    this.#pause = FIRST_PAUSE_MS;
    if (this.#wasOpen) for (const tell of this.#reopenedListeners) tell();
    this.#wasOpen = true;
    return bus;
  }

  #lose(bus: Promise<SessionBus>): void {
    if (this.#bus !== bus) return;
    this.#bus = null;
    if (this.#heard.length === 0) return;
    const reopen = (): void => {
      // A failure comes back here, and is followed by a longer pause.
      this.#opened().catch(() => undefined);
    };
    this.#timer = setTimeout(reopen, this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }
}
