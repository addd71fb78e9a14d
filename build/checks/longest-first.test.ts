import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { long } from './longest-first.ts';

const root = new URL('../..', import.meta.url).pathname;

test.each(long)('what starts first is there: %s', (start) => {
  expect(globSync(`${start}*.test.{ts,tsx}`, { cwd: root })).not.toEqual([]);
});
