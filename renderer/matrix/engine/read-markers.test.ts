import { expect, test } from 'vitest';
import { ChatError } from '../http/chat-error.ts';
import { People } from '../rooms/people.ts';
import { type Room, unknownRoom } from '../rooms/room.ts';
import { SalonList } from '../rooms/salon-list.ts';
import { ReadMarkers } from './read-markers.ts';

const unread = (id: string): Room => ({
  ...unknownRoom(id),
  newestId: `$${id}`,
  unread: { events: [{ eventId: `$${id}`, at: 1, mention: false }], readId: null, readAt: 0 },
});

function bench(answer: (roomId: string) => Error | null) {
  const list = new SalonList({
    ownId: '@me:x',
    people: new People(),
    partners: { agentServers: [], partnerUserNames: [] },
    now: () => 0,
    post: () => undefined,
  });
  for (const id of ['!a', '!b', '!c']) list.set(id, unread(id));
  list.stop();
  const told: string[] = [];
  const api = {
    readUpTo: (roomId: string, eventId: string) => {
      const failure = answer(roomId);
      if (failure !== null) return Promise.reject(failure);
      told.push(eventId);
      return Promise.resolve();
    },
  };
  return { list, told, markers: new ReadMarkers({ list, api, now: () => 5, changed: () => undefined }) };
}

const offline = new ChatError('offline', 'no answer');

test('what was read without a line is told by the next start', async () => {
  const before = bench(() => offline);
  await before.markers.mark('!a');
  expect(before.list.get('!a')?.unread.events).toEqual([]);
  expect(before.markers.due).toEqual([['!a', '$!a']]);
  const after = bench(() => null);
  after.markers.load(before.markers.due);
  await after.markers.resume();
  expect(after.told).toEqual(['$!a']);
  expect(after.markers.due).toEqual([]);
});

test('a salon that refuses does not keep the others from being told', async () => {
  const before = bench(() => offline);
  for (const id of ['!a', '!b', '!c']) await before.markers.mark(id);
  const after = bench((id) => (id === '!b' ? new ChatError('refused', 'HTTP 403') : null));
  after.markers.load(before.markers.due);
  await expect(after.markers.resume()).rejects.toMatchObject({ code: 'refused' });
  expect(after.told).toEqual(['$!a', '$!c']);
  expect(after.markers.due).toEqual([]);
});
