import { z } from 'zod';
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

  constructor(
    code: CommandError['code'],
    detail: string,
    rest: {
      readonly status?: number;
      readonly errcode?: string;
      readonly retryAfterMs?: number | null;
      readonly body?: unknown;
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
  }
}

const Failure = z
  .object({
    errcode: z.string().max(200),
    retry_after_ms: z.number().nonnegative().optional().catch(undefined),
  })
  .partial();

/** The error of an answer that is not 2xx. */
export function errorOf(status: number, body: unknown, retryAfter: string | null): ChatError {
  const parsed = Failure.safeParse(body);
  const errcode = parsed.success ? (parsed.data.errcode ?? '') : '';
  const seconds = Number(retryAfter);
  const retryAfterMs =
    (parsed.success ? parsed.data.retry_after_ms : undefined) ??
    (retryAfter !== null && Number.isFinite(seconds) ? seconds * 1000 : null);
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

/** Any failure as the interface gets it; nothing of an unexpected one but its name leaves the worker. */
export function toCommandError(error: unknown): CommandError {
  if (error instanceof ChatError) return { code: error.code, detail: error.detail };
  if (error instanceof Error && error.name === 'AbortError') return { code: 'offline', detail: 'aborted' };
  return { code: 'unknown', detail: error instanceof Error ? error.name : 'unknown' };
}

/** Whether trying again later can help. */
export function isPassing(error: unknown): boolean {
  return error instanceof ChatError && (error.code === 'offline' || error.code === 'rate-limited');
}
