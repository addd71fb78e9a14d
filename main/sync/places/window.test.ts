import { array, assert, boolean, constantFrom, integer, oneof, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../ports/places.ts';
import { after, type Ended, freshWindow, largest, type Window } from './window.ts';

const trouble: Outcome = { kind: 'trouble' };
const answered = (ms: number, sort = 'file'): Outcome => ({
  kind: 'well',
  pace: { sort, ms },
});

/** What begins now ends so, one after the other, while others wait. */
function windowAfter(window: Window, outcomes: readonly Outcome[]): Window {
  return outcomes.reduce(
    (present, outcome) => after(present, { outcome, cuts: present.cuts, isWanted: true }),
    window,
  );
}

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

const anyOutcome = oneof(
  record({
    ms: integer({ min: 0, max: 20_000 }),
    sort: constantFrom('file', 'part', 'download'),
  }).map(({ ms, sort }) => answered(ms, sort)),
  constantFrom<Outcome>(trouble, { kind: 'silent' }, { kind: 'well' }),
);
const anyHistory = array(
  record({
    outcome: anyOutcome,
    isWanted: boolean(),
    lag: integer({ min: 0, max: 2 }),
  }),
  { maxLength: 200 },
);

function play(
  history: readonly (Omit<Ended, 'cuts'> & { readonly lag: number })[],
  check: (window: Window) => void = () => undefined,
): Window {
  return history.reduce((window, { lag, ...ended }) => {
    const next = after(window, {
      ...ended,
      cuts: Math.max(0, window.cuts - lag),
    });
    check(next);
    return next;
  }, freshWindow);
}

test('whatever happens, it is never below 1 nor above the most', () => {
  assert(
    property(anyHistory, (history) => {
      play(history, ({ size }) => {
        expect(size).toBeGreaterThanOrEqual(1);
        expect(size).toBeLessThanOrEqual(largest);
        expect(Number.isInteger(size)).toBe(true);
      });
    }),
  );
});

test('whatever happened, it is as large as it can be when answers have come well for long', () => {
  assert(
    property(anyHistory, integer({ min: 0, max: 20_000 }), (history, ms) => {
      expect(windowAfter(play(history), times(700, answered(ms))).size).toBe(largest);
    }),
  );
});

test('it grows slowly, and only when more are wanted than there is room for', () => {
  const steps = times(40, answered(100)).map(
    (_, index, all) => windowAfter(freshWindow, all.slice(0, index)).size,
  );
  expect(steps.slice(0, 16)).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5]);
  expect(steps.at(-1)).toBe(5);
  const idle = times(40, answered(100)).reduce(
    (window, outcome) => after(window, { outcome, cuts: 0, isWanted: false }),
    freshWindow,
  );
  expect(idle.size).toBe(freshWindow.size);
});

describe('a bad answer', () => {
  const full = windowAfter(freshWindow, times(100, answered(100)));

  test('halves it, down to 1', () => {
    const sizes = [1, 2, 3].map((count) => windowAfter(full, times(count, trouble)).size);
    expect(sizes).toEqual([2, 1, 1]);
  });

  test('counts once for all that were under way', () => {
    const { cuts } = full;
    const ends = times(5, { outcome: trouble, cuts, isWanted: true });
    expect(ends.reduce(after, full).size).toBe(2);
    const good = times(50, { outcome: answered(100), cuts, isWanted: true });
    expect([...ends, ...good].reduce(after, full).size).toBe(2);
  });

  test('is made up for within 20 good ones', () => {
    const least = windowAfter(full, times(9, trouble));
    expect(windowAfter(least, times(19, answered(100))).size).toBeLessThan(largest);
    expect(windowAfter(least, times(20, answered(100))).size).toBe(largest);
  });
});

describe('answers that take longer', () => {
  const usual = windowAfter(freshWindow, times(100, answered(200)));

  test('make it smaller, but not as small as failures do', () => {
    expect(usual.size).toBe(largest);
    expect(windowAfter(usual, times(6, answered(1000))).size).toBeLessThan(largest);
    const sizes = times(40, answered(2000)).map(
      (_, index, all) => windowAfter(usual, all.slice(0, index)).size,
    );
    expect(Math.min(...sizes)).toBe(2);
  });

  test('by a little, now and then, or of another sort do not', () => {
    const little = times(100, [answered(200), answered(320)]).flat();
    const rarely = times(20, [...times(9, answered(200)), answered(500)]).flat();
    const others = [...times(50, answered(5000, 'part')), ...times(50, answered(200))];
    for (const outcomes of [little, rarely, others]) expect(windowAfter(usual, outcomes).size).toBe(largest);
  });

  test('do not let it grow', () => {
    const narrow = windowAfter(usual, [trouble]);
    expect(windowAfter(narrow, times(20, answered(390))).size).toBeLessThan(largest);
  });
});
