import { describe, expect, test } from 'vitest';
import { evaluate, type PushCandidate, type PushContext, parsePushRules } from './push-rules.ts';

const context: PushContext = {
  ownId: '@me:x',
  ownName: 'Inès N. (DSI)',
  memberCount: 5,
  mayNotifyRoom: false,
};
const NOTIFY = ['notify'];
const LOUD = ['notify', { set_tweak: 'highlight' }];
const rules = parsePushRules({
  global: {
    override: [
      { rule_id: '.m.rule.master', enabled: false, conditions: [], actions: [] },
      {
        rule_id: '.m.rule.suppress_notices',
        enabled: true,
        conditions: [{ kind: 'event_match', key: 'content.msgtype', pattern: 'm.notice' }],
        actions: [],
      },
      {
        rule_id: '.m.rule.is_user_mention',
        enabled: true,
        conditions: [
          { kind: 'event_property_contains', key: String.raw`content.m\.mentions.user_ids`, value: '@me:x' },
        ],
        actions: LOUD,
      },
      {
        rule_id: '.m.rule.is_room_mention',
        enabled: true,
        conditions: [
          { kind: 'event_property_is', key: String.raw`content.m\.mentions.room`, value: true },
          { kind: 'sender_notification_permission', key: 'room' },
        ],
        actions: LOUD,
      },
      {
        rule_id: '.m.rule.contains_display_name',
        enabled: true,
        conditions: [{ kind: 'contains_display_name' }],
        actions: LOUD,
      },
      { rule_id: 'odd', enabled: true, conditions: [{ kind: 'of_the_future' }], actions: LOUD },
      'not a rule',
    ],
    content: [{ rule_id: 'word', enabled: true, pattern: 'façade', actions: LOUD }],
    room: [{ rule_id: '!silent', enabled: true, actions: [] }],
    sender: [],
    underride: [
      {
        rule_id: '.m.rule.room_one_to_one',
        enabled: true,
        conditions: [
          { kind: 'room_member_count', is: '2' },
          { kind: 'event_match', key: 'type', pattern: 'm.room.message' },
        ],
        actions: NOTIFY,
      },
      {
        rule_id: '.m.rule.message',
        enabled: true,
        conditions: [{ kind: 'event_match', key: 'type', pattern: 'm.room.message' }],
        actions: NOTIFY,
      },
    ],
  },
});

const message = (content: object, parts: Partial<PushCandidate> = {}): PushCandidate => ({
  roomId: '!r',
  sender: '@bo:x',
  type: 'm.room.message',
  stateKey: null,
  content: { msgtype: 'm.text', body: '', ...content },
  ...parts,
});

describe('the account’s rules', () => {
  test.each([
    ['an ordinary message', message({ body: 'bonjour' }), true, false],
    ['one’s own', message({ body: 'bonjour' }, { sender: '@me:x' }), false, false],
    ['a mention', message({ body: 'x', 'm.mentions': { user_ids: ['@me:x'] } }), true, true],
    ['a mention of another', message({ body: 'x', 'm.mentions': { user_ids: ['@cy:x'] } }), true, false],
    ['everyone, by one who may not', message({ 'm.mentions': { room: true } }), true, false],
    ['the name, as a word', message({ body: 'merci Inès N. (DSI) !' }), true, true],
    ['a word of one’s own', message({ body: 'la FAÇADE, enfin' }), true, true],
    ['a part of that word', message({ body: 'façadeur' }), true, false],
    ['a notice', message({ msgtype: 'm.notice', body: 'robot' }), false, false],
    ['a silenced salon', message({ body: 'x' }, { roomId: '!silent' }), false, false],
    ['a reaction', message({}, { type: 'm.reaction' }), false, false],
  ])('%s', (_what, candidate, notify, highlight) => {
    expect(evaluate(rules, candidate, context)).toEqual({ notify, highlight });
  });

  test('everyone, by one who may', () => {
    const candidate = message({ 'm.mentions': { room: true } });
    expect(evaluate(rules, candidate, { ...context, mayNotifyRoom: true }).highlight).toBe(true);
  });

  test('without rules every message of another counts', () => {
    expect(parsePushRules({ global: 7 })).toBeNull();
    expect(evaluate(null, message({ body: 'x' }), context)).toEqual({ notify: true, highlight: false });
  });
});
