import { ListAssembler } from './list-assembler.ts';
import type {
  CommandAnswer,
  CommandError,
  CommandName,
  CommandRequest,
  FromWorker,
  Snapshot,
  ToWorker,
} from './protocol.ts';
import { TimelineAssembler } from './timeline-assembler.ts';

/** The part of a Worker the client uses. */
export interface WorkerLike {
  postMessage<N extends CommandName>(message: ToWorker<N>, transfer: Transferable[]): void;
  terminate(): void;
  /** Of the types `message` and `error`. */
  addEventListener(type: string, listener: (event: Event) => void): void;
}

/** What a command came to. */
export type CommandResult<N extends CommandName> =
  | { readonly ok: true; readonly value: CommandAnswer<N> }
  | { readonly ok: false; readonly error: CommandError };

interface Waiting {
  readonly resolve: (message: Extract<FromWorker, { type: 'answer' }>) => void;
}

/**
 * The page's end of the Matrix worker: commands with answers, snapshots as they come.
 * Puts the worker's patches together, so that what did not change keeps its identity.
 * Starts a worker anew when one breaks; the page then says `start` again (`onRestart`).
 */
export class MatrixWorkerClient {
  readonly #create: () => WorkerLike;
  readonly #onRestart: () => void;
  readonly #listeners = new Set<(snapshot: Snapshot) => void>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #salons = new ListAssembler();
  readonly #timeline = new TimelineAssembler();
  #worker: WorkerLike;
  #nextId = 1;
  #closed = false;

  /**
   * @param create a new worker each time.
   * @param onRestart called after a broken worker was replaced.
   */
  constructor(create: () => WorkerLike, onRestart: () => void = () => undefined) {
    this.#create = create;
    this.#onRestart = onRestart;
    this.#worker = this.#begin();
  }

  /** One command. Never throws; after `close` and when the worker breaks the answer is an error. */
  run<N extends CommandName>(name: N, request: CommandRequest<N>): Promise<CommandResult<N>> {
    if (this.#closed) return Promise.resolve({ ok: false, error: BROKEN });
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      this.#waiting.set(id, { resolve: (message) => resolve(resultOf<N>(message)) });
      this.#worker.postMessage<N>({ id, name, request }, []);
    });
  }

  /** Every snapshot from now on. @returns the way to stop listening. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the worker. */
  close(): void {
    this.#closed = true;
    this.#worker.terminate();
    this.#failAll();
  }

  #begin(): WorkerLike {
    const worker = this.#create();
    worker.addEventListener('message', (event) => {
      if (worker === this.#worker && event instanceof MessageEvent) this.#hear(event.data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#broke(worker);
    });
    return worker;
  }

  #broke(worker: WorkerLike): void {
    if (this.#closed || worker !== this.#worker) return;
    worker.terminate();
    this.#failAll();
    this.#salons.reset();
    this.#timeline.reset();
    this.#worker = this.#begin();
    this.#onRestart();
  }

  #failAll(): void {
    for (const [id, { resolve }] of this.#waiting) resolve({ type: 'answer', id, ok: false, error: BROKEN });
    this.#waiting.clear();
  }

  #hear(message: FromWorker): void {
    if (message.type === 'answer') {
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
      return;
    }
    const snapshot = this.#assemble(message);
    for (const listener of this.#listeners) listener(snapshot);
  }

  #assemble(message: Exclude<FromWorker, { type: 'answer' }>): Snapshot {
    if (message.type === 'salons-patch') {
      return { type: 'salons', snapshot: this.#salons.apply(message.patch) };
    }
    if (message.type === 'timeline-patch') {
      return { type: 'timeline', snapshot: this.#timeline.apply(message.patch) };
    }
    return message;
  }
}

/** The worker answers each command with the type that the protocol gives it. */
function resultOf<N extends CommandName>(message: Extract<FromWorker, { type: 'answer' }>): CommandResult<N> {
  if (!message.ok) return { ok: false, error: message.error };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are typed by the same map of commands
  return { ok: true, value: message.value as CommandAnswer<N> };
}

const BROKEN: CommandError = { code: 'unknown', detail: 'worker ended' };
