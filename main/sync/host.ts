import type {
  Conflict,
  ImportSource,
  PairConfig,
  PauseRules,
  SpeedLimits,
  Surroundings,
  SyncEvent,
} from './api.ts';
import { askedLabels, askedTrash, Questions } from './asking.ts';
import { atDesk, isOtherLine } from './conduct.ts';
import { defaultPorts, newLine, newPushHub } from './default-ports.ts';
import type { Drive, Patience } from './drives/drive.ts';
import { Drives } from './drives/drives.ts';
import { patientPorts } from './drives/patient-ports.ts';
import { diskSpace } from './local/free-space.ts';
import { threadPoolAnswers } from './local/thread-pool.ts';
import { assertNever } from './model/assert-never.ts';
import { DriveSilent, LocalFailure } from './model/failures.ts';
import type { SyncPorts } from './ports/sync-ports.ts';
import { SharedRoom } from './room/shared-room.ts';
import { createSyncPair, type SyncPair } from './sync-pair.ts';
import { Turns } from './turns.ts';

/** What a supervisor may ask of the engine. `pair` is the id of a configuration that was opened. */
export type SyncCommand =
  /** Opens a pair and begins to watch it; a pair that is open already is closed first. */
  | {
      readonly type: 'open';
      readonly config: PairConfig;
      /** The process hung while this pair was at work: its drive is never asked in the thread that all pairs share. */
      readonly isSuspect?: boolean;
    }
  | { readonly type: 'close'; readonly pair: string }
  /** How this computer stands, and what is to follow from it: for all pairs, also those that are opened later. */
  | { readonly type: 'surroundings'; readonly surroundings: Surroundings }
  | { readonly type: 'rules'; readonly rules: PauseRules; readonly limits: SpeedLimits }
  /** `overrule`: works although the rules say to pause, until what they pause for is over. */
  | { readonly type: 'syncNow' | 'pause' | 'resume' | 'overrule'; readonly pair: string }
  | { readonly type: 'retry'; readonly pair: string; readonly path: string }
  | { readonly type: 'confirmGuard' | 'refuseGuard'; readonly pair: string; readonly guard: string }
  /** From now on these folders are not wanted here, and all others are. */
  | { readonly type: 'choose'; readonly pair: string; readonly unwanted: readonly string[] }
  | { readonly type: 'setPassword'; readonly pair: string; readonly password: string }
  /** Answers Imported; progress comes as `progress` messages with the same id. */
  | {
      readonly type: 'importFile';
      readonly pair: string;
      readonly source: ImportSource;
      readonly targetDir: string;
    }
  /** Answers EntryInfo[]. */
  | { readonly type: 'list'; readonly pair: string; readonly folder: string }
  /** Answer FolderWeight[] and Waiting. */
  | { readonly type: 'weigh' | 'waiting'; readonly pair: string }
  /** A settled conflict is one again: a person undid it. */
  | { readonly type: 'noteConflict'; readonly pair: string; readonly conflict: Conflict }
  /** Answer Problem[], Conflict[], PairState. */
  | { readonly type: 'problems' | 'conflicts' | 'state'; readonly pair: string };

/** To the engine: a command with a number of the sender's choice, or the answer to a question of the engine. */
export type HostRequest =
  | { readonly id: number; readonly command: SyncCommand }
  | { readonly trashed: number; readonly ok: boolean }
  | { readonly labelled: number; readonly label: string | null }
  /** Asks whether the engine is well; it answers a `pulse` of that number. */
  | { readonly pulse: number };

/** From the engine. Each command gets exactly one answer, under its number. */
export type HostMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly ok: false;
      readonly code: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly bytesDone: number;
      readonly bytesTotal: number;
    }
  | { readonly kind: 'event'; readonly event: SyncEvent }
  /** Asks the supervisor to put a file into the system's trash; it replies {trashed: id, ok}. */
  | { readonly kind: 'trash'; readonly id: number; readonly path: string }
  /** Asks for the words in the name of a conflict copy of `path`; it replies {labelled: id, label}, null for the usual ones. */
  | { readonly kind: 'label'; readonly id: number; readonly pair: string; readonly path: string }
  /** The thread of the engine and its pool of threads both had a moment to spare. */
  | { readonly kind: 'pulse'; readonly id: number };

