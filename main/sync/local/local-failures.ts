import { LocalFailure, type LocalFailureCode } from '../model/failures.ts';

/** What was being done: some errno mean different things for reading and for writing. */
export type Doing = 'read' | 'write';

const everywhere: Readonly<Record<string, LocalFailureCode>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
  ENOTEMPTY: 'notEmpty',
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EBUSY: 'inUse',
  ETXTBSY: 'inUse',
  ENAMETOOLONG: 'nameTooLong',
  EINVAL: 'nameRefused',
  EILSEQ: 'nameRefused',
  EXDEV: 'crossDevice',
  EROFS: 'readOnly',
  ELOOP: 'outside',
};

/** Runs an operation of the disk; an errno becomes a LocalFailure. */
export async function onDisk<Result>(
  doing: Doing,
  operation: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    throw translate(error, doing);
  }
}

/** The failure that an error of node:fs is; other errors stay what they are. */
export function translate(error: unknown, doing: Doing): unknown {
  const errno = errnoOf(error);
  if (errno === undefined) return error;
  return new LocalFailure(codeOf(errno, doing), { errno }, error);
}

/**
 * `ENOENT` and the like, or nothing when the error does not come from the system. Whatever Windows says that has no such
 * name, of a file that its scanner holds back or that is with OneDrive only, is `UNKNOWN`.
 */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^(?:E[A-Z0-9]+|UNKNOWN)$/.test(error.code)
    ? error.code
    : undefined;
}

function codeOf(errno: string, doing: Doing): LocalFailureCode {
  const known = everywhere[errno];
  if (known !== undefined) return known;
  if (errno !== 'EACCES' && errno !== 'EPERM') return 'other';
  if (doing === 'read') return 'unreadable';
  // Windows answers so when another program has the file open.
  return process.platform === 'win32' ? 'inUse' : 'readOnly';
}
