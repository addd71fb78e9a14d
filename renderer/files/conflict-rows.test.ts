import { expect, test } from 'vitest';
import { conflictRows } from './conflict-rows.ts';

test('lines that differ stand beside each other, what both have spans the two', () => {
  expect(
    conflictRows([
      { side: 'skipped', count: 12 },
      { side: 'both', lines: ['a'] },
      { side: 'there', lines: ['t1'] },
      { side: 'here', lines: ['h1', 'h2'] },
      { side: 'both', lines: ['b'] },
      { side: 'here', lines: ['h3'] },
    ]),
  ).toEqual([
    { kind: 'skipped', count: 12 },
    { kind: 'same', text: 'a' },
    { kind: 'changed', there: 't1', here: 'h1' },
    { kind: 'changed', there: null, here: 'h2' },
    { kind: 'same', text: 'b' },
    { kind: 'changed', there: null, here: 'h3' },
  ]);
  expect(conflictRows([])).toEqual([]);
});