/** How long a run under way is waited for when its pair is closed; after that what it asks of its drive is given up. */
const closeWithinMs = 5000;
/** Characters of what went wrong that are told. */
const longestDetail = 2000;

export interface SyncHost {
  receive(request: HostRequest): void;
  /** Stops all pairs. */
  close(): Promise<void>;
}

/** How the host is set up; what is left out is the default of `createSyncPair`. */
export interface HostOptions {
  /** Have the supervisor move files to the trash (its shell knows how on every system). */
  readonly askForTrash?: boolean;
  /** Have the supervisor say how conflict copies are called (it knows who the people are). */
  readonly askForLabels?: boolean;
  /** How long drives may take for an answer. */
  readonly patience?: Patience;
}

/** Runs any number of pairs behind a message port. Every message is plain data. */
export function createSyncHost(send: (message: HostMessage) => void, options: HostOptions = {}): SyncHost {
  const host = new Host(send, options);
  return { receive: (request) => host.receive(request), close: () => host.close() };
}

class Host {
  readonly #send: (message: HostMessage) => void;
  readonly #options: HostOptions;
  readonly #pairs = new Map<string, OpenPair>();
  readonly #drives: Drives;
  readonly #room: SharedRoom;
  /** One for all pairs: they share the line, and the connections on which servers tell of changes. */
  readonly #push = newPushHub();
  readonly #line = newLine();
  readonly #ports = defaultPorts(this.#push, this.#line);
  readonly #trashing = new Questions<boolean>();
  readonly #labelling = new Questions<string | null>();
  /** A pair is opened and closed one after the other, so that its journal is never open twice. */
  readonly #turns = new Turns();
  #surroundings: Surroundings = atDesk.surroundings;
  #rules: PauseRules = atDesk.rules;

