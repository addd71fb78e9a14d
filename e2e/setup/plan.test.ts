import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { isWrongUse, switchesOf } from './plan.ts';
import { Refusal } from './refusal.ts';

test('switches are off unless they are given', () => {
  expect(switchesOf('demo', ['--tour'], ['tour', 'reset'])).toEqual(new Set(['tour']));
  expect(switchesOf('check', [], [])).toEqual(new Set());
});

test.each([['--tuor'], ['tour'], ['--tour=yes']])('%s is refused, with the right use', (argument) => {
  const read = () => switchesOf('demo', [argument], ['tour', 'reset']);
  expect(read).toThrow(Refusal);
  expect(read).toThrow('Usage: npm run demo [-- --tour] [-- --reset]');
  expect(read).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test('a command line that could not be read is told from other errors', () => {
  const read = () => parseArgs({ args: ['--what'], options: {} });
  expect(read).toThrow(expect.toSatisfy(isWrongUse));
  expect(isWrongUse(new Error('no room'))).toBe(false);
});
