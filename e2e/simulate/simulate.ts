import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { PairConfig, RunReport } from '../../main/sync/api.ts';
import {
  LocalFailure,
  type LocalFailureCode,
  RemoteFailure,
  type RemoteFailureCode,
} from '../../main/sync/model/failures.ts';
import { Pair } from '../../main/sync/pair.ts';
import { OrderlyRemote } from '../../main/sync/places/orderly-remote.ts';
import { SharedPlaces } from '../../main/sync/places/shared-places.ts';
import { plainLabels } from '../../main/sync/ports/conflict-labels.ts';
import { noLocks } from '../../main/sync/ports/folder-locks.ts';
import type { Remote } from '../../main/sync/ports/remote.ts';
import { endlessRoom } from '../../main/sync/ports/room.ts';
import type { SyncPorts } from '../../main/sync/ports/sync-ports.ts';
import type { RunOutcome } from '../../main/sync/run/run-once.ts';
import type { Gate } from '../../main/sync/testing/gate.ts';
import { memoryFileSystem, memoryTrash } from '../../main/sync/testing/memory-file-system.ts';
import { EndlessBody, EndOfBody, MemoryRemote, SentTwice } from '../../main/sync/testing/memory-remote.ts';
import { check, type Failure, isExpected } from './check.ts';
import type { Epoch, Fault, History } from './history.ts';
import { tellOutside, tellThrownAway } from './inside-only.ts';
import { findTouched } from './left-out.ts';
import { anySize } from './oddities.ts';
import { Crash, pairFolder, trashFolder, World } from './world.ts';

/** How a history ended. */
export interface Verdict {
  readonly crashes: number;
  readonly faults: number;
  /** Operations that the engine did. */
  readonly operations: number;
  /** What was broken; nothing when all held. */
  readonly failure: Failure | undefined;
}

const noLimits = { files: 1e9, share: 2, shareFrom: 1e9, emptiedFrom: 1e9 };
/** Runs after which both sides must be at rest when nobody disturbs them. */
const mostRuns = 25;

/** Plays a history against the real engine and looks whether its promises hold. */
export async function simulate(
  history: History,
  trace: (line: string) => void = () => undefined,
): Promise<Verdict> {
  const world = new World(history, trace);
  const script = new Script(world, trace);
  const tally = { crashes: 0, faults: 0 };
  try {
    let pair = openPair(world, script, history);
    for (const epoch of history.epochs) {
      trace(`== rest ${epoch.rest}`);
      for (const edit of epoch.before) world.edit(edit);
      for (const choosing of epoch.choosing) world.choose(choosing);
      if (epoch.choosing.length > 0) trace(`  not wanted: ${JSON.stringify(world.unwanted)}`);
      world.pass(epoch.rest);
      world.suffer(epoch.hardship);
      if (epoch.hardship.journal !== 'kept') pair = openPair(world, script, history);
      pair.choose(world.unwanted);
      script.play(epoch);
      const { outcome } = await pair.run(new AbortController().signal);
      world.unveil();
      world.relieve();
      answerGuard(pair, outcome);
      trace(`-- ${JSON.stringify(outcome)}`);
      tally.faults += script.faulted;
      if (world.isDead) {
        tally.crashes += 1;
        world.revive(epoch.isPowerCut, epoch.hardship.outlives);
        pair = openPair(world, script, history);
      }
    }
    script.play(undefined);
    world.edit({ side: 'local', kind: 'writeOpen', a: 1, b: 0, c: 0 });
    const failure = await bringToRest(world, pair);
    return { ...tally, operations: script.operations, failure };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...tally, operations: script.operations, failure: { kind: 'stuck', detail } };
  } finally {
    world.close();
    // Only between turns of the event loop is the memory of closed databases given back.
    await setImmediate();
  }
}

/** A person whose server was put back says to go on; every other doubt resolves itself. */
function answerGuard(pair: Pair, outcome: RunOutcome): void {
  const state = pair.stateAfter(outcome, 0);
  if (state.kind === 'guarded' && state.guard.reason === 'serverRestored') pair.confirmGuard(state.guard.id);
}

