import { expect, test } from 'vitest';
import { historyOf } from './history.ts';
import { simulate } from './simulate.ts';

test('random histories of edits, faults and crashes lose nothing, end, and leave both sides equal', async () => {
  const totals = { histories: 0, crashes: 0, faults: 0 };
  for (let seed = 1; seed <= 600; seed += 1) {
    const { crashes, faults, failure } = await simulate(historyOf(seed));
    expect(failure, `seed ${seed}`).toBeUndefined();
    totals.histories += 1;
    totals.crashes += crashes;
    totals.faults += faults;
  }
  expect(totals.crashes).toBeGreaterThan(100);
  expect(totals.faults).toBeGreaterThan(100);
}, 120_000);

test('a seed always plays the same history', async () => {
  const told: string[][] = [[], []];
  for (const lines of told) await simulate(historyOf(7), (line) => lines.push(line));
  expect(told[0]?.length).toBeGreaterThan(20);
  expect(told[0]).toEqual(told[1]);
});
