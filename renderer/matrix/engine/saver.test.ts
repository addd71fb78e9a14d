import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { type AccountRecord, ChatCache } from '../cache/chat-cache.ts';
import { Vault } from '../cache/vault.ts';
import { People } from '../rooms/people.ts';
import { unknownRoom } from '../rooms/room.ts';
import { SalonList } from '../rooms/salon-list.ts';
import { Saver } from './saver.ts';

const record = (since: string): AccountRecord => ({
  position: { kind: 'classic', since },
  total: null,
  pushRules: null,
  people: [],
});

async function bench(name: string) {
  const vault = await Vault.open(indexedDB, name, new Uint8Array(randomBytes(32)));
  const cache = new ChatCache(vault);
  const list = new SalonList({
    ownId: '@me:x',
    people: new People(),
    partners: { agentServers: [], partnerUserNames: [] },
    now: () => 0,
    post: () => undefined,
  });
  let account = record('s1');
  const saver = new Saver({ list, cache, record: () => account, trouble: () => undefined });
  const full = new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  return {
    list,
    saver,
    cache,
    at: (since: string) => {
      account = record(since);
    },
    fillDisk: () => vi.spyOn(vault, 'write').mockRejectedValueOnce(full),
    close: () => {
      list.stop();
      vault.close();
    },
  };
}

test('what could not be stored is stored with the next position, which must not pass it', async () => {
  const { list, saver, cache, at, fillDisk, close } = await bench('saver-full');
  list.set('!a', { ...unknownRoom('!a'), name: 'Appris pendant que le disque était plein' });
  fillDisk();
  await expect(saver.save()).rejects.toMatchObject({ name: 'QuotaExceededError' });
  at('s2');
  list.set('!b', { ...unknownRoom('!b'), name: 'Appris ensuite' });
  await saver.save();
  const { account, rooms } = await cache.load();
  expect(account?.position).toEqual({ kind: 'classic', since: 's2' });
  expect(new Set(rooms.map((room) => room.name))).toEqual(
    new Set(['Appris ensuite', 'Appris pendant que le disque était plein']),
  );
  close();
});

test('a room that is left goes from the store too', async () => {
  const { list, saver, cache, close } = await bench('saver-left');
  list.set('!a', unknownRoom('!a'));
  await saver.save();
  list.set('!a', null);
  await saver.save();
  expect((await cache.load()).rooms).toEqual([]);
  close();
});
