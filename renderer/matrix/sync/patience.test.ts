import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pauseAfter, pauseAfterAbsence, pauseOnReturn } from './patience.ts';

const HOUR = 3_600_000;
const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('how long the chat waits', () => {
  it('grows with each failure up to a limit, and never asks in the same moment as others', () => {
    fc.assert(
      fc.property(fc.nat(40), chance, (failures, each) => {
        const pause = pauseAfter(failures, each);
        expect(pause).toBeGreaterThanOrEqual(500);
        expect(pause).toBeLessThanOrEqual(30_000);
        expect(pauseAfter(failures + 1, each)).toBeGreaterThanOrEqual(pause);
      }),
    );
    expect([0, 0.5, 1].map((each) => pauseAfter(0, each))).toEqual([500, 750, 1000]);
  });

  it('spreads thousands of computers that wake together over ten seconds', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 50 }), (chances) => {
        for (const each of chances) {
          const pause = pauseAfterAbsence(HOUR, each);
          expect(pause).toBe(pauseOnReturn(each));
          expect(pause).toBeGreaterThanOrEqual(0);
          expect(pause).toBeLessThanOrEqual(10_000);
        }
      }),
    );
    const computers = 6500;
    const seconds = Array.from({ length: computers }, (_, n) =>
      Math.floor(pauseAfterAbsence(HOUR, n / computers) / 1000),
    );
    const inOneSecond = Array.from(
      { length: 10 },
      (_, second) => seconds.filter((each) => each === second).length,
    );
    expect(inOneSecond).toEqual(Array.from({ length: 10 }, () => 650));
  });

  it('is nothing more after a short silence', () => {
    expect(pauseAfterAbsence(60_000, 1)).toBe(0);
  });
});
