import { describe, expect, it } from 'vitest';
import { FolderActivity, Problem } from '../../preload/contract/files.ts';
import type { ProblemCode as EngineProblemCode, Guard, PairState } from '../sync/api.ts';
import { activityOf, guardAnswer, problemCodeOf, problemOf } from './activity.ts';

const guard = (reason: Guard['reason'], over: Partial<Guard> = {}): PairState => ({
  kind: 'guarded',
  guard: { id: 'g', reason, localDeletions: 0, remoteDeletions: 0, sample: [], ...over },
});

describe("the engine's state in the words of the contract", () => {
  it.each<[PairState, FolderActivity['state']]>([
    [{ kind: 'idle', problems: 0 }, 'starting'],
    [{ kind: 'idle', problems: 0, lastSync: 1 }, 'up-to-date'],
    [{ kind: 'scanning' }, 'scanning'],
    [{ kind: 'paused', reason: 'person' }, 'paused'],
    [{ kind: 'offline', code: 'unreachable', retryAt: 1 }, 'offline'],
    [{ kind: 'offline', code: 'maintenance', retryAt: 1 }, 'maintenance'],
    [{ kind: 'signedOut' }, 'signed-out'],
    [{ kind: 'error', code: 'internal', detail: 'x'.repeat(900) }, 'failed'],
    [guard('manyDeletions', { remoteDeletions: 3 }), 'guarded'],
    [{ kind: 'syncing' }, 'syncing'],
  ])('%j is %s', (state, word) => {
    expect(FolderActivity.parse(activityOf(state, null)).state).toBe(word);
  });

  it.each([
    ['unreachable', 'network'],
    ['timedOut', 'network'],
    ['serverUnavailable', 'server'],
    ['badCertificate', 'certificate'],
    ['certificateWanted', 'own-certificate'],
    ['proxyRefuses', 'proxy'],
    ['notAServer', 'other-server'],
    ['forbidden', 'refused'],
    ['malformedAnswer', 'server'],
  ] as const)('says why nobody could be asked: %s is %s', (code, why) => {
    expect(activityOf({ kind: 'offline', code, retryAt: 1 }, null)).toEqual({ state: 'offline', why });
  });

  it.each([
    ['localFolderUnusable', 'folder-unusable'],
    ['driveSilent', 'drive-silent'],
    ['locksNotOwn', 'locks'],
    ['journalInUse', 'other-program'],
    ['journalTooNew', 'newer-program'],
    ['internal', 'unexpected'],
  ] as const)('says why a folder is stopped: %s is %s', (code, why) => {
    expect(activityOf({ kind: 'error', code, detail: 'x' }, null)).toMatchObject({ state: 'failed', why });
  });

  it('says how far a run is and never less than nothing is left', () => {
    const progress = { filesDone: 5, filesTotal: 4, bytesDone: 20, bytesTotal: 10, speed: 3, secondsLeft: 2 };
    expect(FolderActivity.parse(activityOf({ kind: 'syncing' }, progress))).toMatchObject({
      filesLeft: 0,
      bytesDone: 20,
      bytesTotal: 20,
      secondsLeft: 2,
    });
  });

  it('says on which side files would go', () => {
    const here = activityOf(guard('manyDeletions', { localDeletions: 200 }), null);
    expect(here).toMatchObject({ guard: { reason: 'many-deletions', side: 'here', count: 200 } });
    const there = activityOf(guard('emptied', { remoteDeletions: 9 }), null);
    expect(there).toMatchObject({ guard: { reason: 'root-emptied', side: 'there', count: 9 } });
  });

  it('cuts what is told of a problem to what may be shown', () => {
    const problem = problemOf({
      code: 'quotaFull',
      path: 'plans/a.dwg',
      action: 'upload',
      kept: 'here',
      data: { status: 507, free: 12 },
    });
    expect(Problem.parse(problem)).toEqual({
      path: 'plans/a.dwg',
      code: 'quota',
      retryAt: null,
      detail: 'quotaFull status=507 free=12',
    });
  });
});

describe('the problems of the engine', () => {
  /** Every code, which the compiler checks. */
  const CODES: Readonly<Record<EngineProblemCode, null>> = {
    unreachable: null,
    timedOut: null,
    maintenance: null,
    notAServer: null,
    badCertificate: null,
    certificateWanted: null,
    proxyRefuses: null,
    signedOut: null,
    serverUnavailable: null,
    journalInUse: null,
    journalTooNew: null,
    locksNotOwn: null,
    localFolderUnusable: null,
    driveSilent: null,
    internal: null,
    locked: null,
    quotaFull: null,
    tooLarge: null,
    forbidden: null,
    serverError: null,
    nameRefusedByServer: null,
    nameNotHeldHere: null,
    nameTooLong: null,
    caseClash: null,
    nameClash: null,
    nameTaken: null,
    notUnicode: null,
    listingFailed: null,
    malformedAnswer: null,
    checksumMismatch: null,
    wrongLength: null,
    interrupted: null,
    changing: null,
    diskFull: null,
    roomLimit: null,
    localReadOnly: null,
    localUnreadable: null,
    fileInUse: null,
    localError: null,
  };

  it('have words of their own, but for what is never said of one path', () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of that very record
    const codes = Object.keys(CODES) as EngineProblemCode[];
    expect(codes.filter((code) => problemCodeOf(code) === 'unknown')).toEqual([
      'journalInUse',
      'journalTooNew',
      'locksNotOwn',
      'internal',
    ]);
  });
});

describe('the answer to a guard', () => {
  it('deletes only when deletions were asked about, and restoring never deletes', () => {
    expect(guardAnswer('manyDeletions', 'delete')).toBe('confirmGuard');
    expect(guardAnswer('manyDeletions', 'restore')).toBe('refuseGuard');
    expect(guardAnswer('localRootMissing', 'restore')).toBe('confirmGuard');
    expect(guardAnswer('localRootMissing', 'delete')).toBeNull();
    expect(guardAnswer('serverRestored', 'delete')).toBeNull();
  });
});
