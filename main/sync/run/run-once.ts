import type { NoticeCode, PairConfig, PairOptions, ProblemCode, RunReport, SyncEvent } from '../api.ts';
import type { Journal } from '../journal/journal.ts';
import {
  DriveSilent,
  isAbort,
  LocalFailure,
  RemoteFailure,
  type RemoteFailureCode,
} from '../model/failures.ts';
import { type LocalPath, localPath, type SyncPath } from '../model/paths.ts';
import { FolderInUse, LocksNotOwn } from '../ports/folder-locks.ts';
import type { Remote } from '../ports/remote.ts';
import type { SyncPorts } from '../ports/sync-ports.ts';
import type { Deletions } from '../reconcile/guard.ts';
import { Meter, type Tell } from './meter.ts';
import type { ProblemBook } from './problem-book.ts';
import type { Limits, Tally } from './propagation.ts';
import type { RootPlace } from './root-place.ts';
import { type RunEnd, runToRest } from './run.ts';

/** How a run ended, failures of a whole side included. */
export type RunOutcome =
  | RunEnd
  | { readonly kind: 'aborted' }
  | { readonly kind: 'signedOut' }
  /** `retryAfter`: seconds that the server asks to be left alone for. */
  | { readonly kind: 'offline'; readonly code: ProblemCode; readonly retryAfter?: number }
  /** The folder here can't be used; told with a detail for the log. */
  | { readonly kind: 'failed'; readonly code: ProblemCode; readonly detail: string };

export interface RunTask {
  readonly config: PairConfig;
  readonly options: PairOptions;
  readonly ports: SyncPorts;
  readonly remote: Remote;
  readonly journal: Journal;
  readonly problems: ProblemBook;
  readonly limits: Limits;
  readonly confirmed: Deletions | undefined;
  readonly importing: ReadonlySet<string>;
  readonly place: RootPlace;
  readonly claimFolder: (path: LocalPath) => void;
  readonly tell: Tell;
  readonly phase: (phase: 'scanning' | 'syncing') => void;
  readonly signal: AbortSignal;
}

/** A run that may be looked at while it goes on. */
export interface Run {
  readonly meter: Meter;
  readonly outcome: Promise<RunOutcome>;
  /** What it did so far. */
  report(): Omit<RunReport, 'outcome' | 'problems'>;
}

/** Starts a run of one pair: passes until both sides are at rest, or something stops it. Never throws. */
export function startRun(task: RunTask): Run {
  const tally: Tally = { uploaded: 0, downloaded: 0, moved: 0, removed: 0 };
  let conflicts = 0;
  const meter = new Meter(task.ports.clock, task.tell);
  const requestsBefore = task.remote.requests;
  const reporter = {
    moved: (path: SyncPath, bytes: number): void => meter.moved(path, bytes),
    skipped: (path: SyncPath, bytes: number): void => meter.skipped(path, bytes),
    conflict: (conflict: Extract<SyncEvent, { type: 'conflict' }>['conflict']): void => {
      conflicts += 1;
      task.tell({ type: 'conflict', conflict });
    },
    notice: (code: NoticeCode, path: SyncPath, count = 1): void =>
      task.tell({ type: 'notice', code, path, count }),
  };
  task.limits.disk = undefined;
  task.limits.bulk = 'unasked';
  task.limits.asking = undefined;
  const { ports, config } = task;
  const outcome = runSafely(
    () =>
      runToRest({
        ...ports,
        ...task,
        pair: config.id,
        localDir: localPath(config.localDir),
        meter,
        reporter,
        labelFor: async (path) =>
          (await ports.conflictLabels.labelFor(config.id, path)) ?? task.options.conflictLabel,
        tally,
        tell: task.phase,
      }),
    () => ports.clock.now(),
  );
  return {
    meter,
    outcome,
    report: () => ({
      ...tally,
      conflicts,
      bytes: meter.bytesMoved,
      requests: task.remote.requests - requestsBefore,
    }),
  };
}

async function runSafely(run: () => Promise<RunEnd>, now: () => number): Promise<RunOutcome> {
  try {
    return await run();
  } catch (error) {
    if (isAbort(error)) return { kind: 'aborted' };
    if (error instanceof FolderInUse) return { kind: 'failed', code: 'journalInUse', detail: error.message };
    if (error instanceof LocksNotOwn) return { kind: 'failed', code: 'locksNotOwn', detail: error.message };
    if (error instanceof RemoteFailure) {
      return error.code === 'unauthorised' ? { kind: 'signedOut' } : offline(error, now());
    }
    if (error instanceof DriveSilent) return { kind: 'failed', code: 'driveSilent', detail: '' };
    if (error instanceof LocalFailure) {
      return {
        kind: 'failed',
        code: 'localFolderUnusable',
        detail: `${error.code} ${JSON.stringify(error.data)}`,
      };
    }
    return {
      kind: 'failed',
      code: 'internal',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function offline(failure: RemoteFailure, now: number): RunOutcome {
  const retryAfter = secondsToWait(failure.data['retryAfter'], now);
  const code = codeOf(failure.code);
  return retryAfter === undefined ? { kind: 'offline', code } : { kind: 'offline', code, retryAfter };
}

/** Retry-After: seconds, or the time when (RFC 9110, 10.2.3); nothing when it says neither. */
function secondsToWait(said: string | number | undefined, now: number): number | undefined {
  const text = String(said ?? '').trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now) / 1000);
  return seconds > 0 ? seconds : undefined;
}

const wholeServer: Partial<Record<RemoteFailureCode, ProblemCode>> = {
  unreachable: 'unreachable',
  interrupted: 'unreachable',
  timedOut: 'timedOut',
  badCertificate: 'badCertificate',
  certificateWanted: 'certificateWanted',
  proxyRefuses: 'proxyRefuses',
  notAServer: 'notAServer',
  maintenance: 'maintenance',
  forbidden: 'forbidden',
  malformed: 'malformedAnswer',
};

/** What a failure of the server, or of its root folder, is called. */
function codeOf(code: RemoteFailureCode): ProblemCode {
  return wholeServer[code] ?? 'serverUnavailable';
}
