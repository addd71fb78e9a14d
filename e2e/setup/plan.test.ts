import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { plan as planBench } from './commands/bench.ts';
import { Help } from './help.ts';
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

test.each(['--help', '-h'])('%s tells the right use, and nothing is wrong', (argument) => {
  const read = () => switchesOf('demo', [argument], ['tour', 'reset']);
  expect(read).toThrow(new Help('Usage: npm run demo [-- --tour] [-- --reset]'));
});

test.each([
  [['--help'], 'bench -- start [--runs N]'],
  [['sync', '--help'], '[--only TASK]'],
])('benchmarks asked with %j tell how they are used, before anything is set up', (args, usage) => {
  expect(() => planBench(args)).toThrow(Help);
  expect(() => planBench(args)).toThrow(usage);
});

test('a command line that could not be read is told from other errors', () => {
  const read = () => parseArgs({ args: ['--what'], options: {} });
  expect(read).toThrow(expect.toSatisfy(isWrongUse));
  expect(isWrongUse(new Error('no room'))).toBe(false);
});
