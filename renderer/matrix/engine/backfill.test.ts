import { expect, test, vi } from 'vitest';
import { asReadable, type ReadableEvent, type RoomEvent } from '../events/event.ts';
import { ChatError } from '../http/chat-error.ts';
import { People } from '../rooms/people.ts';
import { type Reading, reduceDecrypted } from '../rooms/reduce.ts';
import { type Room, unknownRoom } from '../rooms/room.ts';
import { SalonList } from '../rooms/salon-list.ts';
import { event } from '../testing/events.ts';
import { Backfill } from './backfill.ts';

const reading: Reading = { ownId: '@me:x', now: 0, decide: () => ({ notify: true, highlight: false }) };
const room = (parts: Partial<Room>): Room => ({ ...unknownRoom('!r'), olderToken: '300', ...parts });
const unread = (id: string) => ({ eventId: id, at: 300, mention: false });

/** A room of 300 messages behind its newest; a token is the number of the message before which a page ends. */
function bench(start: Room, read: (one: RoomEvent) => ReadableEvent = asReadable) {
  const list = new SalonList({
    ownId: '@me:x',
    people: new People(),
    partners: { agentServers: [], partnerUserNames: [] },
    now: () => 0,
    post: () => undefined,
  });
  list.set('!r', start);
  list.stop();
  const asked: (string | null)[] = [];
  const troubles: unknown[] = [];
  const self = { failure: null as Error | null };
  const backfill = new Backfill({
    list,
    api: {
      messages: (_roomId, from, limit) => {
        asked.push(from);
        if (self.failure !== null) return Promise.reject(self.failure);
        const to = from === null ? 301 : Number(from);
        const begin = Math.max(0, to - limit);
        const events = Array.from({ length: to - begin }, (_, index) =>
          event({ id: `$${begin + index}`, at: begin + index }),
        );
        return Promise.resolve({ events, older: begin === 0 ? null : String(begin) });
      },
    },
    machine: () =>
      Promise.resolve({
        readAll: (_roomId: string, events: readonly RoomEvent[]) => Promise.resolve(events.map(read)),
      }),
    reading: () => reading,
    decrypted: (roomId, readable) => {
      const known = list.get(roomId);
      if (known) list.set(roomId, reduceDecrypted(known, readable, reading));
    },
    trouble: (error) => troubles.push(error),
  });
  const look = async (): Promise<void> => {
    const before = asked.length;
    backfill.consider(['!r']);
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { list, backfill, asked, troubles, self, look, count: () => list.get('!r')?.unread.events.length };
}

test('goes back as far as the receipt stands, not a page', async () => {
  const { look, asked, count } = bench(
    room({ unread: { events: [unread('$300')], readId: '$240', readAt: 1 }, recent: [] }),
  );
  await look();
  expect(asked).toEqual(['300', '270']);
  expect(count()).toBe(60);
});

test('ends where the count says enough, and does not begin anew with each message', async () => {
  const { look, asked, count, backfill } = bench(
    room({ unread: { events: [unread('$300')], readId: null, readAt: 0 } }),
  );
  await look();
  expect(count()).toBe(100);
  const requests = asked.length;
  expect(requests).toBeLessThanOrEqual(5);
  backfill.consider(['!r']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toHaveLength(requests);
});

test('what a missing line ended goes on when it is back; a refusal is told and ends it', async () => {
  const bad = bench(room({ unread: { events: [unread('$300')], readId: '$280', readAt: 1 } }));
  bad.self.failure = new ChatError('offline', 'no answer');
  await bad.look();
  expect(bad.count()).toBe(1);
  bad.self.failure = null;
  bad.backfill.resume();
  await vi.waitFor(() => expect(bad.count()).toBe(20));
  expect(bad.troubles).toEqual([]);

  const refused = bench(room({ unread: { events: [unread('$300')], readId: '$280', readAt: 1 } }));
  refused.self.failure = new ChatError('refused', 'HTTP 403');
  await refused.look();
  expect(refused.troubles).toHaveLength(1);
  refused.backfill.resume();
  expect(refused.asked).toHaveLength(1);
});

test('lines that an earlier run could not read are tried once, and again when keys came', async () => {
  const line = { eventId: '$300', at: 300, sender: '@bo:x', line: { kind: 'unreadable' } } as const;
  let hasKey = false;
  const sealed = (one: RoomEvent): ReadableEvent => ({
    event: { ...one, type: 'm.room.encrypted' },
    clear: hasKey ? { type: 'm.room.message', content: one.content } : null,
    unreadable: hasKey ? null : 'waiting-for-key',
  });
  const { list, look, asked, backfill } = bench(room({ recent: [line], counted: true }), sealed);
  await look();
  expect(asked).toEqual([null]);
  backfill.consider(['!r']);
  expect(asked).toEqual([null]);
  hasKey = true;
  backfill.readAgain();
  await vi.waitFor(() => expect(list.get('!r')?.recent[0]?.line).toEqual({ kind: 'text', text: '$300' }));
});
