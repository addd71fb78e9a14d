import { z } from 'zod';
import type { Approval } from '../../../preload/contract/accounts.ts';
import type { CommandError } from '../protocol.ts';

/** A request to the chat server, or a command, that failed. `code` says what the interface may tell. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: CommandError['code'];
  /** Safe to show and paste. */
  readonly detail: string;
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
  /** Matrix errcode, '' when there is none. */
  readonly errcode: string;
  /** How long the server asks to wait, milliseconds. */
  readonly retryAfterMs: number | null;
  /** The answer, for user-interactive authentication. */
  readonly body: unknown;
  /** What the person is to approve in their browser, null when it is not that. */
  readonly approval: Approval | null;

  constructor(
    code: CommandError['code'],
    detail: string,
    rest: {
      readonly status?: number;
      readonly errcode?: string;
      readonly retryAfterMs?: number | null;
      readonly body?: unknown;
      readonly approval?: Approval;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`${code}: ${detail}`, { cause: rest.cause });
    this.code = code;
    this.detail = detail;
    this.status = rest.status ?? 0;
    this.errcode = rest.errcode ?? '';
    this.retryAfterMs = rest.retryAfterMs ?? null;
    this.body = rest.body;
    this.approval = rest.approval ?? null;
  }
}

const Failure = z
  .object({
    errcode: z.string().max(200),
    retry_after_ms: z.number().nonnegative().optional().catch(undefined),
  })
  .partial();

/** No server may ask for more: a longer timer would fire at once. */
const LONGEST_REST_MS = 60 * 60_000;

/** The error of an answer that is not 2xx. */
export function errorOf(status: number, body: unknown, retryAfter: string | null): ChatError {
  const parsed = Failure.safeParse(body);
  const errcode = parsed.success ? (parsed.data.errcode ?? '') : '';
  const seconds = Number(retryAfter);
  const asked =
    (parsed.success ? parsed.data.retry_after_ms : undefined) ??
    (retryAfter !== null && Number.isFinite(seconds) ? seconds * 1000 : null);
  const retryAfterMs = asked === null ? null : Math.min(asked, LONGEST_REST_MS);
  const detail = errcode === '' ? `HTTP ${status}` : `HTTP ${status} ${errcode}`;
  return new ChatError(codeOf(status, errcode), detail, { status, errcode, retryAfterMs, body });
}

function codeOf(status: number, errcode: string): CommandError['code'] {
  if (errcode === 'M_UNKNOWN_TOKEN' || errcode === 'M_MISSING_TOKEN') return 'signed-out';
  if (errcode === 'M_LIMIT_EXCEEDED' || status === 429) return 'rate-limited';
  if (errcode === 'M_UNRECOGNIZED') return 'unsupported';
  if (status === 413 || errcode === 'M_TOO_LARGE') return 'too-large';
  if (status === 404) return 'not-found';
  if (status >= 500) return 'offline';
  if (status === 401 || status === 403) return 'refused';
  return 'unknown';
}

const SdkFailure = z.object({ httpStatus: z.number(), data: z.unknown().optional() });
/** The SDK's words for a request that got no answer, and for one that ended because the account stopped. */
const SDK_INTERRUPTED: ReadonlySet<string> = new Set(['ConnectionError', 'AbortError', 'ClientStoppedError']);

/** A failure in our own words; those of the SDK's requests are translated. Null: nothing we know. */
function known(error: unknown): ChatError | null {
  if (error instanceof ChatError) return error;
  if (error instanceof Error && SDK_INTERRUPTED.has(error.name)) {
    return new ChatError('offline', 'no answer', { cause: error });
  }
  const sdk = SdkFailure.safeParse(error);
  return sdk.success && sdk.data.httpStatus > 0 ? errorOf(sdk.data.httpStatus, sdk.data.data, null) : null;
}

/** Any failure as the interface gets it; nothing of an unexpected one but its name leaves the worker. */
export function toCommandError(error: unknown): CommandError {
  const { code, detail, approval } =
    known(error) ?? new ChatError('unknown', error instanceof Error ? error.name : 'unknown');
  return approval === null ? { code, detail } : { code, detail, approval };
}

/** How long the server asked to wait before the next try, milliseconds; 0 when it did not. */
export function askedToWait(error: unknown): number {
  return known(error)?.retryAfterMs ?? 0;
}

/** Whether trying again later can help. */
export function isPassing(error: unknown): boolean {
  const code = known(error)?.code;
  return code === 'offline' || code === 'rate-limited';
}
