import { MatrixWorkerClient, type WorkerLike } from '../matrix/client.ts';
import type { CommandError, CommandName, CommandRequest, Snapshot } from '../matrix/protocol.ts';
import type { ChatPort, CommandOutcome } from '../salons/stores/chat-port.ts';

/** A worker that breaks more often than that in a while is left alone for as long. */
const MOST_RESTARTS = 5;
const WHILE_MS = 30_000;

/**
 * The chat's worker, as long as someone is signed in. The addresses a worker may reach are fixed when its script is
 * loaded, so it is made at `start`, once main knows the account's server, and ended with `stop`.
 */
export class ChatWorker implements ChatPort {
  readonly #create: () => WorkerLike;
  readonly #onRestart: () => void;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  #client: MatrixWorkerClient | null = null;
  #server: string | null = null;
  #restarts: readonly number[] = [];
  #resting: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param create a new worker each time.
   * @param onRestart called after a broken worker was replaced: say `start` again.
   */
  constructor(create: () => WorkerLike, onRestart: () => void) {
    this.#create = create;
    this.#onRestart = onRestart;
  }

  /** Begins to load the worker for a server, if it is not there yet; `start` follows. */
  readonly prepare = (server: string): void => {
    if (this.#client && this.#server === server) return;
    this.close();
    this.#server = server;
    this.#client = new MatrixWorkerClient(this.#create, this.#restarted);
    this.#client.subscribe((snapshot) => {
      for (const listener of this.#listeners) listener(snapshot);
    });
  };

  /** One command; without a worker it is answered as when nobody is signed in. */
  readonly run = async <N extends CommandName>(
    name: N,
    request: CommandRequest<N>,
  ): Promise<CommandOutcome<N>> => {
    if (isStart(name, request)) this.prepare(request.session.serverUrl);
    if (!this.#client) return { ok: false, error: NOT_STARTED };
    const outcome = await this.#client.run(name, request);
    if (name === 'stop') this.close();
    return outcome;
  };

  readonly subscribe = (listener: (snapshot: Snapshot) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Ends the worker; the next `start` makes a new one. */
  readonly close = (): void => {
    clearTimeout(this.#resting ?? undefined);
    this.#client?.close();
    this.#client = null;
    this.#server = null;
  };

  readonly #restarted = (): void => {
    const now = Date.now();
    this.#restarts = [...this.#restarts.filter((at) => now - at < WHILE_MS), now];
    if (this.#restarts.length <= MOST_RESTARTS) return this.#onRestart();
    this.close();
    this.#resting = setTimeout(this.#onRestart, WHILE_MS);
  };
}

function isStart(name: CommandName, _request: unknown): _request is CommandRequest<'start'> {
  return name === 'start';
}

const NOT_STARTED: CommandError = { code: 'signed-out', detail: 'not started' };
