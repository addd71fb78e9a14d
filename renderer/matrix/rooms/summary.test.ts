import { describe, expect, test } from 'vitest';
import { People } from './people.ts';
import { type Room, unknownRoom } from './room.ts';
import { compareSalons, ongoingCall, roomName, summarise } from './summary.ts';

const people = new People();
people.set('@bo:x', { name: 'Bo', avatar: null });
const context = { ownId: '@me:x', people, partners: { agentServers: [], partnerUserNames: [] }, now: 1000 };
const room = (parts: Partial<Room>): Room => ({ ...unknownRoom('!r'), ...parts });

describe('the name of a salon', () => {
  test.each([
    ['its own', room({ name: 'Ici', alias: '#ici:x', heroes: [{ userId: '@bo:x', name: null }] }), 'Ici'],
    ['else its address', room({ alias: '#ici:x' }), '#ici:x'],
    [
      'else the others',
      room({
        heroes: [
          { userId: '@bo:x', name: null },
          { userId: '@me:x', name: null },
          { userId: '@cy:x', name: null },
        ],
      }),
      'Bo, cy',
    ],
    ['else who invites', room({ membership: 'invite', inviter: '@bo:x' }), 'Bo'],
    ['else none', room({}), ''],
  ])('%s', (_which, one, name) => {
    expect(roomName(one, context)).toBe(name);
  });
});

test('a call is over when everyone’s presence ran out', () => {
  const conference = { domain: 'm', conferenceId: 'c', audioOnly: false, auth: 'none' } as const;
  const member = (expires: number) => ({ widgetId: 'w', device: 'D', since: 5, expires });
  const calling = room({
    widgets: { w: conference },
    callMembers: { '@bo:x': member(2000), '@cy:x': member(900) },
  });
  expect(ongoingCall(calling, 1000)).toEqual({ conference, widgetId: 'w', people: ['@bo:x'], startedAt: 5 });
  expect(summarise(calling, context).call?.people).toEqual(['Bo']);
  expect(ongoingCall(calling, 2000)).toBeNull();
  expect(ongoingCall({ ...calling, widgets: {} }, 1000)).toBeNull();
});

test('pinned salons stand first, then the most recent', () => {
  const salons = [
    summarise(room({ id: '!old', lastAt: 1 }), context),
    summarise(room({ id: '!new', lastAt: 9 }), context),
    summarise(room({ id: '!pin', lastAt: 0, pinned: true }), context),
    summarise(room({ id: '!b', lastAt: 1 }), context),
  ];
  expect(salons.toSorted(compareSalons).map((salon) => salon.id)).toEqual(['!pin', '!new', '!b', '!old']);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a widget called %s is none: what the list tells stays plain data',
  (widgetId) => {
    const member = { widgetId, device: 'D', since: 5, expires: 2000 };
    const summary = summarise(room({ callMembers: { '@bo:x': member } }), context);
    expect(summary.call).toBeNull();
    expect(() => structuredClone(summary)).not.toThrow();
  },
);
