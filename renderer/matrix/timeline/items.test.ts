import { describe, expect, test } from 'vitest';
import type { ReadableEvent } from '../events/event.ts';
import type { Echo } from '../outbox/outbox.ts';
import { event, other, text } from '../testing/events.ts';
import { buildItems, type ItemContext } from './items.ts';
import { echoEvent } from './timeline.ts';

const context: ItemContext = {
  ownId: '@me:x',
  encrypted: false,
  person: (userId) => ({ userId, name: userId, partnerOf: null, avatar: null }),
  media: { add: () => undefined },
  echoes: [],
  keys: new Map(),
};
const build = (events: readonly ReadableEvent[], more: Partial<ItemContext> = {}) =>
  buildItems(events, { ...context, ...more });

const reaction = (id: string, target: string, key: string, sender: string): ReadableEvent =>
  other(
    id,
    'm.reaction',
    { 'm.relates_to': { rel_type: 'm.annotation', event_id: target, key } },
    { sender },
  );
const edit = (id: string, target: string, body: string, sender = '@bo:x'): ReadableEvent =>
  other(
    id,
    'm.room.message',
    {
      msgtype: 'm.text',
      body: `* ${body}`,
      'm.new_content': { msgtype: 'm.text', body },
      'm.relates_to': { rel_type: 'm.replace', event_id: target },
    },
    { sender },
  );
const redaction = (id: string, redacts: string): ReadableEvent =>
  other(id, 'm.room.redaction', {}, { redacts });
const echo = (key: string, content: Echo['content'], type = 'm.room.message'): Echo => ({
  key,
  roomId: '!r',
  type,
  content,
  at: 9,
  failed: null,
  sending: { state: 'sending' },
});

const SEALED = { type: 'm.room.encrypted', content: {} };
const sealed = (id: string, body: string, sender = '@bo:x'): ReadableEvent => ({
  ...text(id, 1, sender, body),
  event: event({ id, sender, ...SEALED }),
});

describe('a salon that is encrypted', () => {
  test('says of a message whose key its sender kept back that it will not be readable', () => {
    const kept: ReadableEvent = { ...sealed('a', ''), clear: null, unreadable: 'withheld' };
    expect(build([kept])).toMatchObject([{ content: { kind: 'unreadable', reason: 'withheld' } }]);
  });

  test('marks what was written in clear, and nothing else', () => {
    const created = other('c', 'm.room.create', { creator: '@bo:x' }, { stateKey: '' });
    const own = echo('t1', { msgtype: 'm.text', body: 'leaving' });
    const events = [created, text('a', 1), sealed('b', 'hidden')];
    const marks = (encrypted: boolean) =>
      build(events, { encrypted, echoes: [own] }).map(({ inClear }) => inClear);
    expect(marks(true)).toEqual([false, true, false, false]);
    expect(marks(false)).toEqual([false, false, false, false]);
  });

  test('does not mark what this device sent and only the server’s answer told of', () => {
    const sent = echoEvent({ ...echo('t1', { msgtype: 'm.text', body: 'sent' }), eventId: 'a' }, '@me:x');
    expect(build([sent], { encrypted: true })).toMatchObject([{ eventId: 'a', inClear: false }]);
    const claimed = text('b', 1);
    const forged = { ...claimed, event: { ...claimed.event, txnId: 't2' } };
    expect(build([forged], { encrypted: true })).toMatchObject([{ inClear: true }]);
  });

  test('shows one’s own edit on its way, and once the server took it', () => {
    const whole = sealed('a', 'before', '@me:x');
    const change = echo('t1', edit('e', 'a', 'after').event.content);
    const expected = [{ edited: true, content: { text: 'after' } }];
    expect(build([whole], { encrypted: true, echoes: [change] })).toMatchObject(expected);
    const taken = echoEvent({ ...change, eventId: 'e' }, '@me:x');
    expect(build([whole, taken], { encrypted: true })).toMatchObject(expected);
  });
});

