import type { SyncEvent } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import { SyncCommand } from './protocol.ts';

/** The listeners of one share. */
interface Hearing {
  readonly hear: (event: SyncEvent) => void;
  readonly beginAnew: () => void;
}

/** The one engine, in one process and on one line, for the folders of all accounts: each has a share of it. */
export class SharedEngine {
  readonly #engine: Engine;
  readonly #shares = new Map<EngineShare, Hearing>();

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.onEvent((event) => {
      for (const { hear } of this.#shares.values()) hear(event);
    });
    engine.onFresh(() => {
      for (const { beginAnew } of this.#shares.values()) beginAnew();
    });
  }

  /** Another share; `stop` gives it back. */
  share(): EngineShare {
    const share: EngineShare = new EngineShare(this.#engine, (hearing) => {
      if (hearing) this.#shares.set(share, hearing);
      else this.#shares.delete(share);
    });
    return share;
  }

  /** Ends the engine for all, and all pairs with it. */
  stop(): Promise<void> {
    for (const share of this.#shares.keys()) share.letGo();
    return this.#engine.stop();
  }
}

/** What one account has of the engine: it opens pairs of its own, and hears of no others. */
export class EngineShare implements Engine {
  readonly #engine: Engine;
  readonly #listen: (hearing: Hearing | null) => void;
  readonly #pairs = new Set<string>();
  readonly #eventListeners = new Set<(event: SyncEvent) => void>();
  readonly #freshListeners = new Set<() => void>();
  #isGivenBack = false;

  /** `listen` takes what is to hear of the engine from now on; null: nothing is. */
  constructor(engine: Engine, listen: (hearing: Hearing | null) => void) {
    this.#engine = engine;
    this.#listen = listen;
  }

  readonly run: Engine['run'] = async (command, onProgress) => {
    // A pair that is opened now would be nobody's, and never closed.
    if (this.#isGivenBack) throw new EngineError('closed', 'this share of the engine was given back');
    // The process that all share ends over what it does not understand, and would again with each try.
    const checked = SyncCommand.safeParse(command);
    if (!checked.success) throw new EngineError('invalid', checked.error.issues[0]?.path.join('.') ?? '');
    if (command.type === 'open') this.#pairs.add(command.config.id);
    if (command.type === 'close') this.#pairs.delete(command.pair);
    return this.#engine.run(command, onProgress);
  };

  readonly onEvent = (listener: (event: SyncEvent) => void): void => {
    this.#eventListeners.add(listener);
    this.#hear();
  };

  readonly onFresh = (listener: () => void): void => {
    this.#freshListeners.add(listener);
    this.#hear();
  };

  /** Closes its pairs and hears nothing more; the engine runs on for the others. */
  readonly stop = async (): Promise<void> => {
    for (const pair of this.letGo()) await this.#close(pair);
  };

  /** Hears and does nothing more. Answers the pairs that are still open. */
  letGo(): readonly string[] {
    const pairs = [...this.#pairs];
    this.#isGivenBack = true;
    this.#listen(null);
    this.#pairs.clear();
    return pairs;
  }

  async #close(pair: string): Promise<void> {
    try {
      await this.#engine.run({ type: 'close', pair });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error; // it died, and the pair with it
    }
  }

  #hear(): void {
    if (this.#isGivenBack) return;
    this.#listen({
      hear: (event) => {
        if (!this.#pairs.has(event.pair)) return;
        for (const listener of this.#eventListeners) listener(event);
      },
      beginAnew: () => {
        this.#pairs.clear();
        for (const listener of this.#freshListeners) listener();
      },
    });
  }
}
