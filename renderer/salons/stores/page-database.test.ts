import { randomBytes } from 'node:crypto';
import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { openPageDatabase, type PageDatabase } from './page-database.ts';

/** The databases of these tests alone. */
const indexedDB = new IDBFactory();
const DRAFT = 'Rendez-vous chez le notaire';
const key = (): string => randomBytes(32).toString('base64');
const troubles: Error[] = [];
const opened: PageDatabase[] = [];

function open(
  storageKey: () => string | null,
  stores = '',
  factory: IDBFactory = indexedDB,
  earlierKeys: string[] = [],
): PageDatabase {
  const database = openPageDatabase({
    factory,
    owner: async () => {
      const key64 = storageKey();
      return key64 === null ? null : { storageKey: key64, stores, passing: null, earlierKeys };
    },
    onTrouble: (problem) => troubles.push(problem),
  });
  opened.push(database);
  return database;
}
afterEach(async () => {
  for (const database of opened.splice(0)) await database.clear();
  const [trouble] = troubles.splice(0);
  if (trouble) throw trouble;
});

/** Everything that lies in IndexedDB, as text. */
async function everything(): Promise<string> {
  const names = await indexedDB.databases();
  const texts = await Promise.all(
    names.map(async ({ name = '' }) => {
      const database = await settled(indexedDB.open(name));
      const stores = [...database.objectStoreNames].map((store) =>
        database.transaction(store).objectStore(store),
      );
      const rows = await Promise.all(
        stores.map(async (store) => [await settled(store.getAllKeys()), await settled(store.getAll())]),
      );
      database.close();
      return JSON.stringify(rows, (_name, value: unknown) =>
        value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value,
      );
    }),
  );
  return texts.join();
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')));
  });
}

test('a draft comes back after a restart and never lies readable on the disk', async () => {
  const session = key();
  await open(() => session).write('drafts', '!salon', DRAFT);
  const stored = await everything();
  expect(stored.length).toBeGreaterThan(DRAFT.length);
  expect(stored).not.toContain('notaire');
  expect(stored).not.toContain('!salon');
  const next = open(() => session);
  expect(await next.read('drafts', '!salon')).toBe(DRAFT);
  await next.write('drafts', '!salon', null);
  expect(await next.read('drafts', '!salon')).toBeNull();
});

test('another session reads nothing of it', async () => {
  await open(key).write('drafts', '!salon', DRAFT);
  expect(await open(key).read('drafts', '!salon')).toBeNull();
});

test('without a session it lives in memory, and on the disk once there is one', async () => {
  let session: string | null = null;
  const database = open(() => session);
  await database.write('drafts', '!salon', DRAFT);
  expect(await database.read('drafts', '!salon')).toBe(DRAFT);
  expect(await everything()).toBe('');
  expect(await database.isDraftAtRisk()).toBe(true);
  session = key();
  expect(await database.isDraftAtRisk()).toBe(false);
  await database.write('drafts', '!other', DRAFT);
  const next = open(() => session);
  expect(await next.read('drafts', '!salon')).toBe(DRAFT);
  expect(await next.read('drafts', '!other')).toBe(DRAFT);
});

test('what a person deleted while the disk took nothing does not come back from there', async () => {
  const its = key();
  let session: string | null = its;
  await open(() => session).write('drafts', '!salon', DRAFT);
  session = null;
  const database = open(() => session);
  await database.write('drafts', '!salon', null);
  expect(await database.isDraftAtRisk()).toBe(false);
  session = its;
  expect(await database.read('drafts', '!salon')).toBeNull();
});

test('what a full disk refuses stays until it takes it, and the rest is read meanwhile', async () => {
  const session = key();
  const database = open(() => session);
  await database.write('drafts', '!kept', 'gardé');
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await database.write('drafts', '!salon', DRAFT);
  expect(await database.isDraftAtRisk()).toBe(true);
  expect(await database.read('drafts', '!kept')).toBe('gardé');
  expect(await database.read('drafts', '!salon')).toBe(DRAFT);
  full.mockRestore();
  expect(troubles.splice(0).length).toBeGreaterThan(0);
  expect(await database.isDraftAtRisk()).toBe(false);
  expect(await open(() => session).read('drafts', '!salon')).toBe(DRAFT);
});

test('clearing it leaves nothing', async () => {
  const session = key();
  const database = open(() => session);
  await database.write('drafts', '!salon', DRAFT);
  await database.clear();
  expect(await everything()).toBe('');
  expect(await open(() => session).read('drafts', '!salon')).toBeNull();
});

test('two accounts have databases of their own: one that is cleared leaves the other’s draft', async () => {
  const [one, other] = [key(), key()];
  const stores = '11111111-2222-4333-8444-555555555555';
  const [hers, his] = [open(() => one), open(() => other, stores)];
  await hers.write('drafts', '!salon', DRAFT);
  await his.write('drafts', '!salon', 'autre chose');
  await his.clear();
  await hers.tidy(async () => [{ user: '@n:m.example', stores: '', passing: null }]);
  expect(await open(() => one).read('drafts', '!salon')).toBe(DRAFT);
  expect(await open(() => other, stores).read('drafts', '!salon')).toBeNull();
});

test('drafts of before a key was lost come back with it, before what was begun since', async () => {
  const [earlier, present] = [key(), key()];
  await open(() => earlier).write('drafts', '!one', DRAFT);
  await open(() => earlier).write('drafts', '!other', 'ancien');
  await open(() => present).write('drafts', '!one', 'depuis');
  expect(await open(() => present).read('drafts', '!other')).toBeNull();
  const again = open(() => present, '', indexedDB, [key(), earlier]);
  expect(await again.read('drafts', '!other')).toBe('ancien');
  expect(await again.read('drafts', '!one')).toBe(`${DRAFT}\ndepuis`);
  await again.write('drafts', '!other', null);
  const once = open(() => present, '', indexedDB, [earlier]);
  expect(await once.readAll('drafts')).toEqual([`${DRAFT}\ndepuis`]);
});

test('what is nobody’s is deleted, and nothing while it is not known whose it is', async () => {
  const session = key();
  const stores = '11111111-2222-4333-8444-555555555555';
  await open(() => session, stores).write('drafts', '!salon', DRAFT);
  const page = open(() => null);
  await page.tidy(async () => null);
  expect((await indexedDB.databases()).length).toBe(1);
  await page.tidy(async () => []);
  expect(await indexedDB.databases()).toEqual([]);
});
