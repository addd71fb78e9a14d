import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { isMemoryShort, MemoryWatch } from './memory.ts';

const GIB = 1024 ** 3;
const HALF_A_MINUTE = 30_000;

test.each([
  ['linux', 8, 0.5, false],
  ['linux', 8, 0.3, true],
  ['win32', 8, 0.3, true],
  ['win32', 64, 0.6, false],
  ['win32', 64, 0.4, true],
  ['linux', 2, 0.2, false],
] as const)(
  'on %s with %d GiB, of which %d are to be had, memory is short: %j',
  async (platform, all, left, isShort) => {
    const ask = () => Promise.reject(new Error('nobody is asked'));
    const signs = { platform, total: () => all * GIB, free: () => left * GIB, ask };
    expect(await isMemoryShort(signs)).toBe(isShort);
  },
);

test.each([
  ['1\n', false],
  ['2\n', false],
  ['4\n', true],
  [null, false],
])('macOS says itself how it stands: %j', async (said, isShort) => {
  const signs = {
    platform: 'darwin' as const,
    total: () => GIB,
    free: () => 0,
    ask: () => Promise.resolve(said),
  };
  expect(await isMemoryShort(signs)).toBe(isShort);
});

let done: string[];
let isShort: boolean;
let watch: MemoryWatch;
beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  isShort = false;
  watch = new MemoryWatch({
    isShort: () => Promise.resolve(isShort),
    letGo: () => done.push('let go'),
    tell: () => done.push('told'),
    log: silentLog,
  });
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});
const looks = (count: number) => vi.advanceTimersByTimeAsync(count * HALF_A_MINUTE);

test('what can be had again is given back first; the person is told when that was not enough, and once', async () => {
  await looks(3);
  expect(done).toEqual([]);
  isShort = true;
  await looks(1);
  expect(done).toEqual(['let go']);
  await looks(5);
  expect(done).toEqual(['let go', 'told']);
  isShort = false;
  await looks(1);
  isShort = true;
  await looks(3);
  expect(done).toEqual(['let go', 'told', 'let go']);
});

test('where giving back was enough nobody is told', async () => {
  isShort = true;
  await looks(1);
  isShort = false;
  await looks(5);
  expect(done).toEqual(['let go']);
});
