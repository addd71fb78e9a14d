import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { unknownRoom } from '../rooms/room.ts';
import { ChatCache } from './chat-cache.ts';
import { deleteDatabases, Vault } from './vault.ts';

const key = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

test('what was written comes back with the same key, also from a new opening', async () => {
  const secret = key();
  const first = await Vault.open(indexedDB, 'v1', secret);
  await first.write([
    { category: 'rooms', name: '!a', value: { text: 'bonjour' } },
    { category: 'rooms', name: '!b', value: [1, null, 'é'] },
    { category: 'other', name: '!a', value: 7 },
  ]);
  first.close();
  const second = await Vault.open(indexedDB, 'v1', secret);
  expect(await second.get('rooms', '!a')).toEqual({ text: 'bonjour' });
  expect(Object.fromEntries(await second.all('rooms'))).toEqual({
    '!a': { text: 'bonjour' },
    '!b': [1, null, 'é'],
  });
  await second.write([{ category: 'rooms', name: '!a', value: null }]);
  expect(await second.get('rooms', '!a')).toBeNull();
  second.close();
});

test('another key reads nothing, and nothing stands in the database in clear', async () => {
  const vault = await Vault.open(indexedDB, 'v2', key());
  await vault.write([{ category: 'rooms', name: '!secret-room', value: 'confidential text' }]);
  vault.close();
  const stranger = await Vault.open(indexedDB, 'v2', key());
  expect(await stranger.get('rooms', '!secret-room')).toBeNull();
  expect((await stranger.all('rooms')).size).toBe(0);
  stranger.close();
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('v2');
    request.addEventListener('success', () => resolve(request.result));
  });
  const store = db.transaction('sealed').objectStore('sealed');
  const dump = await new Promise<string>((resolve) => {
    const all = store.getAll();
    const names = store.getAllKeys();
    names.addEventListener('success', () => {
      const bytes = all.result.map((record: { data: ArrayBuffer }) =>
        Buffer.from(record.data).toString('latin1'),
      );
      resolve(JSON.stringify(names.result) + bytes.join(''));
    });
  });
  expect(dump).not.toContain('secret');
  expect(dump).not.toContain('confidential');
  db.close();
});

test('messages that wait under an earlier key come back with it, and none goes by itself', async () => {
  const [earlier, present] = [key(), key()];
  const unsent = {
    key: 'k',
    roomId: '!r',
    type: 'm.room.message',
    content: { body: 'a' },
    at: 1,
    failed: null,
  };
  const before = new ChatCache(await Vault.open(indexedDB, 'heirs', earlier));
  await before.saveUnsent(unsent);
  await before.saveUnsent({ ...unsent, key: 'wordless', type: 'm.reaction' });
  before.close();
  const after = new ChatCache(await Vault.open(indexedDB, 'heirs', present));
  await after.saveUnsent({ ...unsent, key: 'new', at: 2 });
  expect((await after.unsent()).map((one) => one.key)).toEqual(['new']);
  await after.takeOver(key());
  await after.takeOver(earlier);
  await after.takeOver(earlier);
  expect(await after.unsent()).toEqual([
    { ...unsent, failed: 'unknown' },
    { ...unsent, key: 'new', at: 2 },
  ]);
  after.close();
  const nothingLeft = await Vault.open(indexedDB, 'heirs', earlier);
  expect((await nothingLeft.all('outbox')).size).toBe(0);
  nothingLeft.close();
});

test('databases are deleted by the beginning of their names', async () => {
  for (const name of ['traboule:@a:x:cache', 'traboule:@a:x:D', 'traboule:@ab:x:cache']) {
    (await Vault.open(indexedDB, name, key())).close();
  }
  await deleteDatabases(indexedDB, (name) => name.startsWith('traboule:@a:x:'));
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).toContain('traboule:@ab:x:cache');
  expect(names.filter((name) => name?.startsWith('traboule:@a:x'))).toEqual([]);
});

test('what asks for it is on the disk before the writing ends', async () => {
  const asked: (string | undefined)[] = [];
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const vault = await Vault.open(indexedDB, 'durable', key());
  const cache = new ChatCache(vault);
  const unsent = { key: 'k', roomId: '!r', type: 'm.room.message', content: {}, at: 1, failed: null };
  await cache.saveUnsent(unsent);
  await cache.saveTimeline('!r', { savedAt: 1, events: [] });
  for (const [, mode, options] of transaction.mock.calls)
    if (mode === 'readwrite') asked.push(options?.durability);
  expect(asked).toEqual(['strict', 'relaxed']);
  expect(await cache.unsent()).toEqual([unsent]);
  vault.close();
});

test('rooms and unsent messages of an older version are taken up, what is neither is left out', async () => {
  const vault = await Vault.open(indexedDB, 'older', key());
  const cache = new ChatCache(vault);
  await vault.write([
    { category: 'rooms1', name: '1', value: [{ id: '!old:x', name: 'Ancien' }, 7, null] },
    { category: 'rooms1', name: '2', value: [{ id: '!old:x', name: 'Ancien' }] },
    { category: 'rooms0', name: '3', value: [{ id: '!older:x' }] },
    { category: 'account1', name: 'account', value: 'nonsense' },
    {
      category: 'outbox',
      name: 'k',
      value: { key: 'k', roomId: '!old:x', type: 'm.room.message', content: {}, at: 1 },
    },
    { category: 'outbox', name: 'l', value: { key: 'l' } },
  ]);
  const { account, rooms } = await cache.load();
  expect(account).toBeNull();
  expect(rooms).toEqual([{ ...unknownRoom('!old:x'), name: 'Ancien' }]);
  expect((await cache.unsent()).map((message) => message.key)).toEqual(['k']);
  vault.close();
});

test('conversations that nobody opened for too long leave this PC, and all but the last twenty', async () => {
  const vault = await Vault.open(indexedDB, 'pruned', key());
  const cache = new ChatCache(vault);
  for (let at = 1; at <= 25; at += 1) await cache.saveTimeline(`!r${at}`, { savedAt: at, events: [] });
  const unsent = { key: 'k', roomId: '!r1', type: 'm.room.message', content: {}, at: 1, failed: null };
  await cache.saveUnsent(unsent);
  const kept = async (): Promise<number[]> => {
    const all = await Promise.all(Array.from({ length: 25 }, (_, index) => cache.timeline(`!r${index + 1}`)));
    return all.flatMap((timeline) => (timeline === null ? [] : [timeline.savedAt]));
  };
  await cache.pruneTimelines(null);
  expect(await kept()).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
  await cache.pruneTimelines(24);
  expect(await kept()).toEqual([24, 25]);
  expect(await cache.unsent()).toEqual([unsent]);
  vault.close();
});

test('a conversation that only others write in is not kept for that', async () => {
  const vault = await Vault.open(indexedDB, 'opened', key());
  const cache = new ChatCache(vault);
  await cache.saveTimeline('!old', { savedAt: 9, openedAt: 1, events: [] });
  await cache.saveTimeline('!new', { savedAt: 2, openedAt: 8, events: [] });
  await cache.saveTimeline('!older version', { savedAt: 7, events: [] });
  await cache.pruneTimelines(5);
  const kept = await Promise.all(['!old', '!new', '!older version'].map((roomId) => cache.timeline(roomId)));
  expect(kept.map((timeline) => timeline !== null)).toEqual([false, true, true]);
  vault.close();
});
