import { expect, test } from 'vitest';
import { noHistory, type RestFacts, restAfter } from './rest.ts';

const facts: RestFacts = {
  attention: 'foreground',
  isTold: false,
  pollSeconds: 30,
  quietMs: 2000,
  retryIn: Number.POSITIVE_INFINITY,
  chance: 0.5,
};

test.each([
  ['nothing waits', Number.POSITIVE_INFINITY, 30_000],
  ['a retry is due before the next look', 25_000, 25_000],
  ['a retry is due and was not tried', 0, 5000],
  ['a retry is long due and is never tried', -3_600_000, 5000],
])('a pair at rest looks again in time when %s', (_, retryIn, ms) => {
  expect(restAfter({ kind: 'atRest', young: [] }, noHistory, { ...facts, retryIn })).toEqual({
    ms,
    hears: 'hint',
  });
});
