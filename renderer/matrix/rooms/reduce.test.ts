import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadableEvent } from '../events/event.ts';
import { delta, event, other, text } from '../testing/events.ts';
import { type Reading, reduceDecrypted, reduceHistory, reduceRoom, withReceipt } from './reduce.ts';
import type { Room } from './room.ts';

const ME = '@me:x';
const reading: Reading = {
  ownId: ME,
  now: 5000,
  decide: ({ clear }) => ({ notify: true, highlight: JSON.stringify(clear ?? {}).includes('hello me') }),
};

const first = (timeline: readonly ReadableEvent[], parts = {}): Room => {
  const room = reduceRoom(
    null,
    delta({ initial: true, timeline: timeline.map((one) => one.event), olderToken: 't0', ...parts }),
    timeline,
    reading,
  );
  if (room === null) throw new Error('no room');
  return room;
};

const live = (room: Room, timeline: readonly ReadableEvent[], parts = {}): Room => {
  const events = timeline.map((one) => one.event);
  const next = reduceRoom(
    room,
    delta({ timeline: events, live: events.length, ...parts }),
    timeline,
    reading,
  );
  if (next === null) throw new Error('no room');
  return next;
};

const receipt = (eventId: string, ts: number) => ({
  receipts: { [eventId]: { 'm.read': { [ME]: { ts } } } },
});
const unreadOf = (room: Room): readonly string[] => room.unread.events.map((one) => one.eventId);

describe('what is unread', () => {
  test('messages after the receipt of a first answer, whatever its clock says', () => {
    const room = first([text('a', 1), text('b', 2), text('c', 3)], receipt('a', 9000));
    expect(unreadOf(room)).toEqual(['b', 'c']);
    expect(room.counted).toBe(true);
  });

  test('all of a first answer when the receipt is older than it, and the count is open', () => {
    const room = first([text('b', 2), text('c', 3)], receipt('a', 9000));
    expect(unreadOf(room)).toEqual(['b', 'c']);
    expect(room.counted).toBe(false);
    const counted = reduceHistory(room, [text('z', 0), text('a', 1), text('a2', 1.5)], reading, false);
    expect(unreadOf(counted)).toEqual(['a2', 'b', 'c']);
    expect(counted.counted).toBe(true);
  });

  test('nothing before one’s own message or joining', () => {
    const joined = other('j', 'm.room.member', { membership: 'join' }, { stateKey: ME, sender: ME, at: 2 });
    expect(unreadOf(first([text('a', 1), joined, text('b', 3)]))).toEqual(['b']);
    expect(unreadOf(live(first([text('a', 1)]), [text('mine', 4, ME)]))).toEqual([]);
  });

  test('a receipt of another device clears up to its event', () => {
    const room = live(first([text('a', 1)], receipt('a', 1)), [text('b', 2), text('c', 3)]);
    expect(unreadOf(live(room, [], receipt('b', 2)))).toEqual(['c']);
    expect(unreadOf(live(room, [], receipt('c', 3)))).toEqual([]);
    expect(unreadOf(withReceipt(room, 'c', 10))).toEqual([]);
  });

  test('what comes before a receipt that stands on a deletion is read', () => {
    const gone = other('x', 'm.room.redaction', {}, { redacts: 'a', at: 2 });
    const room = first([text('c', 3)], receipt('x', 9000));
    const counted = reduceHistory(room, [text('a', 1), text('b', 1.5), gone], reading, false);
    expect(unreadOf(counted)).toEqual(['c']);
    expect(counted.counted).toBe(true);
  });

  test('messages found in a gap stand in their order: a receipt in the middle clears what is before it', () => {
    const before = live(first([text('r', 0)], receipt('r', 0)), [text('a', 1)]);
    const room = live(before, [text('d', 4)], { gap: true, olderToken: 't1' });
    const counted = reduceHistory(room, [text('a', 1), text('b', 2), text('c', 3)], reading, true);
    expect(unreadOf(counted)).toEqual(['a', 'b', 'c', 'd']);
    expect(unreadOf(live(counted, [], receipt('b', 5)))).toEqual(['c', 'd']);
  });

  test('reactions, edits and deleted messages do not count', () => {
    const reaction = other('r', 'm.reaction', {
      'm.relates_to': { rel_type: 'm.annotation', event_id: 'a', key: 'x' },
    });
    const edit = other('e', 'm.room.message', {
      msgtype: 'm.text',
      body: '* b2',
      'm.new_content': { msgtype: 'm.text', body: 'b2' },
      'm.relates_to': { rel_type: 'm.replace', event_id: 'b' },
    });
    const room = live(first([text('a', 1)], receipt('a', 1)), [reaction, text('b', 2), edit]);
    expect(unreadOf(room)).toEqual(['b']);
    expect(room.recent.at(-1)?.line).toEqual({ kind: 'text', text: 'b2' });
    const gone = other('x', 'm.room.redaction', {}, { redacts: 'b' });
    const after = live(room, [gone]);
    expect(unreadOf(after)).toEqual([]);
    expect(after.recent.at(-1)?.eventId).toBe('a');
  });

  test('a mention is found when the key comes later', () => {
    const sealed = event({ id: 's', type: 'm.room.encrypted', content: {}, at: 2 });
    const hidden: ReadableEvent = { event: sealed, clear: null, unreadable: 'waiting-for-key' };
    const room = live(first([text('a', 1)], receipt('a', 1)), [hidden]);
    expect(room.unread.events).toEqual([{ eventId: 's', at: 2, mention: false }]);
    expect(room.recent.at(-1)?.line.kind).toBe('unreadable');
    const clear = { type: 'm.room.message', content: { msgtype: 'm.text', body: 'hello me' } };
    const read = reduceDecrypted(room, { event: sealed, clear, unreadable: null }, reading);
    expect(read.unread.events).toEqual([{ eventId: 's', at: 2, mention: true }]);
    expect(read.recent.at(-1)?.line).toEqual({ kind: 'text', text: 'hello me' });
  });
});

