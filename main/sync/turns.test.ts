import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('what hangs for one key holds up no other, and the next of its own waits, also for one that fails', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const hanging = Promise.withResolvers<void>();
  const first = turns.take('a', () => hanging.promise);
  const failed = first.catch((error: unknown) => error);
  const second = turns.take('a', async () => void done.push('a'));
  await turns.take('b', async () => void done.push('b'));
  expect(done).toEqual(['b']);
  hanging.reject(new Error('gave up'));
  expect(await failed).toMatchObject({ message: 'gave up' });
  await second;
  expect(done).toEqual(['b', 'a']);
});
