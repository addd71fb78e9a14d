import type { Message } from '../../preload/contract/messages.ts';
import { AppError } from '../contract/app-error.ts';
import { translate } from '../sync/local/local-failures.ts';
import { LocalFailure, type LocalFailureCode } from '../sync/model/failures.ts';

/** What the disk refused to do, as an error for the person; any other error stays what it is. */
export function diskWords(error: unknown): unknown {
  const failure = translate(error, 'write');
  if (!(failure instanceof LocalFailure)) return error;
  return new AppError(ABOUT[failure.code] ?? 'read-only.folder', { code: failure.code }, failure);
}

const ABOUT: Readonly<Partial<Record<LocalFailureCode, Message>>> = {
  missing: 'not-found.file',
  inUse: 'in-use.file',
  diskFull: 'disk-full.folder',
  nameTooLong: 'name-not-allowed.file',
  nameRefused: 'name-not-allowed.file',
};
