import { tryParse } from '../contract/try-parse.ts';
import type { Log } from '../log/log.ts';
import type { SyncEvent } from '../sync/api.ts';
import { type Engine, EngineError, type ImportProgress } from './engine.ts';
import { HostMessage, type SyncCommand } from './protocol.ts';
import { Pulse, type PulsePace } from './pulse.ts';

/** A process that runs the engine: Electron's utility process in the program. */
export interface ChildProcess {
  readonly send: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onExit: (listener: (code: number | null) => void) => void;
  readonly kill: () => void;
}

/** When a process that died is started again. */
export interface RestartPace {
  readonly firstMs: number;
  readonly mostMs: number;
  /** After running that long it is well again: the next death starts from `firstMs`. */
  readonly wellAfterMs: number;
}
const USUAL_PACE: RestartPace = { firstMs: 500, mostMs: 60_000, wellAfterMs: 30_000 };

/** A process that gives no sign for 50 s of work hangs: it looks at slow drives in pieces, and computes in shorter ones. */
const USUAL_PULSE: PulsePace = { everyMs: 10_000, mostMissed: 5 };

/** How long the engine may take to close its journals when the program ends. */
const CLOSE_WITHIN_MS = 5000;
/** How long one that was killed is waited for: what is asked of a network drive that hangs may outlive even that. */
const DIE_WITHIN_MS = 1000;

/** What the supervisor is given beside the process; the rest is as usual. */
export interface SupervisorOptions {
  readonly pace?: RestartPace;
  readonly pulse?: PulsePace;
  readonly calm?: Promise<void>;
  /** The words in the name of a conflict copy; null for the pair's usual ones. */
  readonly labelFor?: (pair: string, path: string) => Promise<string | null>;
}

interface Waiting {
  /** Of which pair the command was; null for none. */
  readonly pair: string | null;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: EngineError) => void;
  readonly onProgress: ImportProgress | undefined;
}

/**
 * Runs the engine in a process of its own, from the first command on, and keeps it running: a process that dies is started again after a pause that
 * doubles each time; what waited for its answers is told, and whoever opened pairs hears that the engine is fresh. So is one
 * that hangs, as on a drive that never answers; which pair was at fault nobody can tell, so all that were at work then are
 * opened as suspects from then on, whose drives are asked in a way that can't stop the others.
 */
export class Supervisor implements Engine {
  readonly #spawn: () => ChildProcess;
  readonly #trash: (path: string) => Promise<void>;
  readonly #log: Log;
  readonly #pace: RestartPace;
  readonly #waiting = new Map<number, Waiting>();
  readonly #eventListeners = new Set<(event: SyncEvent) => void>();
  readonly #freshListeners = new Set<() => void>();
  readonly #atWork = new Set<string>();
  readonly #suspects = new Set<string>();
  readonly #pulse: Pulse;
  #child: ChildProcess | null = null;
  /** Whether the process said anything yet: how long its start takes is no sign. */
  #hasBegun = false;
  #restart: NodeJS.Timeout | null = null;
  #pause: number;
  #startedAt = 0;
  #began: Promise<void> | null = null;
  #lastId = 0;
  #stopped = false;

  readonly #calm: Promise<void>;
  readonly #labelFor: (pair: string, path: string) => Promise<string | null>;