describe('who is in a call', () => {
  const there = (sender: string, stateKey: string, expires: number) =>
    other(
      `$${stateKey}`,
      'fr.traboule.call.member',
      { widgetId: 'w', device: 'D', since: 1, expires },
      { sender, stateKey, at: 1000 },
    );

  test('is believed for as long as a renewal lasts by the server’s clock, whatever the sender’s says', () => {
    const room = live(first([]), [there('@bo:x', '@bo:x', 9e15), there('@cy:x', '@cy:x', 7)]);
    expect(room.callMembers['@bo:x']?.expires).toBe(1000 + 15 * 60_000);
    expect(room.callMembers['@cy:x']?.expires).toBe(1000 + 15 * 60_000);
  });

  test('nobody says it for another', () => {
    expect(live(first([]), [there('@bo:x', 'Ada Roux', 9000)]).callMembers).toEqual({});
  });
});

test('a room leaves the list when this person does, and an invitation shows who invites', () => {
  const gone = other('l', 'm.room.member', { membership: 'leave' }, { stateKey: ME, sender: ME });
  expect(
    reduceRoom(first([text('a', 1)]), delta({ timeline: [gone.event], live: 1 }), [gone], reading),
  ).toBeNull();
  const invited = reduceRoom(
    null,
    delta({
      initial: true,
      membership: 'invite',
      stripped: [
        { type: 'm.room.name', stateKey: '', sender: null, content: { name: 'Ici' } },
        { type: 'm.room.member', stateKey: ME, sender: '@bo:x', content: { membership: 'invite' } },
      ],
    }),
    [],
    reading,
  );
  expect(invited).toMatchObject({ name: 'Ici', membership: 'invite', inviter: '@bo:x', lastAt: 5000 });
});

test('someone who types or reads elsewhere leaves the room the same object', () => {
  const room = first([text('a', 1)]);
  const others = { receipts: { a: { 'm.read': { '@bo:x': { ts: 2 } } } }, typing: ['@bo:x'] };
  expect(live(room, [], others)).toBe(room);
});

test('encryption can’t be taken away by a later answer', () => {
  const on = other('e', 'm.room.encryption', { algorithm: 'm.megolm.v1.aes-sha2' }, { stateKey: '' });
  const room = live(first([on]), []);
  const off = other('o', 'm.room.encryption', {}, { stateKey: '' });
  expect(live(room, [off]).encryption).toEqual({ algorithm: 'm.megolm.v1.aes-sha2' });
  const anew = reduceRoom(room, delta({ initial: true }), [], reading);
  expect(anew?.encryption).toEqual({ algorithm: 'm.megolm.v1.aes-sha2' });
});

const messages = fc
  .array(fc.record({ sender: fc.constantFrom(ME, '@bo:x', '@cy:x'), body: fc.string() }), { maxLength: 30 })
  .map((list) => list.map(({ sender, body }, index) => text(`$${index}`, index, sender, body)));

test('an answer that comes twice changes nothing the second time', () => {
  fc.assert(
    fc.property(messages, fc.nat(30), (timeline, cut) => {
      const room = first(timeline.slice(0, cut));
      const rest = timeline.slice(cut);
      const once = live(room, rest);
      expect(live(once, rest)).toEqual(once);
    }),
  );
});

test('however the answers are cut, the same is unread and the same line is last', () => {
  fc.assert(
    fc.property(messages, fc.array(fc.nat(30)), (timeline, cuts) => {
      const ends = [
        ...new Set([0, ...cuts.map((cut) => Math.min(cut, timeline.length)), timeline.length]),
      ].toSorted((a, b) => a - b);
      const whole = live(first([]), timeline);
      const parts = ends
        .slice(1)
        .reduce((room, end, index) => live(room, timeline.slice(ends[index], end)), first([]));
      expect(parts.unread).toEqual(whole.unread);
      expect(parts.recent).toEqual(whole.recent);
    }),
  );
});

test('unread messages are those of others after one’s own last', () => {
  fc.assert(
    fc.property(messages, (timeline) => {
      const lastOwn = timeline.findLastIndex((one) => one.event.sender === ME);
      const expected = timeline.slice(lastOwn + 1).map((one) => one.event.id);
      expect(unreadOf(live(first([]), timeline))).toEqual(expected);
    }),
  );
});
