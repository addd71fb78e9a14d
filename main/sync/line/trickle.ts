/**
 * How an answer comes in that is being waited for. A server that sends a byte now and then keeps a connection alive for
 * hours and gets nothing done. Only the time counts in which bytes were waited for: not that of a limit of the line, nor of
 * a slow disk. Pure.
 */
export interface Trickle {
  /** ms that were waited since it was last judged. */
  readonly waited: number;
  /** What came meanwhile. */
  readonly bytes: number;
}

/** Nothing has come yet. */
export const freshTrickle: Trickle = { waited: 0, bytes: 0 };

/** It is judged after so many ms of waiting: virus scanners let bytes drip for minutes while they look at the whole. */
const judgedAfter = 10 * 60_000;
/**
 * With fewer bytes in that time it is given up: 50 a second. A line of 5 kB/s that ten transfers share carries ten times
 * that for each.
 */
const fewest = 30_000;
/** One wait counts for no more: a computer that slept meanwhile waited for nothing. */
const longestWait = 60_000;

/** With one more piece, which was waited for so many ms; nothing when it is to be given up. */
export function withPiece({ waited, bytes }: Trickle, ms: number, length: number): Trickle | undefined {
  const next = { waited: waited + Math.min(longestWait, Math.max(0, ms)), bytes: bytes + length };
  if (next.waited < judgedAfter) return next;
  return next.bytes < fewest ? undefined : freshTrickle;
}
