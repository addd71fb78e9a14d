import { type ContractError, ErrorCode } from '../../preload/contract/channel.ts';
import type { Message } from '../../preload/contract/messages.ts';

/** Values that are safe to show and to paste: no secret, no message, no address with a token. */
export type Details = Readonly<Record<string, string | number>>;

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'timeout',
  'offline',
  'unreachable',
  'rate-limited',
  'maintenance',
  'in-use',
]);

/**
 * Anything that goes wrong in main in a way the person should read about. `about` names the sentence
 * (`unreachable.chat`), whose first part is the stable code; the cause stays in main, for the log.
 */
export class AppError extends Error {
  readonly about: Message;
  readonly details: Details;

  constructor(about: Message, details: Details = {}, cause?: unknown) {
    super(about, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.about = about;
    this.details = details;
  }

  get code(): ErrorCode {
    return ErrorCode.parse(this.about.slice(0, this.about.indexOf('.')));
  }
}

/** The error as it crosses to a page. What is no AppError is `internal`: its text may hold anything, so none of it is told. */
export function toContractError(error: unknown): ContractError {
  const known = error instanceof AppError ? error : new AppError('internal.unexpected');
  return {
    code: known.code,
    messageKey: `errors:${known.about}`,
    details: Object.fromEntries(
      Object.entries(known.details).map(([name, value]) => [name, shortened(value)]),
    ),
    retryable: PASSING.has(known.code),
  };
}

/** As long as the contract lets through: some of it comes from servers. */
function shortened(value: string | number): string | number {
  return typeof value === 'string' ? value.slice(0, 2000) : value;
}
