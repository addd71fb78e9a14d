import { expect, test } from 'vitest';
import type { SpeedLimit } from '../../preload/contract/settings.ts';
import { choiceOf, limitOf, offeredShares } from './speed-limits.ts';

const limits: readonly SpeedLimit[] = [
  { kind: 'none' },
  { kind: 'share', percent: 40 },
  { kind: 'fixed', kilobytesPerSecond: 80 },
];

test.each(limits)('choosing what $kind is already changes nothing', (limit) => {
  expect(limitOf(choiceOf(limit), limit)).toEqual(limit);
});

test('a choice makes a limit, and a fixed speed begins with one that is of use', () => {
  expect(limitOf('25%', { kind: 'none' })).toEqual({ kind: 'share', percent: 25 });
  expect(limitOf('fixed', { kind: 'none' })).toEqual({ kind: 'fixed', kilobytesPerSecond: 500 });
});

test('a share that an administrator chose is among the choices, in its place', () => {
  expect(offeredShares({ kind: 'share', percent: 40 })).toEqual([25, 40, 50, 75]);
  expect(offeredShares({ kind: 'share', percent: 50 })).toEqual([25, 50, 75]);
});