  /**
   * `trash` puts what the engine removes on this PC into the system's trash. The process begins when `calm` resolves, not
   * before: while the window is coming, it would take the processor from it.
   */
  constructor(
    spawn: () => ChildProcess,
    trash: (path: string) => Promise<void>,
    log: Log,
    {
      pace = USUAL_PACE,
      pulse = USUAL_PULSE,
      calm = Promise.resolve(),
      labelFor = noLabel,
    }: SupervisorOptions = {},
  ) {
    this.#spawn = spawn;
    this.#trash = trash;
    this.#log = log;
    this.#pace = pace;
    this.#pause = pace.firstMs;
    this.#calm = calm;
    this.#labelFor = labelFor;
    this.#pulse = new Pulse(
      pulse,
      (id) => this.#child?.send({ pulse: id }),
      () => this.#endHanging(),
    );
  }

  /** Begins, once; the first command does so too. */
  readonly begin = (): Promise<void> => {
    this.#began ??= this.#startWhenCalm();
    return this.#began;
  };

  async #startWhenCalm(): Promise<void> {
    await this.#calm;
    if (!this.#stopped) this.#start();
  }

  readonly run = (command: SyncCommand, onProgress?: ImportProgress): Promise<unknown> =>
    this.#startedAt === 0
      ? this.begin().then(() => this.#send(command, onProgress))
      : this.#send(command, onProgress);

  #send(command: SyncCommand, onProgress: ImportProgress | undefined): Promise<unknown> {
    const child = this.#child;
    if (!child) return Promise.reject(new EngineError('died', 'the engine is being started again'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { pair: pairOf(command), resolve, reject, onProgress });
      child.send({ id, command: this.#withSuspicion(command) });
      this.#followPulse();
    });
  }

  #withSuspicion(command: SyncCommand): SyncCommand {
    return command.type === 'open' && this.#suspects.has(command.config.id)
      ? { ...command, isSuspect: true }
      : command;
  }

  #followPulse(): void {
    this.#pulse.follow(this.#hasBegun && !this.#stopped && (this.#atWork.size > 0 || this.#waiting.size > 0));
  }

  /** Kills the process; one that can't even be killed as long as its drive hangs is left to itself. */
  #endHanging(): void {
    const child = this.#child;
    if (!child) return;
    for (const pair of this.#atWork) this.#suspects.add(pair);
    for (const { pair } of this.#waiting.values()) if (pair !== null) this.#suspects.add(pair);
    this.#log.error('sync-process.hangs', { atWork: this.#atWork.size, suspects: this.#suspects.size });
    child.kill();
    setTimeout(() => this.#ended(child, null), DIE_WITHIN_MS);
  }

  readonly onEvent = (listener: (event: SyncEvent) => void): void => {
    this.#eventListeners.add(listener);
  };

  readonly onFresh = (listener: () => void): void => {
    this.#freshListeners.add(listener);
  };

  /** Asks the engine to close everything and ends its process; kills it when it takes too long. */
  readonly stop = async (): Promise<void> => {
    this.#stopped = true;
    this.#followPulse();
    if (this.#restart) clearTimeout(this.#restart);
    const child = this.#child;
    if (!child) return;
    const { promise: exited, resolve } = Promise.withResolvers<void>();
    child.onExit(() => resolve());
    const late = setTimeout(() => child.kill(), CLOSE_WITHIN_MS);
    const lost = setTimeout(resolve, CLOSE_WITHIN_MS + DIE_WITHIN_MS);
    child.send('close');
    await exited;
    for (const timer of [late, lost]) clearTimeout(timer);
  };

  #start(): void {
    const child = this.#spawn();
    this.#child = child;
    this.#startedAt = Date.now();
    this.#hasBegun = false;
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message);
    });
    child.onExit((code) => this.#ended(child, code));
  }

  #receive(message: unknown): void {
    const parsed = tryParse(HostMessage, message);
    if (!parsed?.success) {
      this.#log.error('sync-process.wrong-message', { issue: parsed?.error.issues[0]?.path.join('.') ?? '' });
      return;
    }
    const said = parsed.data;
    this.#hasBegun = true;
    switch (said.kind) {
      case 'event':
        this.#noteWork(said.event);
        for (const listener of this.#eventListeners) listener(said.event);
        return;
      case 'progress':
        this.#waiting.get(said.id)?.onProgress?.(said.bytesDone, said.bytesTotal);
        return;
      case 'trash':
        void this.#moveToTrash(said.id, said.path);
        return;
      case 'label':
        void this.#tellLabel(said.id, said.pair, said.path);
        return;
      case 'pulse':
        this.#pulse.answered(said.id);
        return;
      case 'answer':
        this.#answer(said);
    }
  }

  #answer(said: Extract<HostMessage, { kind: 'answer' }>): void {
    const waiting = this.#waiting.get(said.id);
    this.#waiting.delete(said.id);
    if (said.ok) waiting?.resolve(said.value);
    else waiting?.reject(new EngineError(said.code, said.detail));
    this.#followPulse();
  }

  /** Only a pair in a run asks its drive of its own accord. */
  #noteWork(event: SyncEvent): void {
    if (event.type !== 'state') return;
    const { kind } = event.state;
    if (kind === 'scanning' || kind === 'syncing') this.#atWork.add(event.pair);
    else this.#atWork.delete(event.pair);
    this.#followPulse();
  }

  async #moveToTrash(id: number, path: string): Promise<void> {
    const child = this.#child;
    try {
      await this.#trash(path);
      child?.send({ trashed: id, ok: true });
    } catch (error) {
      this.#log.warn('trash.refused', {}, error);
      child?.send({ trashed: id, ok: false });
    }
  }

  async #tellLabel(id: number, pair: string, path: string): Promise<void> {
    const child = this.#child;
    const label = await this.#labelFor(pair, path).catch((error: unknown) => {
      this.#log.error('label.not-found-out', {}, error);
      return null;
    });
    child?.send({ labelled: id, label });
  }

  #ended(child: ChildProcess, code: number | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#hasBegun = false;
    for (const { reject } of this.#waiting.values()) reject(new EngineError('died', `exit code ${code}`));
    this.#waiting.clear();
    this.#atWork.clear();
    this.#followPulse();
    if (this.#stopped) return;
    if (Date.now() - this.#startedAt >= this.#pace.wellAfterMs) this.#pause = this.#pace.firstMs;
    this.#log.error('sync-process.died', { code: code ?? -1, restartInMs: this.#pause });
    this.#restart = setTimeout(() => {
      this.#start();
      for (const listener of this.#freshListeners) listener();
    }, this.#pause);
    this.#pause = Math.min(this.#pause * 2, this.#pace.mostMs);
  }
}

function pairOf(command: SyncCommand): string | null {
  if (command.type === 'open') return command.config.id;
  return 'pair' in command ? command.pair : null;
}

function noLabel(): Promise<null> {
  return Promise.resolve(null);
}
