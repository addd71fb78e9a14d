import { createHash } from 'node:crypto';
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
import type { SyncPorts } from '../../main/sync/ports/sync-ports.ts';
import type { RunOutcome } from '../../main/sync/run/run-once.ts';
import type { Gate } from '../../main/sync/testing/gate.ts';
import { memoryFileSystem, memoryTrash } from '../../main/sync/testing/memory-file-system.ts';
import { EndOfBody, MemoryRemote } from '../../main/sync/testing/memory-remote.ts';
import { check, type Failure } from './check.ts';
import type { Epoch, Fault, History } from './history.ts';
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
  }
}

/** A person whose server was put back says to go on; every other doubt resolves itself. */
function answerGuard(pair: Pair, outcome: RunOutcome): void {
  const state = pair.stateAfter(outcome, 0);
  if (state.kind === 'guarded' && state.guard.reason === 'serverRestored') pair.confirmGuard(state.guard.id);
}

/** Lets the engine run undisturbed until it has nothing to do, then looks at everything. */
async function bringToRest(world: World, pair: Pair): Promise<Failure | undefined> {
  for (let run = 0; run < mostRuns; run += 1) {
    world.pass(run < 3 ? 5000 : 25 * 3600_000);
    const { report, outcome } = await pair.run(new AbortController().signal);
    if (outcome.kind === 'failed') return { kind: 'stuck', detail: outcome.detail };
    answerGuard(pair, outcome);
    const isYoung = outcome.kind === 'atRest' && outcome.young.length > 0;
    if (outcome.kind === 'atRest' && isIdle(report) && !isYoung) return check(world, report, pair.unwanted());
  }
  const last = await pair.run(new AbortController().signal);
  return { kind: 'stuck', detail: JSON.stringify({ outcome: last.outcome, report: last.report }) };
}

/** Nothing done and, unless a name can't be had here, nothing asked but whether the folder changed. */
function isIdle({ uploaded, downloaded, moved, removed, conflicts, requests, problems }: RunReport): boolean {
  const isClash =
    problems.some(({ code }) => code === 'nameClash') ||
    (problems.length > 0 && problems.every(({ code }) => code === 'caseClash'));
  if (problems.length > 0 && !isClash) return false;
  return uploaded + downloaded + moved + removed + conflicts === 0 && (isClash || requests === 1);
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

  readonly gate: Gate = async (operation, detail) => {
    await Promise.resolve();
    if (this.#world.isDead) throw new Crash();
    const epoch = this.#epoch;
    const at = this.#count++;
    this.operations += 1;
    this.#trace(`${at} ${operation} ${detail}`);
    this.#world.pass(0.2);
    if (epoch === undefined) return;
    if (epoch.veil?.at === at) this.#world.veil(epoch.veil);
    for (const { at: when, edit } of epoch.during) if (when === at) this.#world.edit(edit);
    for (const meddling of epoch.meddling) {
      if (meddling.at !== at) continue;
      if (operation === 'uploadBulk-received') this.#world.intrude(detail);
      this.#world.meddle(isRemoteOperation(operation) ? 'remote' : 'local', detail, meddling);
    }
    if (epoch.crashAt === at) {
      this.#world.isDead = true;
      throw new Crash();
    }
    this.#refuse(operation, detail);
    const faults = [...epoch.faults, ...epoch.hardship.faults];
    const fault = faults.find((candidate) => candidate.at === at && candidate.kind !== 'shortBody');
    if (fault !== undefined) this.#fail(fault, operation);
    if (operation === 'download-more') this.#cutBody(epoch, at);
  };

  /** Between two steps that nobody gets between: only a crash does. */
  readonly middle = (): void => {
    const at = this.#count++;
    if (this.#epoch?.crashAt !== at) return;
    this.#world.isDead = true;
    throw new Crash();
  };

  /** The next body that is sent after its operation ends early. */
  #cutBody({ faults }: Epoch, at: number): void {
    const fault = faults.find(
      (candidate) => candidate.kind === 'shortBody' && candidate.at <= at && !this.#cut.has(candidate),
    );
    if (fault === undefined) return;
    this.#cut.add(fault);
    this.faulted += 1;
    throw new EndOfBody();
  }

  #refuse(operation: string, path: string): void {
    const code = isRemoteOperation(operation) ? undefined : this.#world.refusal(operation, path);
    if (code === undefined) return;
    this.faulted += 1;
    throw new LocalFailure(code);
  }

  #fail(fault: Fault, operation: string): void {
    const isRemote = isRemoteOperation(operation);
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

function isRemoteOperation(operation: string): boolean {
  return remoteOperations.has(operation.replace(/-(answer|more|received)$/, ''));
}

const remoteOperations = new Set([
  'identify',
  'list',
  'look',
  'download',
  'archive',
  'listAll',
  'upload',
  'takesBulk',
  'uploadBulk',
  'beginParts',
  'listParts',
  'putPart',
  'finishParts',
  'abortParts',
  'createFolder',
  'move',
  'remove',
]);
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
const notRemote: ReadonlySet<string> = new Set<Fault['kind']>(['shortBody', 'missing', 'notEmpty']);

function isRemoteFault(kind: Fault['kind']): kind is Fault['kind'] & RemoteFailureCode {
  return !localFaults.has(kind) && !notRemote.has(kind);
}

function isLocalFault(kind: Fault['kind']): kind is Fault['kind'] & LocalFailureCode {
  return localFaults.has(kind);
}

function openRemote({ remote }: PairConfig, world: World, script: Script): Remote {
  const places = new SharedPlaces().open(remote);
  return new OrderlyRemote(new MemoryRemote(world.server, script.gate), places, () => world.now());
}

function openPair(world: World, script: Script, { keepsUnwanted }: History): Pair {
  let drawn = 0;
  const ports: SyncPorts = {
    fileSystem: memoryFileSystem(world.disk, script.gate, script.middle),
    trash: memoryTrash(world.disk, trashFolder, script.gate),
    conflictLabels: plainLabels,
    makeFolders: () => Promise.resolve(),
    databases: world.databases,
    locks: noLocks,
    clock: {
      now: () => world.now(),
      // A pair sleeps for one thing only: a drive that is late with its answer, which this one never is.
      sleep: () => new Promise(() => undefined),
    },
    random: {
      hex: (bytes) =>
        createHash('sha256')
          .update(`${world.now()} ${drawn++}`)
          .digest('hex')
          .slice(0, bytes * 2),
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
