import { expect, it } from 'vitest';
import { whyOf } from './crash-words.ts';

it.each([
  ['crashed', 'crashed'],
  ['abnormal-exit 5', 'crashed'],
  ['worker', 'crashed'],
  ['oom', 'oom'],
  ['memory-eviction', 'oom'],
  ['killed 137', 'killed'],
  ['ended', 'ended'],
  ['toString', 'unknown'],
  ['', 'unknown'],
])('%s is told as %s', (reason, why) => {
  expect(whyOf(reason)).toBe(why);
});
