import { expect, test } from 'vitest';
import { runTour, type TourStep } from './report.ts';

const passes = (name: string): TourStep => ({ name, run: () => Promise.resolve('well') });
const fails = (name: string, vital = false): TourStep => ({
  name,
  vital,
  run: () => Promise.reject(new Error('no window\n\nat some place')),
});

async function tour(steps: TourStep[]) {
  const lines: string[] = [];
  const seen: number[] = [];
  const result = await runTour(
    steps,
    (line) => lines.push(line.replaceAll(/\d+\.\d s/g, 'N s')),
    async (index) => void seen.push(index),
  );
  return { lines, seen, result };
}

test('a line a step, with its time and what it found', async () => {
  const { lines, result } = await tour([passes('sign-in'), fails('call'), passes('restart')]);
  expect(lines.map((line) => line.replaceAll(/\s+/g, ' '))).toEqual([
    'ok N s sign-in: well',
    'not ok N s call: no window at some place',
    'ok N s restart: well',
  ]);
  expect(result).toEqual({ passed: 2, failed: 1 });
});

test('after a vital step failed the rest is not tried and counts as failed', async () => {
  const { seen, result } = await tour([fails('sign-in', true), passes('message'), passes('call')]);
  expect(seen).toEqual([0]);
  expect(result).toEqual({ passed: 0, failed: 3 });
});