describe('what refers to an event is folded into it', () => {
  test('the newest edit of its own sender', () => {
    const [item, ...rest] = build([
      text('a', 1),
      edit('e1', 'a', 'deux'),
      edit('e2', 'a', 'trois'),
      edit('e3', 'a', 'faux', '@cy:x'),
    ]);
    expect(rest).toEqual([]);
    expect(item).toMatchObject({ edited: true, content: { text: 'trois' } });
  });

  test('an edit the server bundled with a page of history', () => {
    const bundled = edit('e', 'a', 'après').event;
    const whole = { ...text('a', 1), event: { ...text('a', 1).event, bundledEdit: bundled } };
    expect(build([whole])[0]).toMatchObject({ edited: true, content: { text: 'après' } });
  });

  test('no plain edit changes an encrypted message, whoever it says wrote it', () => {
    const whole = sealed('a', 'secret');
    const forged = edit('e', 'a', 'forged');
    const bundled = { ...whole, event: { ...whole.event, bundledEdit: forged.event } };
    expect(build([whole, forged])[0]).toMatchObject({ edited: false, content: { text: 'secret' } });
    expect(build([bundled])[0]).toMatchObject({ edited: false, content: { text: 'secret' } });
    const honest = { ...edit('f', 'a', 'better'), event: { ...forged.event, id: 'f', ...SEALED } };
    expect(build([whole, honest, forged])[0]).toMatchObject({ edited: true, content: { text: 'better' } });
  });

  test('reactions, each person once, without those taken back', () => {
    const events = [
      text('a', 1),
      reaction('r1', 'a', '👍', '@me:x'),
      reaction('r2', 'a', '👍', '@bo:x'),
      reaction('r3', 'a', '👍', '@bo:x'),
      reaction('r4', 'a', '🎉', '@bo:x'),
      redaction('x', 'r4'),
    ];
    expect(build(events)[0]?.reactions).toEqual([{ key: '👍', count: 2, mine: true }]);
  });

  test('a deletion, which leaves nothing of the text', () => {
    const items = build([text('a', 1, '@bo:x', 'secret'), edit('e', 'a', 'secret 2'), redaction('x', 'a')]);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ content: { kind: 'deleted' }, edited: false });
    expect(JSON.stringify(items)).not.toContain('secret');
  });
});

describe('messages on their way', () => {
  test('stand last and make room for the event with the same key', () => {
    const sending = echo('k1', { msgtype: 'm.text', body: 'salut' });
    const before = build([text('a', 1)], { echoes: [sending] });
    expect(before.at(-1)).toMatchObject({
      key: 'k1',
      eventId: null,
      mine: true,
      sending: { state: 'sending' },
    });
    const arrived = {
      ...text('$9', 2, '@me:x', 'salut'),
      event: event({ id: '$9', txnId: 'k1', sender: '@me:x', content: { msgtype: 'm.text', body: 'salut' } }),
    };
    const after = build([text('a', 1), arrived], { echoes: [sending], keys: new Map([['$9', 'k1']]) });
    expect(after.map((item) => [item.key, item.eventId])).toEqual([
      ['a', 'a'],
      ['k1', '$9'],
    ]);
    expect(after[1]?.sending).toEqual({ state: 'sent' });
  });

  test('an edit, a reaction and a deletion show before the server has them', () => {
    const relates = { rel_type: 'm.annotation', event_id: 'a', key: '👍' };
    const reacted = build([text('a', 1)], { echoes: [echo('k', { 'm.relates_to': relates }, 'm.reaction')] });
    expect(reacted[0]?.reactions).toEqual([{ key: '👍', count: 1, mine: true }]);
    const deleted = build([text('a', 1, '@me:x')], {
      echoes: [echo('k', { redacts: 'a' }, 'm.room.redaction')],
    });
    expect(deleted).toMatchObject([{ content: { kind: 'deleted' } }]);
  });

  test('an edit that the server refuses is shown as what did not go, with the words', () => {
    const content = {
      msgtype: 'm.text',
      body: '* à 10h',
      'm.new_content': { msgtype: 'm.text', body: 'à 10h' },
      'm.relates_to': { rel_type: 'm.replace', event_id: 'a' },
    };
    const failed: Echo = {
      ...echo('k', content),
      failed: 'too-large',
      sending: { state: 'failed', reason: 'too-large' },
    };
    expect(build([text('a', 1, '@me:x', 'à 9h')], { echoes: [failed] })).toMatchObject([
      { eventId: 'a', content: { text: 'à 10h' }, sending: { state: 'failed', reason: 'too-large' } },
    ]);
  });
});

test('a call that rings is told once', () => {
  const widget = { type: 'jitsi', url: 'https://m/', data: { domain: 'm', conferenceId: 'c' } };
  const ring = { msgtype: 'm.text', body: 'x', 'fr.traboule.ring': { widgetId: 'w', conferenceId: 'c' } };
  const made = other('w1', 'im.vector.modular.widgets', widget, { stateKey: 'w', at: 1 });
  expect(build([made])).toHaveLength(1);
  const items = build([made, other('r1', 'm.room.message', ring, { at: 2 })]);
  expect(items.map((item) => item.key)).toEqual(['r1']);
});
