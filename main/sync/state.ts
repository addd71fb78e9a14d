import type { Guard, PairState, RunReport } from './api.ts';
import { assertNever } from './model/assert-never.ts';
import type { Random } from './ports/random.ts';
import type { Deletions } from './reconcile/guard.ts';
import type { RunOutcome } from './run/run-once.ts';

const sampleSize = 50;

/** A guard and the deletions that it holds back. */
export interface Held {
  readonly guard: Guard;
  readonly deletions: Deletions;
}

/** The stop that a run asks for; the same one as before when nothing about it changed, so that its id holds. */
export function holdBack(
  outcome: Extract<RunOutcome, { readonly kind: 'guarded' }>,
  before: Held | undefined,
  random: Random,
): Held {
  const { reason, deletions } = outcome;
  if (before?.guard.reason === reason && isSame(before.deletions, deletions)) return before;
  const local = deletions.local.map((path) => ({ path, side: 'local' as const }));
  const remote = deletions.remote.map((path) => ({ path, side: 'remote' as const }));
  const guard: Guard = {
    id: random.hex(8),
    reason,
    localDeletions: local.length,
    remoteDeletions: remote.length,
    sample: [...local, ...remote].slice(0, sampleSize),
  };
  return { guard, deletions };
}

/** What a run came to, as its report says it. */
export function outcomeOf(outcome: RunOutcome, hasProblems: boolean): RunReport['outcome'] {
  switch (outcome.kind) {
    case 'atRest':
      return hasProblems ? 'problems' : 'inSync';
    case 'guarded':
    case 'offline':
    case 'failed':
    case 'signedOut':
      return outcome.kind;
    case 'aborted':
      return 'stopped';
    default:
      return assertNever(outcome);
  }
}

/** Whether two states say the same to a listener. */
export function isSameState(one: PairState, other: PairState): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSame(one: Deletions, other: Deletions): boolean {
  return (
    one.local.length === other.local.length &&
    one.remote.length === other.remote.length &&
    one.local.every((path, index) => path === other.local[index]) &&
    one.remote.every((path, index) => path === other.remote[index])
  );
}
