import { ChatError } from '../http/chat-error.ts';
import type { Connection } from '../protocol.ts';
import type { SyncDelta } from './delta.ts';
import { pauseAfter, pauseAfterAbsence } from './patience.ts';
import type { SyncSource } from './source.ts';

interface LoopSettings {
  readonly source: SyncSource;
  /** Asked for when the server does not speak the first way. */
  readonly fallback: () => SyncSource;
  /** Takes an answer in; when it throws the same answer is asked for again. */
  readonly apply: (delta: SyncDelta) => Promise<void>;
  readonly connection: (connection: Connection) => void;
  /** An answer that is no answer, or could not be taken in: a mistake here or there, not the line. */
  readonly trouble: (error: unknown) => void;
  /** Waits; ends early when the line may be back. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly chance: () => number;
}

/** Hears from the server until it is stopped or the session ends, with growing pauses while it can't be reached. */
export class SyncLoop {
  readonly #settings: LoopSettings;
  readonly #abort = new AbortController();
  #source: SyncSource;
  #failures = 0;
  /** When the server, or its silence, was heard last. */
  #heardAt: number;

  constructor(settings: LoopSettings) {
    this.#settings = settings;
    this.#source = settings.source;
    this.#heardAt = settings.now();
  }

  get kind(): SyncSource['kind'] {
    return this.#source.kind;
  }

  watch(roomIds: readonly string[]): void {
    this.#source.watch(roomIds);
  }

  /** Never rejects. Ends after `stop` or when the session ended. */
  async run(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        const delta = await this.#source.next(signal);
        await this.#settings.apply(delta);
        this.#source.commit();
        this.#failures = 0;
        this.#heardAt = this.#settings.now();
        if (!signal.aborted) this.#settings.connection('live');
      } catch (error) {
        if (signal.aborted || (await this.#recover(error)) === 'end') return;
      }
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  async #recover(error: unknown): Promise<'again' | 'end'> {
    const code = error instanceof ChatError ? error.code : 'unknown';
    if (code === 'signed-out') {
      this.#settings.connection('signed-out');
      return 'end';
    }
    if (error instanceof ChatError && error.errcode === 'M_UNKNOWN_POS') {
      this.#source.restart();
      return 'again';
    }
    if (this.#source.kind === 'sliding' && isUnspoken(error)) {
      this.#source = this.#settings.fallback();
      return 'again';
    }
    if (!(error instanceof ChatError)) this.#settings.trouble(error);
    this.#settings.connection('offline');
    const asked = error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0;
    await this.#settings.wait(Math.max(this.#pause(), asked), this.#abort.signal);
    return 'again';
  }

  #pause(): number {
    const { now, chance } = this.#settings;
    const away = now() - this.#heardAt;
    this.#heardAt = now();
    const pause = Math.max(pauseAfter(this.#failures, chance()), pauseAfterAbsence(away, chance()));
    this.#failures += 1;
    return pause;
  }
}

/** A chat server says that it does not know the request; a proxy's bare 404 says nothing of the server behind it. */
function isUnspoken(error: unknown): boolean {
  if (!(error instanceof ChatError)) return false;
  return error.code === 'unsupported' || (error.code === 'not-found' && error.errcode !== '');
}
