import type { ItemAction, Problem, ProblemCode } from '../api.ts';
import { assertNever } from '../model/assert-never.ts';
import {
  type FailureData,
  LocalFailure,
  type LocalFailureCode,
  RemoteFailure,
  type RemoteFailureCode,
  stopsRun,
} from '../model/failures.ts';

/** What follows from a failed item. */
export type Reaction =
  /** The world is not as it was believed: look again, soon. */
  | { readonly kind: 'lookAgain' }
  /** Told to the person; tried again after a while. */
  | { readonly kind: 'problem'; readonly code: ProblemCode; readonly data: FailureData };

/**
 * The reaction to what an executor threw. Failures of the server as a whole, aborts and errors of the program
 * itself are thrown again: they end the run.
 */
export function reactTo(error: unknown): Reaction {
  if (error instanceof RemoteFailure && !stopsRun(error))
    return toReaction(remoteReaction(error.code), error.data);
  if (error instanceof LocalFailure) return toReaction(localReaction(error.code), error.data);
  throw error;
}

/** Where the content safely is while an item waits. */
export function keptWhere(action: ItemAction): Problem['kept'] {
  switch (action) {
    case 'upload':
    case 'createRemote':
      return 'here';
    case 'download':
    case 'createLocal':
      return 'server';
    case 'moveLocal':
    case 'moveRemote':
    case 'resolve':
    case 'adopt':
      return 'both';
    case 'removeLocal':
      return 'here';
    case 'evict':
      return 'both';
    case 'removeRemote':
    case 'turnAway':
    case 'forget':
      return 'server';
    default:
      return assertNever(action);
  }
}

function toReaction(code: ProblemCode | 'lookAgain', data: FailureData): Reaction {
  return code === 'lookAgain' ? { kind: 'lookAgain' } : { kind: 'problem', code, data };
}

function remoteReaction(code: RemoteFailureCode): ProblemCode | 'lookAgain' {
  switch (code) {
    case 'conditionFailed':
    case 'notFound':
    case 'exists':
    case 'parentMissing':
    case 'contentChanged':
    case 'rangeRefused':
      return 'lookAgain';
    case 'nameRefused':
      return 'nameRefusedByServer';
    case 'malformed':
      return 'malformedAnswer';
    case 'serverError':
    case 'refused':
      return 'serverError';
    case 'locked':
    case 'quotaFull':
    case 'tooLarge':
    case 'forbidden':
    case 'interrupted':
    case 'wrongLength':
    case 'checksumMismatch':
      return code;
    case 'unreachable':
    case 'timedOut':
    case 'badCertificate':
    case 'certificateWanted':
    case 'proxyRefuses':
    case 'notAServer':
    case 'maintenance':
    case 'unavailable':
    case 'unauthorised':
      throw new Error(`not a failure of one item: ${code}`);
    default:
      return assertNever(code);
  }
}

/** What a refusal of the disk is called, where looking again would not help. */
export function localProblem({ code }: LocalFailure): ProblemCode {
  const reaction = localReaction(code);
  return reaction === 'lookAgain' ? 'changing' : reaction;
}

function localReaction(code: LocalFailureCode): ProblemCode | 'lookAgain' {
  switch (code) {
    case 'missing':
    case 'exists':
    case 'notEmpty':
      return 'lookAgain';
    case 'diskFull':
    case 'nameTooLong':
      return code;
    case 'readOnly':
      return 'localReadOnly';
    case 'unreadable':
      return 'localUnreadable';
    case 'inUse':
      return 'fileInUse';
    case 'nameRefused':
      return 'nameNotHeldHere';
    case 'crossDevice':
    case 'outside':
    case 'other':
      return 'localError';
    default:
      return assertNever(code);
  }
}
