import { expect, test } from 'vitest';
import { outcomeOf } from './ending.ts';

const LAST_WORDS = 'Debugger attached.\nWaiting for the debugger to disconnect...\n';

test.each([
  ['its exit code', { code: 1, signal: null, said: LAST_WORDS }, 1],
  ['the signal that ended it', { code: null, signal: 'SIGKILL', said: LAST_WORDS }, 'SIGKILL'],
  ['a fault while it still ran', { code: null, signal: 'SIGSEGV', said: 'Debugger attached.\n' }, 'SIGSEGV'],
  [
    'a fault while it said something else',
    { code: null, signal: 'SIGSEGV', said: `${LAST_WORDS}not the last\n` },
    'SIGSEGV',
  ],
] as const)('a program that ended is told by %s', (_what, ending, outcome) => {
  expect(outcomeOf(ending)).toBe(outcome);
});

test('a program whose debugger fell when nothing was left to run counts as ended with 0', () => {
  expect(outcomeOf({ code: null, signal: 'SIGSEGV', said: LAST_WORDS })).toBe(0);
});
