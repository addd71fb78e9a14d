import { RemoteFailure, type RemoteFailureCode } from '../model/failures.ts';
import type { Outcome } from '../ports/places.ts';

/** What a failed transfer shows of its server. */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof RemoteFailure)) return { kind: 'silent' };
  if (outOfReach.has(error.code)) return { kind: 'trouble', forAll: error };
  const isOverloaded = error.code === 'serverError' && overloaded.has(error.data['status']);
  return {
    kind: error.code === 'interrupted' || isOverloaded ? 'trouble' : 'silent',
  };
}

/** The whole server's: one that may be a single request's is asked about first (`remote/nextcloud/client.ts`). */
const outOfReach: ReadonlySet<RemoteFailureCode> = new Set<RemoteFailureCode>([
  'unreachable',
  'timedOut',
  'maintenance',
  'unavailable',
]);

/** Said of one request, by a server that answered another meanwhile: it is short of hands, or of patience. */
const overloaded: ReadonlySet<unknown> = new Set([502, 503, 504]);
