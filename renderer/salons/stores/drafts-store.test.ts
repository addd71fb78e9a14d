import { afterEach, expect, test, vi } from 'vitest';
import { DraftsStore } from './drafts-store.ts';
import { memoryDatabase } from './page-database.ts';

const SALON = '!salon:x';

afterEach(() => {
  vi.useRealTimers();
});

test('a message that comes back stands before what was begun since, also at the next start', async () => {
  const database = memoryDatabase();
  const drafts = new DraftsStore(database);
  drafts.write(SALON, 'et la suite');
  await drafts.giveBack(SALON, 'le début');
  const text = 'le début\net la suite';
  expect(drafts.givenBack.get()).toEqual({ salonId: SALON, text });
  drafts.dispose();
  expect(await new DraftsStore(database).read(SALON)).toBe(text);
});

test('it does not wait for the composer of its salon', async () => {
  const database = memoryDatabase();
  await database.write('drafts', SALON, 'hier');
  const drafts = new DraftsStore(database);
  await drafts.giveBack(SALON, 'avant');
  expect(await drafts.read(SALON)).toBe('avant\nhier');
});

test('what somebody writes without a pause is kept too, not only when they stop', async () => {
  vi.useFakeTimers();
  const database = memoryDatabase();
  const drafts = new DraftsStore(database);
  for (let typed = 1; typed <= 30; typed += 1) {
    drafts.write(SALON, 'x'.repeat(typed));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect((await database.read('drafts', SALON))?.length).toBeGreaterThan(15);
  await vi.runAllTimersAsync();
  expect(await database.read('drafts', SALON)).toBe('x'.repeat(30));
});

test('words on their way lie on the disk until the chat has them, whatever happens meanwhile', async () => {
  vi.useFakeTimers();
  const database = memoryDatabase();
  const drafts = new DraftsStore(database);
  drafts.write(SALON, 'bonjour');
  await vi.runAllTimersAsync();
  const settle = drafts.hold(SALON, 'bonjour');
  drafts.write(SALON, '');
  drafts.write(SALON, 'et la suite');
  await vi.runAllTimersAsync();
  expect(await database.read('drafts', SALON)).toBe('bonjour\net la suite');
  expect(await drafts.read(SALON)).toBe('et la suite');
  settle(true);
  await vi.runAllTimersAsync();
  expect(await database.read('drafts', SALON)).toBe('et la suite');
  const refused = drafts.hold(SALON, 'et la suite');
  drafts.write(SALON, '');
  refused(false);
  await vi.runAllTimersAsync();
  expect(drafts.givenBack.get()).toEqual({ salonId: SALON, text: 'et la suite' });
  expect(await database.read('drafts', SALON)).toBe('et la suite');
});

test('a message that is kept at once costs the disk no writing of its own', async () => {
  vi.useFakeTimers();
  const database = memoryDatabase();
  const write = vi.spyOn(database, 'write');
  const drafts = new DraftsStore(database);
  drafts.write(SALON, 'oui');
  const settle = drafts.hold(SALON, 'oui');
  drafts.write(SALON, '');
  settle(true);
  await vi.runAllTimersAsync();
  expect(write.mock.calls.map(([, , text]) => text)).toEqual([null]);
});

test('what is being written already is waited for too', async () => {
  vi.useFakeTimers();
  const database = memoryDatabase();
  const { promise: disk, resolve: goOn } = Promise.withResolvers<undefined>();
  const slow: typeof database = {
    ...database,
    write: async (...row) => {
      await disk;
      await database.write(...row);
    },
  };
  const drafts = new DraftsStore(slow);
  drafts.write(SALON, 'bonjour');
  vi.runAllTimers();
  const ended = vi.fn<() => void>();
  const flushed = drafts.flush().then(ended);
  await vi.advanceTimersByTimeAsync(1000);
  expect(ended).not.toHaveBeenCalled();
  goOn(undefined);
  await flushed;
  expect(await database.read('drafts', SALON)).toBe('bonjour');
});
