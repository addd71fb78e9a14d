import { expect, it } from 'vitest';
import { wipeSession } from './wipe-session.ts';

it('nothing stays of a session: no storage, no cache, no sign-in in memory, no line that one was made on', async () => {
  const done: string[] = [];
  const step = (name: string) => () => {
    done.push(name);
    return Promise.resolve();
  };
  await wipeSession({
    clearStorageData: step('storage'),
    clearCache: step('cache'),
    clearAuthCache: step('sign-ins'),
    closeAllConnections: step('lines'),
  });
  expect(done).toEqual(['storage', 'cache', 'sign-ins', 'lines']);
});