/** Lets the engine run undisturbed until it has nothing to do, then looks at everything. */
async function bringToRest(world: World, pair: Pair): Promise<Failure | undefined> {
  let idle = 0;
  for (let run = 0; run < mostRuns; run += 1) {
    world.pass(run < 3 ? 5000 : 25 * 3600_000);
    const { report, outcome } = await pair.run(new AbortController().signal);
    if (outcome.kind === 'failed') return { kind: 'stuck', detail: outcome.detail };
    answerGuard(pair, outcome);
    const isYoung = outcome.kind === 'atRest' && outcome.young.length > 0;
    idle = outcome.kind === 'atRest' && isIdle(report, world) && !isYoung ? idle + 1 : 0;
    // What lies open on purpose is asked for each time: only an idle run after others tells that nothing comes of it.
    if (idle >= (report.requests === 1 ? 1 : 3)) return check(world, report, pair.unwanted());
  }
  const last = await pair.run(new AbortController().signal);
  return { kind: 'stuck', detail: JSON.stringify({ outcome: last.outcome, report: last.report }) };
}

/** Nothing done and, unless something can't be had or is left where it is, nothing asked but whether the folder changed. */
function isIdle(
  { uploaded, downloaded, moved, removed, conflicts, requests, problems }: RunReport,
  world: World,
): boolean {
  const isClash = problems.some(({ code }) => code === 'nameClash');
  if (!isClash && !problems.every((problem) => isExpected(problem, world))) return false;
  const isQuiet = requests === 1 || problems.length > 0 || world.maxFileSize < anySize;
  return uploaded + downloaded + moved + removed + conflicts === 0 && isQuiet;
}

/** Counts the engine's operations and lets the epoch's events happen at theirs. */
class Script {
  operations = 0;
  faulted = 0;
  readonly #world: World;
  readonly #trace: (line: string) => void;
  #epoch: Epoch | undefined;
  #count = 0;
  readonly #cut = new Set<Fault>();
  /** What the server is asked to remove, and why it must not. */
  readonly #toGo = new Map<string, string | undefined>();

  constructor(world: World, trace: (line: string) => void) {
    this.#world = world;
    this.#trace = trace;
  }

  /** Nothing happens any more without an epoch. */
  play(epoch: Epoch | undefined): void {
    this.#epoch = epoch;
    this.#count = 0;
    this.faulted = 0;
    this.#world.beginRun(epoch?.journalFailsAt);
  }

  readonly gateHere: Gate = (operation, detail) => this.#pass(operation, detail, false);
  readonly gateThere: Gate = (operation, detail) => this.#pass(operation, detail, true);

  async #pass(operation: string, detail: string, isRemote: boolean): Promise<void> {
    await Promise.resolve();
    if (this.#world.isDead) throw new Crash();
    const epoch = this.#epoch;
    const at = this.#count++;
    this.operations += 1;
    this.#trace(`${at} ${operation} ${detail}`);
    this.#watch(operation, detail, isRemote);
    this.#world.pass(0.2);
    if (epoch === undefined) return;
    if (epoch.veil?.at === at) this.#world.veil(epoch.veil);
    for (const { at: when, edit } of epoch.during) if (when === at) this.#world.edit(edit);
    for (const meddling of epoch.meddling) {
      if (meddling.at !== at) continue;
      if (operation === 'uploadBulk-received') this.#world.intrude(detail);
      this.#world.meddle(isRemote ? 'remote' : 'local', detail, meddling);
    }
    if (epoch.crashAt === at) {
      this.#world.isDead = true;
      throw new Crash();
    }
    if (!isRemote) this.#refuse(operation, detail);
    const faults = [...epoch.faults, ...epoch.hardship.faults];
    const fault = faults.find((candidate) => candidate.at === at && !isOfMoment(candidate));
    if (fault !== undefined) this.#fail(fault, operation, isRemote);
    if (operation === 'download-more') {
      this.#happen('shortBody', EndOfBody, epoch, at);
      this.#happen('endlessBody', EndlessBody, epoch, at);
    }
    if (isRemote && operation.endsWith('-answer')) this.#happen('sentTwice', SentTwice, epoch, at);
  }

  /** What the server refuses, as it does when something else stands there by then, is not done. */
  #watch(operation: string, detail: string, isRemote: boolean): void {
    const touched = findTouched(this.#world, operation, detail);
    if (isRemote && operation === 'remove') this.#toGo.set(detail, touched);
    else if (touched !== undefined) this.#world.misdeeds.push(touched);
    const gone = operation === 'remove-answer' ? this.#toGo.get(detail) : undefined;
    if (gone !== undefined) this.#world.misdeeds.push(gone);
  }

