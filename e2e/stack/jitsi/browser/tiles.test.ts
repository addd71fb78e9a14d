import { describe, expect, test } from 'vitest';
import { columnsFor, initialsOf } from './tiles.ts';

describe('the number of columns', () => {
  test.each([
    [1, 2.1, 1],
    [2, 2.1, 2],
    [3, 1.5, 2],
    [4, 2.1, 2],
    [6, 2.1, 3],
    [9, 1.6, 3],
    [2, 0.6, 1],
    [4, 0.4, 1],
  ])('for %i pictures in a window of shape %f is %i', (count, shape, columns) => {
    expect(columnsFor(count, shape)).toBe(columns);
  });
});

test.each([
  ['Karim Meziane', 'KM'],
  ['Inès', 'I'],
  ['élodie de la tour', 'ÉT'],
  ['', ''],
])('the initials of "%s" are "%s"', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
