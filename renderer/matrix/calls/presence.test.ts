import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Content } from '../events/event.ts';
import { CallPresence } from './presence.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** A server that takes each state when the test says so. */
function bench() {
  const heard: Content[] = [];
  const waiting: (() => void)[] = [];
  const api = {
    setState: (_roomId: string, _type: string, _key: string, content: Content) => {
      const taken = Promise.withResolvers<string>();
      waiting.push(() => {
        heard.push(content);
        taken.resolve('$1');
      });
      return taken.promise;
    },
  };
  const presence = new CallPresence({
    ownId: '@me:x',
    deviceId: 'D',
    api,
    now: () => Date.now(),
    trouble: (error) => {
      throw error;
    },
  });
  const takeAll = async (): Promise<void> => {
    for (let turns = 0; turns < 5; turns += 1) {
      // The last first, as two connections may have it.
      for (const take of waiting.splice(0).toReversed()) take();
      await vi.advanceTimersByTimeAsync(0);
    }
  };
  return { presence, heard, takeAll };
}

test('who hangs up at once is out: the two words reach the server in their order', async () => {
  const { presence, heard, takeAll } = bench();
  const both = Promise.all([presence.join('!r', 'w'), presence.leave('!r')]);
  await takeAll();
  await both;
  expect(heard.at(-1)).toEqual({});
});

test('presence is renewed before the others stop believing it, and not after leaving', async () => {
  const { presence, heard, takeAll } = bench();
  const joined = presence.join('!r', 'w');
  await takeAll();
  await joined;
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  await takeAll();
  expect(heard).toMatchObject([
    { widgetId: 'w', since: 1_000_000 },
    { widgetId: 'w', since: 1_000_000 },
  ]);
  const left = presence.leave('!r');
  await takeAll();
  await left;
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  await takeAll();
  expect(heard).toHaveLength(3);
});

test('whoever is in no call says nothing', async () => {
  const { presence, heard, takeAll } = bench();
  await presence.leave('!r');
  await presence.stop();
  await takeAll();
  expect(heard).toEqual([]);
});
