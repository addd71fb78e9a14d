import { z } from 'zod';
import { MessageKey } from './messages.ts';

/** Who may use a domain: the app window, or the call window (its own partition, its own preload). */
export type Audience = 'app' | 'call';

/** One request of a page to main: what it sends, what it gets, and after how long main gives up. */
export interface RequestChannel<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly request: Request;
  readonly answer: Answer;
  /** Milliseconds until main answers `timeout`; a dialog waits for a person and has a long one. */
  readonly timeoutMs: number;
}

/**
 * One event from main to a page. `coalesce` keeps a busy sender from flooding it: `latest` sends at most ten a second and
 * only the newest, `latestOf` does so for each thing that its payload names there, `each` sends every one.
 */
export interface EventChannel<Payload extends z.ZodType = z.ZodType> {
  readonly payload: Payload;
  readonly coalesce: 'latest' | 'each' | { readonly latestOf: string };
}

/** A part of the contract: its requests, its events and who may use them. */
export interface Domain {
  readonly audience: Audience;
  readonly requests: Readonly<Record<string, RequestChannel>>;
  readonly events: Readonly<Record<string, EventChannel>>;
}

/** No request takes longer than this unless its channel says so. */
const USUAL_TIMEOUT_MS = 10_000;
/** For what waits for a server or a person. */
export const PATIENT_TIMEOUT_MS = 120_000;
/** For a file that is to come first: gigabytes over a thin line. The person sees how far it is, and may stop it. */
export const LONGEST_FETCH_MS = 3_600_000;

/** Declares a request channel; the default timeout suits what main answers by itself. */
export function request<Request extends z.ZodType, Answer extends z.ZodType>(
  schemas: { request: Request; answer: Answer },
  timeoutMs: number = USUAL_TIMEOUT_MS,
): RequestChannel<Request, Answer> {
  return { ...schemas, timeoutMs };
}

/** Declares an event channel. */
export function event<Payload extends z.ZodType>(
  payload: Payload,
  coalesce: 'latest' | 'each' | { readonly latestOf: keyof z.output<Payload> & string } = 'each',
): EventChannel<Payload> {
  return { payload, coalesce };
}

/** For requests and answers that carry nothing. */
export const Nothing = z.undefined();

/** What went wrong, as a stable code; the words for it are the page's. */
export const ErrorCode = z.enum([
  'invalid',
  'forbidden',
  'timeout',
  'internal',
  'cancelled',
  'not-signed-in',
  'not-found',
  'offline',
  'unreachable',
  'not-a-server',
  'certificate',
  'wrong-password',
  'refused',
  'rate-limited',
  'maintenance',
  'quota',
  'disk-full',
  'read-only',
  'in-use',
  'changed',
  'name-not-allowed',
  'too-large',
  'unsupported',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** An error as it crosses the boundary: `details` is safe to show and to paste (no secret, no address with a token). */
export const ContractError = z.strictObject({
  code: ErrorCode,
  /** Key of the sentence in the page's dictionaries: what happened, what was kept, what to do. */
  messageKey: MessageKey,
  details: z.record(z.string().max(60), z.union([z.string().max(2000), z.number()])),
  retryable: z.boolean(),
});
export type ContractError = z.infer<typeof ContractError>;

/** What every request is answered with: never an exception. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ContractError };