  constructor(send: (message: HostMessage) => void, options: HostOptions) {
    this.#send = send;
    this.#options = options;
    this.#drives = new Drives(options.patience);
    this.#room = new SharedRoom(
      (folder) => this.#drives.of(folder).drive.look(() => diskSpace(folder)),
      () => performance.now(),
    );
  }

  receive(request: HostRequest): void {
    if ('trashed' in request) this.#trashing.answer(request.trashed, request.ok);
    else if ('labelled' in request) this.#labelling.answer(request.labelled, request.label);
    else if ('pulse' in request) void this.#tellPulse(request.pulse);
    else void this.#answer(request.id, request.command);
  }

  async close(): Promise<void> {
    const pairs = [...this.#pairs.values()];
    this.#pairs.clear();
    this.#trashing.answerAll(false);
    this.#labelling.answerAll(null);
    await Promise.all(pairs.map((pair) => stopPair(pair)));
  }

  async #answer(id: number, command: SyncCommand): Promise<void> {
    try {
      const value = await this.#perform(id, command);
      this.#send({ kind: 'answer', id, ok: true, value });
    } catch (error) {
      const code = this.#isClosed(command)
        ? 'closed'
        : error instanceof LocalFailure
          ? error.code
          : error instanceof DriveSilent
            ? 'driveSilent'
            : 'internal';
      const detail = error instanceof Error ? error.message : String(error);
      this.#send({ kind: 'answer', id, ok: false, code, detail: detail.slice(0, longestDetail) });
    }
  }

  async #tellPulse(id: number): Promise<void> {
    await threadPoolAnswers();
    this.#send({ kind: 'pulse', id });
  }

  /** Whether the pair that was to do it is none, or none any more: it was closed before or meanwhile. */
  #isClosed(command: SyncCommand): boolean {
    return 'pair' in command && !this.#pairs.has(command.pair);
  }

  async #perform(id: number, command: SyncCommand): Promise<unknown> {
    if (command.type === 'open') return this.#turns.take(command.config.id, () => this.#open(command));
    if (command.type === 'close') return this.#turns.take(command.pair, () => this.#stopPair(command.pair));
    if (command.type === 'surroundings') return this.#setSurroundings(command.surroundings);
    if (command.type === 'rules') return this.#setRules(command.rules, command.limits);
    const pair = this.#pairs.get(command.pair)?.pair;
    if (pair === undefined) throw new Error(`no such pair: ${command.pair}`);
    switch (command.type) {
      case 'syncNow':
        return pair.syncNow();
      case 'pause':
        return pair.pause();
      case 'resume':
        return pair.resume();
      case 'overrule':
        return pair.overrule();
      case 'retry':
        return pair.retry(command.path);
      case 'confirmGuard':
        return pair.confirmGuard(command.guard);
      case 'refuseGuard':
        return pair.refuseGuard(command.guard);
      case 'choose':
        return pair.choose(command.unwanted);
      case 'setPassword':
        return pair.setPassword(command.password);
      case 'importFile':
        return pair.importFile(command.source, command.targetDir, (bytesDone, bytesTotal) =>
          this.#send({ kind: 'progress', id, bytesDone, bytesTotal }),
        );
      case 'list':
        return pair.list(command.folder);
      case 'waiting':
        return pair.waiting();
      case 'weigh':
        return pair.weigh();
      case 'problems':
        return pair.problems();
      case 'conflicts':
        return pair.conflicts();
      case 'noteConflict':
        return pair.noteConflict(command.conflict);
      case 'state':
        return pair.state();
      default:
        return assertNever(command);
    }
  }

  async #open({ config, isSuspect = false }: Extract<SyncCommand, { type: 'open' }>): Promise<void> {
    await this.#stopPair(config.id);
    const { remoteHints, openRemote } = this.#ports;
    const { drive, isRemote } = this.#drives.of(config.localDir);
    const own = { ...this.#ports, ...this.#asking() };
    const ports = {
      remoteHints,
      openRemote,
      room: this.#room,
      ...this.#asking(),
      ...patientPorts(own, drive, { isAside: isRemote || isSuspect, isWatched: !isSuspect }),
    };
    const pair = createSyncPair(config, ports);
    const forget = drive.onBack(() => pair.syncNow());
    this.#pairs.set(config.id, { pair, drive, forget });
    pair.subscribe((event) => this.#send({ kind: 'event', event }));
    pair.setSurroundings(this.#surroundings);
    pair.setRules(this.#rules);
    pair.start();
  }

  #setSurroundings(surroundings: Surroundings): void {
    if (isOtherLine(this.#surroundings, surroundings)) this.#line.measureAgain();
    this.#surroundings = surroundings;
    const { network } = surroundings;
    this.#line.setProxies(network.kind === 'online' ? (network.proxies ?? {}) : {});
    this.#push.follow(surroundings);
    for (const { pair } of this.#pairs.values()) pair.setSurroundings(surroundings);
  }

  #setRules(rules: PauseRules, limits: SpeedLimits): void {
    this.#rules = rules;
    this.#line.setLimits(limits);
    for (const { pair } of this.#pairs.values()) pair.setRules(rules);
  }

  async #stopPair(id: string): Promise<void> {
    const open = this.#pairs.get(id);
    this.#pairs.delete(id);
    if (open !== undefined) await stopPair(open);
  }

  /** What the supervisor does for the engine. */
  #asking(): Partial<SyncPorts> {
    const { askForTrash, askForLabels } = this.#options;
    const trash = askedTrash((path) => this.#trashing.ask((id) => this.#send({ kind: 'trash', id, path })));
    const conflictLabels = askedLabels((pair, path) =>
      this.#labelling.ask((id) => this.#send({ kind: 'label', id, pair, path })),
    );
    return {
      ...(askForTrash === true ? { trash } : {}),
      ...(askForLabels === true ? { conflictLabels } : {}),
    };
  }
}

/** A pair at work, on a drive. */
interface OpenPair {
  readonly pair: SyncPair;
  readonly drive: Drive;
  /** It need not hear any more when the drive answers again. */
  readonly forget: () => void;
}

/** A drive that hangs does not keep a pair from ending. */
async function stopPair({ pair, drive, forget }: OpenPair): Promise<void> {
  forget();
  const late = setTimeout(() => drive.giveUp(), closeWithinMs);
  try {
    await pair.stop();
  } finally {
    clearTimeout(late);
  }
}
