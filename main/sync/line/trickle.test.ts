import { expect, test } from 'vitest';
import { freshTrickle, type Trickle, withPiece } from './trickle.ts';

/** ms of waiting until it is given up, with pieces of a size that come at an interval; at most a day. */
function givenUpAfter(length: number, everyMs: number): number | undefined {
  let trickle: Trickle | undefined = freshTrickle;
  for (let waited = everyMs; waited <= 86_400_000; waited += everyMs) {
    trickle = withPiece(trickle, everyMs, length);
    if (trickle === undefined) return waited;
  }
  return undefined;
}

test('a byte just often enough to keep a connection alive is given up within minutes', () => {
  expect(givenUpAfter(1, 59_000)).toBeLessThanOrEqual(11 * 60_000);
  expect(givenUpAfter(1000, 30_000)).toBe(10 * 60_000);
});

test('an honest slow line is never given up, also when many transfers share it', () => {
  expect(givenUpAfter(1400, 280)).toBeUndefined();
  expect(givenUpAfter(1400, 2800)).toBeUndefined();
  // In bursts, as over a line of radio.
  expect(givenUpAfter(64_000, 55_000)).toBeUndefined();
});

test('it is judged anew again and again: what began well may come to a drip', () => {
  const begun = withPiece(freshTrickle, 10, 900_000_000) ?? freshTrickle;
  let trickle: Trickle | undefined = begun;
  let drips = 0;
  for (; trickle !== undefined && drips < 100; drips += 1) trickle = withPiece(trickle, 59_000, 1);
  expect(drips).toBeLessThan(25);
});

test('a night in which the computer slept is one wait, and a clock that jumps back is none', () => {
  expect(withPiece(freshTrickle, 8 * 3_600_000, 1)).toEqual({ waited: 60_000, bytes: 1 });
  expect(withPiece(freshTrickle, -5000, 1)).toEqual({ waited: 0, bytes: 1 });
});
