/**
 * How much the line carries, found out by letting it run without limit now and then. Only time in which something
 * passes counts; the first moments, in which the system's buffers fill, do not. Pure.
 */
export type Estimate =
  | {
      readonly kind: 'measuring';
      /** When bytes passed last; nothing before the first. */
      readonly last?: number;
      /** ms in which something passed. */
      readonly active: number;
      /** Bytes that passed after the first moments. */
      readonly bytes: number;
    }
  /** Bytes a second, to be measured again after `until`. */
  | { readonly kind: 'known'; readonly rate: number; readonly until: number };

/** Nothing is known yet. */
export const unmeasured: Estimate = { kind: 'measuring', active: 0, bytes: 0 };

const firstMoments = 1000;
const measureFor = 3000;
const holdsFor = 5 * 60_000;
/** A longer silence is no part of a transfer. */
const longestGap = 5000;
/** Below that, nothing but the requests themselves would get through. */
const leastRate = 16 * 1024;

/** The estimate after so many bytes passed. */
export function passed(estimate: Estimate, bytes: number, now: number): Estimate {
  if (estimate.kind === 'known') return estimate;
  const { last = now, active } = estimate;
  const gap = now - last;
  const nowActive = active + (gap >= 0 && gap <= longestGap ? gap : 0);
  const counted = estimate.bytes + (nowActive > firstMoments ? bytes : 0);
  const measured = nowActive - firstMoments;
  if (measured < measureFor) return { kind: 'measuring', last: now, active: nowActive, bytes: counted };
  return { kind: 'known', rate: (counted / measured) * 1000, until: now + holdsFor };
}

/** The estimate when its time is over, also by a clock that was put back. */
export function current(estimate: Estimate, now: number): Estimate {
  if (estimate.kind === 'measuring') return estimate;
  const left = estimate.until - now;
  return left <= 0 || left > holdsFor ? unmeasured : estimate;
}

/** Bytes a second that are a share (0 to 1) of the line; nothing while that is being measured. */
export function shareOf(estimate: Estimate, share: number): number | undefined {
  return estimate.kind === 'known' ? Math.max(leastRate, estimate.rate * share) : undefined;
}
