import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { event } from '../testing/events.ts';
import { LateKeys } from './late-keys.ts';

const young = event({ id: '$young', age: 2000 });
let looked: string[];
let keys: LateKeys;
beforeEach(() => {
  vi.useFakeTimers();
  looked = [];
  // As the machine does: what still can't be read is expected again.
  keys = new LateKeys(async (roomId, { id }) => {
    looked.push(id);
    await Promise.resolve();
    keys.expect(roomId, young);
  });
});
afterEach(() => {
  keys.stop();
  vi.useRealTimers();
});

test('a message of a moment ago is looked at a few times, some seconds apart', async () => {
  keys.expect('!r', young);
  keys.expect('!r', young);
  await vi.advanceTimersByTimeAsync(5000);
  expect(looked).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(looked).toEqual(['$young']);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(looked).toHaveLength(5);
});

test('an old one, or one of unknown age, is not', async () => {
  keys.expect('!r', event({ id: '$old', age: 3_600_000 }));
  keys.expect('!r', event({ id: '$unknown', age: null }));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(looked).toEqual([]);
});

test('one that can be read, and any when it is stopped, is let be', async () => {
  keys.expect('!r', young);
  keys.forget(young.id);
  await vi.advanceTimersByTimeAsync(10_000);
  keys.expect('!r', young);
  keys.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(looked).toEqual([]);
});
