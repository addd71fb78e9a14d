import type { FolderActivity, Guard, Problem, ProblemCode } from '../../preload/contract/files.ts';
import type {
  Guard as EngineGuard,
  Problem as EngineProblem,
  ProblemCode as EngineProblemCode,
  PairState,
  Progress,
} from '../sync/api.ts';

/** The engine's words for what it does, in those of the contract. */
export function activityOf(state: PairState, progress: Progress | null): FolderActivity {
  switch (state.kind) {
    case 'idle':
      return { state: state.lastSync === undefined ? 'starting' : 'up-to-date' };
    case 'scanning':
      return { state: 'scanning' };
    case 'syncing':
      return syncingOf(progress);
    case 'paused':
      return { state: 'paused', reason: state.reason };
    case 'offline':
      return state.code === 'maintenance'
        ? { state: 'maintenance' }
        : { state: 'offline', why: OFFLINE[state.code] ?? 'server' };
    case 'signedOut':
      return { state: 'signed-out' };
    case 'guarded':
      return { state: 'guarded', guard: guardOf(state.guard) };
    case 'error':
      return {
        state: 'failed',
        why: FAILED[state.code] ?? 'unexpected',
        detail: `${state.code} ${state.detail}`.trim().slice(0, 300),
      };
    case 'stopped':
      return { state: 'starting' };
  }
}

type Why<State extends FolderActivity['state']> = Extract<
  FolderActivity,
  { state: State; why: unknown }
>['why'];

/** Why nobody could be asked; anything else is a server that does not answer as it should. */
const OFFLINE: Readonly<Partial<Record<EngineProblemCode, Why<'offline'>>>> = {
  unreachable: 'network',
  timedOut: 'network',
  badCertificate: 'certificate',
  certificateWanted: 'own-certificate',
  proxyRefuses: 'proxy',
  notAServer: 'other-server',
  forbidden: 'refused',
};

const FAILED: Readonly<Partial<Record<EngineProblemCode, Why<'failed'>>>> = {
  localFolderUnusable: 'folder-unusable',
  driveSilent: 'drive-silent',
  journalInUse: 'other-program',
  journalTooNew: 'newer-program',
  locksNotOwn: 'locks',
};

function syncingOf(progress: Progress | null): FolderActivity {
  return {
    state: 'syncing',
    filesLeft: progress ? Math.max(0, progress.filesTotal - progress.filesDone) : 0,
    bytesDone: progress?.bytesDone ?? 0,
    bytesTotal: Math.max(progress?.bytesTotal ?? 0, progress?.bytesDone ?? 0),
    bytesPerSecond: progress?.speed ?? 0,
    secondsLeft: progress?.secondsLeft ?? null,
  };
}

const GUARDS: Readonly<
  Record<EngineGuard['reason'], Pick<Guard, 'reason'> & { side: Guard['side'] | 'deletions' }>
> = {
  manyDeletions: { reason: 'many-deletions', side: 'deletions' },
  emptied: { reason: 'root-emptied', side: 'deletions' },
  localRootMissing: { reason: 'root-missing', side: 'here' },
  remoteRootMissing: { reason: 'root-missing', side: 'there' },
  localRootReplaced: { reason: 'other-folder', side: 'here' },
  remoteRootReplaced: { reason: 'other-folder', side: 'there' },
  accountChanged: { reason: 'other-folder', side: 'there' },
  serverRestored: { reason: 'server-restored', side: 'there' },
};

function guardOf(guard: EngineGuard): Guard {
  const { reason, side } = GUARDS[guard.reason];
  return {
    id: guard.id,
    reason,
    side: side === 'deletions' ? (guard.localDeletions > 0 ? 'here' : 'there') : side,
    count: guard.localDeletions + guard.remoteDeletions,
    examples: guard.sample.slice(0, 20).map(({ path }) => path),
  };
}

/**
 * What a person's decision means to the engine: `restore` never deletes anything. Deleting is only an answer to a guard
 * that asked about deletions; null for any other.
 */
export function guardAnswer(
  reason: EngineGuard['reason'],
  decision: 'delete' | 'restore',
): 'confirmGuard' | 'refuseGuard' | null {
  const asksAboutDeletions = GUARDS[reason].side === 'deletions';
  if (decision === 'delete') return asksAboutDeletions ? 'confirmGuard' : null;
  return asksAboutDeletions ? 'refuseGuard' : 'confirmGuard';
}

const PROBLEMS: Readonly<Record<EngineProblemCode, ProblemCode>> = {
  unreachable: 'server-error',
  timedOut: 'server-error',
  maintenance: 'server-error',
  notAServer: 'server-error',
  badCertificate: 'server-error',
  certificateWanted: 'server-error',
  proxyRefuses: 'server-error',
  signedOut: 'server-error',
  serverUnavailable: 'server-error',
  // Said of a whole folder, never of one path.
  journalInUse: 'unknown',
  journalTooNew: 'unknown',
  locksNotOwn: 'unknown',
  localFolderUnusable: 'read-only-here',
  driveSilent: 'disk-error',
  internal: 'unknown',
  locked: 'locked-there',
  quotaFull: 'quota',
  tooLarge: 'too-large',
  forbidden: 'read-only-there',
  serverError: 'server-error',
  nameRefusedByServer: 'name-not-allowed',
  nameNotHeldHere: 'name-not-here',
  nameTooLong: 'name-too-long',
  caseClash: 'name-clash',
  nameClash: 'name-clash',
  nameTaken: 'name-clash',
  notUnicode: 'name-unreadable',
  listingFailed: 'folder-not-read',
  malformedAnswer: 'server-error',
  checksumMismatch: 'checksum',
  wrongLength: 'checksum',
  interrupted: 'server-error',
  changing: 'changing',
  diskFull: 'disk-full',
  roomLimit: 'limit-here',
  localReadOnly: 'read-only-here',
  localUnreadable: 'unreadable-here',
  fileInUse: 'file-in-use',
  localError: 'disk-error',
};

/** The engine's code of a problem in the words of the contract. */
export function problemCodeOf(code: EngineProblemCode): ProblemCode {
  return PROBLEMS[code];
}

/** A problem with one path, with the facts that help whoever is asked. */
export function problemOf(problem: EngineProblem): Problem {
  const facts = Object.entries(problem.data).map(([name, value]) => `${name}=${value}`);
  return {
    path: problem.path,
    code: problemCodeOf(problem.code),
    retryAt: problem.retryAt ?? null,
    detail: [problem.code, ...facts].join(' ').slice(0, 300),
  };
}
