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
