import type { RunReport, Surroundings } from './api.ts';
import { assertNever } from './model/assert-never.ts';
import type { RunOutcome } from './run/run-once.ts';

/** Who wants a look, from the least to the most urgent: a side that tells, the surroundings, a person. */
export type Call = 'hint' | 'return' | 'person';

/** How long a pair rests, and whom it hears meanwhile: that call and every more urgent one. */
export interface Rest {
  readonly ms: number;
  readonly hears: Call;
}

/** What counts of the runs before. */
export interface History {
  /** Runs in a row that could not be carried out. */
  readonly failures: number;
  /** Runs in a row that did nothing but find files that are still being written. */
  readonly restless: number;
  /** Runs in a row that did nothing. */
  readonly idle: number;
}

/** What the length of a rest depends on beside the run. */
export interface RestFacts {
  readonly attention: Surroundings['attention'];
  /** The server tells of changes. */
  readonly isTold: boolean;
  readonly pollSeconds: number;
  readonly quietMs: number;
  /** ms until something that waits may be tried again. */
  readonly retryIn: number;
  /** Chance, 0 to 1: many computers must not ask at the same moment. */
  readonly chance: number;
}

export const noHistory: History = { failures: 0, restless: 0, idle: 0 };

/** The run that ended just now did not try what is due: another one at once would not either. */
const shortestRest = 5000;
const firstOfflineWait = 10_000;
const longestOfflineWait = 5 * 60_000;
const longestQuietWait = 15_000;
/** A server that asks for more patience than that is asked again all the same. */
const longestPatience = 60 * 60_000;

/**
 * Looks at a server that tells nothing, in multiples of `pollSeconds` (30 s). A folder in which nothing happens is
 * looked at less and less often; the first `steady` idle looks are not yet a reason.
 */
const paces = {
  foreground: { first: 1, longest: 4, steady: 10 },
  background: { first: 4, longest: 10, steady: 2 },
} as const;
const growth = 1.5;
/** A server that tells of every change is looked at all the same, in case it forgot one. */
const toldPace = 20;

/** The history after one more run. */
export function remember(history: History, outcome: RunOutcome, report: RunReport): History {
  const isIdle = report.uploaded + report.downloaded + report.moved + report.removed === 0;
  const isFailure = outcome.kind === 'offline' || outcome.kind === 'failed';
  const isRestless = outcome.kind === 'atRest' && outcome.young.length > 0 && isIdle;
  return {
    failures: isFailure ? history.failures + 1 : 0,
    restless: isRestless ? history.restless + 1 : 0,
    idle: isIdle && !isRestless ? history.idle + 1 : 0,
  };
}

/** How long to rest after a run that ended so. */
export function restAfter(outcome: RunOutcome, history: History, facts: RestFacts): Rest {
  switch (outcome.kind) {
    case 'atRest': {
      if (outcome.young.length > 0) return restForQuiet(history, facts);
      return { ms: Math.min(pollMs(history, facts), Math.max(shortestRest, facts.retryIn)), hears: 'hint' };
    }
    case 'guarded':
      return { ms: pollMs(history, facts), hears: 'hint' };
    case 'offline':
      return restOffline(outcome.retryAfter, history, facts);
    case 'failed':
      return { ms: backOff(history, facts), hears: 'return' };
    case 'signedOut':
      return { ms: Number.POSITIVE_INFINITY, hears: 'person' };
    case 'aborted':
      return { ms: 0, hears: 'hint' };
    default:
      return assertNever(outcome);
  }
}

function pollMs({ idle }: History, { attention, isTold, pollSeconds, chance }: RestFacts): number {
  const { first, longest, steady } = paces[attention];
  const slower = Math.min(longest, first * growth ** Math.max(0, idle - steady));
  return (isTold ? toldPace : slower) * pollSeconds * 1000 * (0.8 + 0.4 * chance);
}

/** A file that is written to all the time, a log for example, must not have the folder looked at all the time. */
function restForQuiet({ restless }: History, { quietMs }: RestFacts): Rest {
  const ms = Math.min(quietMs * 2 ** Math.max(0, restless - 2), longestQuietWait);
  return { ms, hears: restless > 2 ? 'return' : 'hint' };
}

/** A server that said when to come back is not asked before, but for a person. */
function restOffline(retryAfter: number | undefined, history: History, facts: RestFacts): Rest {
  const ms = backOff(history, facts);
  if (retryAfter === undefined) return { ms, hears: 'return' };
  const asked = Math.min(retryAfter * 1000, longestPatience) * (1 + 0.2 * facts.chance);
  return { ms: Math.max(ms, asked), hears: 'person' };
}

function backOff({ failures }: History, { chance }: RestFacts): number {
  const wait = Math.min(firstOfflineWait * 2 ** Math.max(0, failures - 1), longestOfflineWait);
  return wait * (0.8 + 0.4 * chance);
}
