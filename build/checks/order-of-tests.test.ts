import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { order } from './order-of-tests.ts';

const root = new URL('../..', import.meta.url).pathname;

test.each(order)('what is given a place in the order is there: %s', (start) => {
  expect(globSync(`${start}*.test.{ts,tsx}`, { cwd: root })).not.toEqual([]);
});
