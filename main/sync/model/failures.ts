import { assertNever } from './assert-never.ts';

/** Why the server did not do what it was asked. Which answer gives which code: `remote/nextcloud/failures.ts`. */
export type RemoteFailureCode =
  | 'unreachable'
  | 'timedOut'
  | 'badCertificate'
  | 'certificateWanted'
  | 'proxyRefuses'
  | 'notAServer'
  | 'maintenance'
  | 'unavailable'
  | 'unauthorised'
  | 'forbidden'
  | 'notFound'
  | 'exists'
  | 'parentMissing'
  | 'conditionFailed'
  | 'locked'
  | 'quotaFull'
  | 'tooLarge'
  | 'rangeRefused'
  | 'nameRefused'
  | 'serverError'
  | 'refused'
  | 'malformed'
  | 'interrupted'
  | 'wrongLength'
  | 'checksumMismatch'
  | 'contentChanged';

/** Facts that are safe to show in a details view: never an address with credentials, never a body. */
export type FailureData = Readonly<Record<string, string | number>>;

/** Thrown by every operation of the remote port, for every failure but an abort by the caller. */
export class RemoteFailure extends Error {
  readonly code: RemoteFailureCode;
  readonly data: FailureData;

  constructor(code: RemoteFailureCode, data: FailureData = {}, cause?: unknown) {
    super(`remote: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'RemoteFailure';
    this.code = code;
    this.data = data;
  }
}

/** Why the disk did not do what it was asked. Which errno gives which code: `local/local-failures.ts`. */
export type LocalFailureCode =
  | 'missing'
  | 'exists'
  | 'notEmpty'
  | 'diskFull'
  | 'readOnly'
  | 'unreadable'
  | 'inUse'
  | 'nameTooLong'
  | 'nameRefused'
  | 'crossDevice'
  | 'outside'
  | 'other';

/** Thrown by every operation of the file system port, for every failure but an abort by the caller. */
export class LocalFailure extends Error {
  readonly code: LocalFailureCode;
  readonly data: FailureData;

  constructor(code: LocalFailureCode, data: FailureData = {}, cause?: unknown) {
    super(`local: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'LocalFailure';
    this.code = code;
    this.data = data;
  }
}

/**
 * Thrown when a drive gives no answer for too long. No failure of one path: it ends the run, so that nothing is decided
 * by what could not be seen.
 */
export class DriveSilent extends Error {
  constructor() {
    super('the drive does not answer');
    this.name = 'DriveSilent';
  }
}

/** Failures that concern the whole server: the run stops instead of failing item by item. */
export function stopsRun(failure: RemoteFailure): boolean {
  switch (failure.code) {
    case 'unreachable':
    case 'timedOut':
    case 'badCertificate':
    case 'certificateWanted':
    case 'proxyRefuses':
    case 'notAServer':
    case 'maintenance':
    case 'unavailable':
    case 'unauthorised':
      return true;
    case 'forbidden':
    case 'notFound':
    case 'exists':
    case 'parentMissing':
    case 'conditionFailed':
    case 'locked':
    case 'quotaFull':
    case 'tooLarge':
    case 'rangeRefused':
    case 'nameRefused':
    case 'serverError':
    case 'refused':
    case 'malformed':
    case 'interrupted':
    case 'wrongLength':
    case 'checksumMismatch':
    case 'contentChanged':
      return false;
    default:
      return assertNever(failure.code);
  }
}

/** Whether an error is the echo of an abort, which is no failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Throws the abort of a signal as an AbortError, whatever its reason is. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new DOMException('stopped', 'AbortError');
}
