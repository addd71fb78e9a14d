import { expect, it } from 'vitest';
import { toSyncPath } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import { Meter, type Tell } from './meter.ts';

const clock: Clock = { now: () => 0, sleep: () => Promise.resolve() };

it('says where a thing was before a move, when it begins and when it is done', () => {
  const told: Parameters<Tell>[0][] = [];
  const meter = new Meter(clock, (event) => told.push(event));
  const path = toSyncPath('new.txt');
  meter.expect(1, 0);
  meter.started(path, 'moveRemote', 0, 'old.txt');
  meter.ended(path, true);
  expect(told.filter(({ type }) => type === 'item')).toMatchObject([
    { phase: 'started', path, from: 'old.txt' },
    { phase: 'done', path, from: 'old.txt' },
  ]);
});
