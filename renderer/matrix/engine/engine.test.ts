import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ChatSession } from '../../../preload/contract/accounts.ts';
import { ChatCache } from '../cache/chat-cache.ts';
import { Vault } from '../cache/vault.ts';
import { CryptoMachine } from '../crypto/machine.ts';
import type { WorkerSnapshot } from '../protocol.ts';
import { unknownRoom } from '../rooms/room.ts';
import { createEngine } from './engine.ts';
import { storeNames } from './names.ts';

const session = (): ChatSession => ({
  serverUrl: 'http://chat.example',
  userId: `@me-${crypto.randomUUID()}:x`,
  deviceId: 'D',
  accessToken: 't',
  storageKey: randomBytes(32).toString('base64'),
  passing: null,
  earlier: [],
});

async function cacheOf(one: ChatSession): Promise<{ readonly cache: ChatCache; readonly vault: Vault }> {
  const key = new Uint8Array(Buffer.from(one.storageKey, 'base64'));
  const vault = await Vault.open(indexedDB, storeNames(one).cache, key);
  return { vault, cache: new ChatCache(vault) };
}

/** A server that answers each sync with one room, and nothing else. */
function scene() {
  const syncs: string[] = [];
  const posted: WorkerSnapshot[] = [];
  const engine = createEngine({
    fetch: (input) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (!url.pathname.endsWith('/sync')) return Promise.resolve(Response.json({}, { status: 502 }));
      syncs.push(url.search);
      const rooms = { '!r:x': { initial: true, timeline: [] } };
      return Promise.resolve(
        Response.json({ pos: 'p1', lists: { all: { count: 1 } }, rooms, extensions: {} }),
      );
    },
    indexedDb: indexedDB,
    now: () => Date.now(),
    post: (snapshot) => posted.push(structuredClone(snapshot)),
    onOnline: () => () => undefined,
    chance: () => 0,
    trouble: () => undefined,
  });
  return { engine, syncs, posted };
}

afterEach(() => vi.restoreAllMocks());

test('what encryption could not take in is asked for again, also by a later start: no key is lost', async () => {
  const open = vi.spyOn(CryptoMachine, 'open').mockRejectedValue(new Error('store broken'));
  const one = session();
  const { engine, syncs, posted } = scene();
  await engine.run('start', { session: one });
  await vi.waitFor(() =>
    expect(
      posted.some((snapshot) => snapshot.type === 'salons-patch' && snapshot.patch.connection === 'offline'),
    ).toBe(true),
  );
  await engine.run('stop', { wipe: false });
  expect(open).toHaveBeenCalled();
  expect(syncs).toEqual(['?timeout=0']);
  const { cache, vault } = await cacheOf(one);
  expect((await cache.load()).account?.position).toBeNull();
  vault.close();
});

describe('what this PC keeps', () => {
  test.each([
    [
      'is damaged',
      async (one: ChatSession) => {
        const db = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open(storeNames(one).cache);
          request.addEventListener('success', () => resolve(request.result));
        });
        const store = db.transaction('sealed', 'readwrite').objectStore('sealed');
        const keys = await new Promise<IDBValidKey[]>((resolve) => {
          const all = store.getAllKeys();
          all.addEventListener('success', () => resolve(all.result));
        });
        for (const key of keys) store.put({ iv: new Uint8Array(12), data: new ArrayBuffer(40) }, key);
        db.close();
        return one;
      },
    ],
    [
      'is of another key',
      (one: ChatSession) => Promise.resolve({ ...one, storageKey: randomBytes(32).toString('base64') }),
    ],
  ])('%s: the chat starts without it', async (_how, spoil) => {
    const one = session();
    const { cache, vault } = await cacheOf(one);
    const room = { ...unknownRoom('!kept:x'), name: 'Gardé' };
    await cache.save(
      {
        position: { kind: 'sliding', pos: 'p0', toDevice: null, width: 20 },
        total: 1,
        pushRules: null,
        people: [],
      },
      new Map([[room.id, room]]),
      new Set([room.id]),
    );
    vault.close();
    const { engine, syncs } = scene();
    await engine.run('start', { session: await spoil(one) });
    await vi.waitFor(() => expect(syncs[0]).toBe('?timeout=0'));
    await engine.run('stop', { wipe: true });
  });

  test('is shown before the server is asked, and the sync goes on from it', async () => {
    const one = session();
    const { cache, vault } = await cacheOf(one);
    const room = { ...unknownRoom('!kept:x'), name: 'Gardé' };
    await cache.save(
      {
        position: { kind: 'sliding', pos: 'p0', toDevice: null, width: 20 },
        total: 1,
        pushRules: null,
        people: [],
      },
      new Map([[room.id, room]]),
      new Set([room.id]),
    );
    vault.close();
    const { engine, syncs, posted } = scene();
    await engine.run('start', { session: one });
    expect(posted[0]).toMatchObject({
      type: 'salons-patch',
      patch: { connection: 'cached', changed: [{ id: '!kept:x', name: 'Gardé' }] },
    });
    await vi.waitFor(() => expect(syncs[0]).toBe('?timeout=0&pos=p0'));
    await engine.run('stop', { wipe: true });
  });
});
