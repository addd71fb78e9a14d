/**
 * How long to wait before the server is asked again. A metropole's computers wake at the same minute, and lose the server
 * at the same second: `chance` (0 to 1) keeps them from asking together.
 */

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** Within so long all those come back who woke, or got the network again, together. */
const RETURN_WITHIN_MS = 10_000;
/** An answer takes half a minute at most, and a pause as long: who heard of nothing for longer slept. */
const SLEPT_MS = 3 * 60_000;

/** ms after so many failures in a row: longer and longer, as long or up to half less. */
export function pauseAfter(failures: number, chance: number): number {
  return Math.min(FIRST_MS * 2 ** failures, LONGEST_MS) * (0.5 + chance / 2);
}

/** ms until a computer asks that is back after `awayMs` without a sign of the server; 0 for a short while. */
export function pauseAfterAbsence(awayMs: number, chance: number): number {
  return awayMs > SLEPT_MS ? pauseOnReturn(chance) : 0;
}

/** ms until a computer asks that just got the network again. */
export function pauseOnReturn(chance: number): number {
  return RETURN_WITHIN_MS * chance;
}