  /** Between two steps that nobody gets between: only a crash does. */
  readonly middle = (): void => {
    const at = this.#count++;
    if (this.#epoch?.crashAt !== at) return;
    this.#world.isDead = true;
    throw new Crash();
  };

  /** To the next body or answer that is sent after the operation of such a fault. */
  #happen(kind: Fault['kind'], What: new () => Error, { faults }: Epoch, at: number): void {
    const fault = faults.find(
      (candidate) => candidate.kind === kind && candidate.at <= at && !this.#cut.has(candidate),
    );
    if (fault === undefined) return;
    this.#cut.add(fault);
    this.faulted += 1;
    throw new What();
  }

  #refuse(operation: string, path: string): void {
    const code = this.#world.refusal(operation, path);
    if (code === undefined) return;
    this.faulted += 1;
    throw new LocalFailure(code);
  }

  #fail(fault: Fault, operation: string, isRemote: boolean): void {
    const { kind } = fault;
    if (isRemote && isRemoteFault(kind)) {
      this.faulted += 1;
      throw new RemoteFailure(kind);
    }
    if (!isRemote && isLocalFault(kind) && !harmless.has(operation)) {
      this.faulted += 1;
      throw new LocalFailure(kind);
    }
  }
}

/** Whether it waits for a body, or an answer, to happen to. */
function isOfMoment({ kind }: Fault): boolean {
  return kind === 'shortBody' || kind === 'endlessBody' || kind === 'sentTwice';
}

const harmless = new Set(['look', 'resolve', 'ignoresCase']);
const localFaults: ReadonlySet<string> = new Set<LocalFailureCode>([
  'diskFull',
  'inUse',
  'readOnly',
  'unreadable',
  'other',
  'nameTooLong',
  'crossDevice',
  'outside',
]);
/** These come of what really is so, or are no answer of a server. */
const notRemote: ReadonlySet<string> = new Set<Fault['kind']>([
  'shortBody',
  'endlessBody',
  'sentTwice',
  'missing',
  'notEmpty',
]);

function isRemoteFault(kind: Fault['kind']): kind is Fault['kind'] & RemoteFailureCode {
  return !localFaults.has(kind) && !notRemote.has(kind);
}

function isLocalFault(kind: Fault['kind']): kind is Fault['kind'] & LocalFailureCode {
  return localFaults.has(kind);
}

function openRemote({ remote }: PairConfig, world: World, script: Script): Remote {
  const places = new SharedPlaces().open(remote);
  return new OrderlyRemote(new MemoryRemote(world.server, script.gateThere), places, () => world.now());
}

function openPair(world: World, script: Script, { keepsUnwanted }: History): Pair {
  let drawn = 0;
  const isInside = (path: string): boolean => path.startsWith(`${pairFolder}/`) && !path.includes('/../');
  const tell = (path: string): void => void world.misdeeds.push(`touched ${path}, which is outside`);
  const ports: SyncPorts = {
    fileSystem: tellOutside(
      memoryFileSystem(world.disk, script.gateHere, script.middle, world.hides),
      isInside,
      tell,
    ),
    trash: tellThrownAway(memoryTrash(world.disk, trashFolder, script.gateHere), isInside, tell),
    conflictLabels: plainLabels,
    makeFolders: () => Promise.resolve(),
    databases: world.databases,
    locks: noLocks,
    room: endlessRoom,
    clock: {
      now: () => world.now(),
      // A pair sleeps for one thing only: a drive that is late with its answer, which this one never is.
      sleep: () => new Promise(() => undefined),
    },
    random: {
      hex: (bytes) => hash('sha256', `${world.now()} ${drawn++}`).slice(0, bytes * 2),
      fraction: () => 0.5,
    },
    openRemote: (config) => openRemote(config, world, script),
    localHints: () => ({ watch: () => () => Promise.resolve() }),
    remoteHints: () => ({ watch: () => () => Promise.resolve() }),
  };
  const pair = new Pair(
    {
      id: 'simulated',
      remote: { url: 'http://simulated/', user: 'ana', password: '-', rootPath: '/' },
      localDir: pairFolder,
      journalPath: 'journal',
      options: {
        guard: noLimits,
        ignore: world.rules,
        maxFileSize: world.maxFileSize,
        wholeIfFast: false,
        chunkThreshold: 120,
        chunkSize: 50,
        archiveFrom: 2,
        smallFile: 100,
        bulkFrom: 1,
        quietMs: 2000,
        parallel: 3,
        unwanted: world.unwanted,
      },
    },
    ports,
  );
  pair.subscribe((event) => {
    if (event.type === 'unwanted' && keepsUnwanted) world.unwanted = event.paths;
  });
  return pair;
}
