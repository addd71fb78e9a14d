import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PauseRules, Proxies, Surroundings } from '../files/protocol.ts';
import { silentLog } from '../log/silent.ts';
import { RareQuestions } from './ask-system.ts';

import { pauseAfterWaking, SurroundingsWatch } from './surroundings.ts';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const world = {
    isSeen: true,
    isOnline: true,
    line: 'eth0 10.0.0.1',
    proxies: {} as Proxies,
    power: { kind: 'battery', level: 0.5 } as Surroundings['power'],
    isMetered: true,
    rules: { pauseOnBattery: 'never', pauseOnMetered: false } as PauseRules,
    asked: 0,
    chance: 0,
  };
  let sign: (what: 'changed' | 'woke') => void = () => undefined;
  const told: Surroundings[] = [];
  const watch = new SurroundingsWatch({
    signs: {
      isSeen: () => world.isSeen,
      isOnline: () => world.isOnline,
      proxies: () => Promise.resolve(world.proxies),
      onChange: (listener) => {
        sign = listener;
      },
    },
    power: () => Promise.resolve(world.power),
    isMetered: () => {
      world.asked += 1;
      return Promise.resolve(world.isMetered);
    },
    forget: () => undefined,
    rules: () => world.rules,
    tell: (surroundings) => told.push(surroundings),
    line: () => world.line,
    chance: () => world.chance,
    log: silentLog,
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  return { world, watch, told, pass, sign: (what: 'changed' | 'woke') => sign(what) };
}

test('nothing is told while nothing changes, and nothing asked that no rule needs', async () => {
  const { world, watch, told, pass } = setUp();
  await pass(30 * MINUTE);
  expect(told).toEqual([]);
  expect(world.asked).toBe(0);
  expect(watch.value).toMatchObject({ attention: 'foreground', metered: false, power: { kind: 'mains' } });
  watch.close();
});

test('a window that nobody looked at for a minute is in the background, and seen again at once', async () => {
  const { world, watch, pass, sign } = setUp();
  world.isSeen = false;
  sign('changed');
  await pass(30_000);
  expect(watch.value.attention).toBe('foreground');
  await pass(MINUTE);
  expect(watch.value.attention).toBe('background');
  world.isSeen = true;
  sign('changed');
  await pass(0);
  expect(watch.value.attention).toBe('foreground');
  watch.close();
});

test('a line that comes, goes or is another is seen within 15 s', async () => {
  const { world, told, watch, pass } = setUp();
  world.isOnline = false;
  await pass(15_000);
  world.isOnline = true;
  await pass(15_000);
  world.line = 'eth0 10.0.0.1, tun0 10.8.0.2';
  await pass(15_000);
  expect(told.map(({ network }) => network)).toEqual([
    { kind: 'offline' },
    { kind: 'online', line: 'eth0 10.0.0.1' },
    { kind: 'online', line: 'eth0 10.0.0.1, tun0 10.8.0.2' },
  ]);
  watch.close();
});

test('a proxy on the way to the file server is told', async () => {
  const { world, told, watch, pass } = setUp();
  world.proxies = { 'https://cloud.example': 'http://proxy:3128' };
  await pass(15_000);
  expect(told.at(-1)?.network).toEqual({
    kind: 'online',
    line: 'eth0 10.0.0.1',
    proxies: { 'https://cloud.example': 'http://proxy:3128' },
  });
  watch.close();
});

test('sleep is heard of, and noticed where the system tells nothing of it', async () => {
  const { told, watch, pass, sign } = setUp();
  await pass(MINUTE);
  sign('woke');
  await pass(0);
  expect(told.at(-1)?.wokeAt).toBe(Date.now());
  vi.setSystemTime(Date.now() + 60 * MINUTE);
  await pass(15_000);
  expect(told.at(-1)?.wokeAt).toBe(Date.now());
  expect(told).toHaveLength(2);
  watch.close();
});

test('a computer that woke comes back within a minute, at its own moment', async () => {
  const { world, told, pass, watch, sign } = setUp();
  world.isSeen = false;
  world.chance = 0.7;
  sign('woke');
  await pass(41_000);
  expect(told.map(({ network }) => network.kind)).toEqual(['offline']);
  await pass(1000);
  expect(told.at(-1)).toMatchObject({ network: { kind: 'online' }, wokeAt: Date.now() - 42_000 });
  watch.close();
});

test('somebody who looks at the window does not wait for that', async () => {
  const { world, told, pass, watch, sign } = setUp();
  world.isSeen = false;
  world.chance = 1;
  sign('woke');
  await pass(5000);
  expect(told.at(-1)?.network.kind).toBe('offline');
  world.isSeen = true;
  sign('changed');
  await pass(0);
  expect(told.at(-1)?.network.kind).toBe('online');
  watch.close();
});

test('thousands that wake together are spread, each within its time', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), (isSeen, chance) => {
      const pause = pauseAfterWaking(isSeen, chance);
      expect(pause).toBeCloseTo(chance * pauseAfterWaking(isSeen, 1));
      expect(pause).toBeLessThanOrEqual(isSeen ? 3000 : 60_000);
    }),
  );
});

test('what a rule needs is told, from the moment that it does', async () => {
  const { world, told, watch, pass } = setUp();
  world.rules = { pauseOnBattery: 'low', pauseOnMetered: true };
  watch.look();
  await pass(0);
  expect(told.at(-1)).toMatchObject({ metered: true, power: { kind: 'battery', level: 0.5 } });
  watch.close();
});

test('what costs a program is asked again after five minutes, or on another line', async () => {
  let asked = 0;
  const questions = new RareQuestions(() => Promise.resolve(String((asked += 1))));
  const ask = () => questions.ask({ file: 'program', args: ['argument'] });
  expect([await ask(), await ask()]).toEqual(['1', '1']);
  await vi.advanceTimersByTimeAsync(6 * MINUTE);
  expect(await ask()).toBe('2');
  questions.forget();
  expect(await ask()).toBe('3');
});

test('after it is closed nothing is told', async () => {
  const { world, told, watch, pass } = setUp();
  watch.close();
  world.isOnline = false;
  await pass(MINUTE);
  expect(told).toEqual([]);
});
