import { expect, test } from 'vitest';
import { median, table } from './figures.ts';

test('the median is the middle value, or the mean of the two middle ones', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('the table lines its columns up and leaves out a missing aim', () => {
  const text = table([
    { name: 'start', unit: 'ms', runs: [1200, 900, 1000], aim: 1000 },
    { name: 'processor', unit: 's', runs: [0.5], aim: null },
  ]);
  expect(text.split('\n')).toEqual([
    '            median   min   max  runs      aim',
    'start      1000 ms   900  1200     3  1000 ms',
    'processor   0.50 s  0.50  0.50     1',
  ]);
});
