import { expect, test } from 'vitest';
import { asReadable } from '../events/event.ts';
import { People } from '../rooms/people.ts';
import { SalonList } from '../rooms/salon-list.ts';
import type { RoomDelta, SyncDelta } from '../sync/delta.ts';
import { delta, event } from '../testing/events.ts';
import { Pipeline } from './pipeline.ts';

const answer = (rooms: readonly RoomDelta[], whole: ReadonlySet<string> | null = null): SyncDelta => ({
  rooms,
  whole,
  accountData: [],
  crypto: {
    toDevice: [{ type: 'm.room.encrypted' }],
    deviceLists: { changed: [], left: [] },
    oneTimeKeys: {},
    fallbackKeys: null,
    sliding: true,
    forgotDevices: false,
  },
  total: null,
  complete: true,
  position: { kind: 'classic', since: 's' },
});
const said = (roomId: string, id: string): RoomDelta => ({
  ...delta({ initial: true, timeline: [event({ id })] }),
  roomId,
});

function bench(feed: (room: RoomDelta) => void = () => undefined) {
  const order: string[] = [];
  const troubles: unknown[] = [];
  const receiving = Promise.withResolvers<void>();
  const list = new SalonList({
    ownId: '@me:x',
    people: new People(),
    partners: { agentServers: [], partnerUserNames: [] },
    now: () => 0,
    post: () => undefined,
  });
  const machine = {
    receive: async () => {
      order.push('keys');
      await receiving.promise;
      order.push('keys are stored');
    },
    readAll: (_roomId: string, events: RoomDelta['timeline']) => {
      order.push('read');
      return Promise.resolve(events.map(asReadable));
    },
    memberChanged: () => undefined,
  };
  const pipeline = new Pipeline({
    ownId: '@me:x',
    list,
    people: new People(),
    conversations: { feed, peek: () => null, replace: () => undefined },
    machine: () => Promise.resolve(machine),
    machineNow: () => machine,
    now: () => 0,
    heard: () => undefined,
    changed: () => undefined,
    trouble: (error) => troubles.push(error),
  });
  return { troubles, order, receiving, list, pipeline };
}

test('the keys of an answer are stored before its messages are read, and before it counts as taken in', async () => {
  const { order, receiving, pipeline, list } = bench();
  const take = async (): Promise<void> => {
    await pipeline.apply(answer([said('!a', '$1')]));
    order.push('taken in');
  };
  const taking = take();
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['keys']);
  receiving.resolve();
  await taking;
  expect(order).toEqual(['keys', 'keys are stored', 'read', 'taken in']);
  list.stop();
});

test('an answer whose keys can’t be stored is not taken in', async () => {
  const { receiving, pipeline, list } = bench();
  receiving.reject(new Error('disk full'));
  await expect(pipeline.apply(answer([said('!a', '$1')]))).rejects.toThrow('disk full');
  expect(list.get('!a')).toBeNull();
  list.stop();
});

test('salons that a whole answer does not name are gone; others stay', async () => {
  const { receiving, pipeline, list } = bench();
  receiving.resolve();
  await pipeline.apply(answer([said('!a', '$1'), said('!b', '$2')]));
  await pipeline.apply(answer([]));
  expect([...list.rooms.keys()]).toEqual(['!a', '!b']);
  await pipeline.apply(answer([said('!b', '$2')], new Set(['!b'])));
  expect([...list.rooms.keys()]).toEqual(['!b']);
  list.stop();
});

test('a room whose news can’t be taken in is told of and keeps no other from its news', async () => {
  const { receiving, pipeline, list, troubles } = bench(({ roomId }) => {
    if (roomId === '!bad') throw new TypeError('mischief');
  });
  receiving.resolve();
  await pipeline.apply(answer([said('!bad', '$1'), said('!good', '$2')]));
  expect(list.get('!good')?.newestId).toBe('$2');
  expect(troubles).toHaveLength(1);
  list.stop();
});
