import type { SyncEvent } from '../sync/api.ts';
import type { SyncCommand } from './protocol.ts';

/** How far an import into a folder is, in bytes. */
export type ImportProgress = (bytesDone: number, bytesTotal: number) => void;

/** The sync engine, wherever it runs. */
export interface Engine {
  /** Sends a command and gives its answer. Throws EngineError when the engine refuses or died over it. */
  readonly run: (command: SyncCommand, onProgress?: ImportProgress) => Promise<unknown>;
  readonly onEvent: (listener: (event: SyncEvent) => void) => void;
  /** The engine began anew and knows nothing: whoever opened pairs opens them again. */
  readonly onFresh: (listener: () => void) => void;
  readonly stop: () => Promise<void>;
}

/** The engine did not do as told. `code` is its own stable word, `died` when its process ended, `closed` when the pair was. */
export class EngineError extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(`${code}: ${detail}`);
    this.name = 'EngineError';
    this.code = code;
  }
}
