import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineTrial, partSizeFor, TooSlow } from './line-trial.ts';

const megabyte = 1024 * 1024;

/** Sends a file over a line of so many bytes a second, in steps of so many ms; gives what stopped it. */
function send(size: number, rate: number, step: number): TooSlow | undefined {
  const trial = new LineTrial(size);
  try {
    for (let time = 0; (rate * time) / 1000 < size; time += step) {
      trial.passed((rate * time) / 1000, 1_000_000 + time);
      if (time > 10_000) return undefined;
    }
    return undefined;
  } catch (error) {
    if (error instanceof TooSlow) return error;
    throw error;
  }
}

describe('a large file', () => {
  test('goes whole on a line that brings its rest in time', () => {
    expect(send(300 * megabyte, 100 * megabyte, 10)).toBeUndefined();
    expect(send(300 * megabyte, 15 * megabyte, 10)).toBeUndefined();
  });

  test('is stopped after two seconds on a line that would not, and the line is known then', () => {
    const stopped = send(300 * megabyte, megabyte, 100);
    expect(stopped).toMatchObject({ sent: 2 * megabyte, rate: megabyte });
    expect(partSizeFor(megabyte)).toBe(8 * megabyte);
  });

  test('is stopped exactly if its rest would take more than twenty seconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: megabyte, max: 5000 * megabyte }),
        fc.integer({ min: 1000, max: 500 * megabyte }),
        (size, rate) => {
          const isShort = size / rate <= 2;
          const wouldTake = (size - rate * 2) / rate;
          expect(send(size, rate, 50) !== undefined).toBe(!isShort && wouldTake > 20);
        },
      ),
    );
  });

  test('is never stopped by a stall after the first seconds, which the connection has its own patience for', () => {
    const trial = new LineTrial(100 * megabyte);
    trial.passed(0, 0);
    trial.passed(50 * megabyte, 2000);
    expect(() => trial.passed(50 * megabyte, 60_000)).not.toThrow();
  });
});
