import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChatCache } from '../cache/chat-cache.ts';
import { Vault } from '../cache/vault.ts';
import { Sender } from '../engine/sender.ts';
import type { RoomEvent } from '../events/event.ts';
import { Outbox } from '../outbox/outbox.ts';
import { People } from '../rooms/people.ts';
import { unknownRoom } from '../rooms/room.ts';
import { SalonList } from '../rooms/salon-list.ts';
import { event } from '../testing/events.ts';
import { Conversations } from './conversations.ts';

const MEGOLM = { algorithm: 'm.megolm.v1.aes-sha2' };
const partners = { agentServers: [], partnerUserNames: [] };
const nowhere = (): never => {
  throw new Error('nobody asks for this');
};

/** What the server says of the salon's state, and what left this PC. */
let state: readonly RoomEvent[];
let pages: (readonly RoomEvent[])[];
let now: number;
let left: string[];
let whileOpening: () => void;
let list: SalonList;
let conversations: Conversations;
let cache: ChatCache;
let sender: Sender;

beforeEach(async () => {
  state = [];
  pages = [];
  now = 0;
  left = [];
  whileOpening = () => undefined;
  const people = new People();
  list = new SalonList({ ownId: '@me:x', people, partners, now: () => 0, post: () => undefined });
  list.set('!r', unknownRoom('!r'));
  list.stop();
  cache = new ChatCache(
    await Vault.open(indexedDB, `conversations-${crypto.randomUUID()}`, new Uint8Array(randomBytes(32))),
  );
  const outbox = new Outbox({
    send: nowhere,
    save: nowhere,
    drop: nowhere,
    sent: nowhere,
    changed: nowhere,
    wait: nowhere,
    trouble: nowhere,
  });
  const api = {
    state: () => Promise.resolve(state),
    messages: () =>
      Promise.resolve({ events: pages.shift() ?? [], older: pages.length > 0 ? `${pages.length}` : null }),
    send: (_roomId: string, type: string) => {
      left.push(type);
      return Promise.resolve('$1');
    },
    redact: nowhere,
  };
  conversations = new Conversations({
    ownId: '@me:x',
    partners,
    people,
    list,
    api: {
      ...api,
      setState: nowhere,
      readUpTo: nowhere,
      typing: nowhere,
      join: nowhere,
      leave: nowhere,
      invite: nowhere,
      tag: nowhere,
    },
    cache,
    media: { add: () => undefined },
    outbox,
    read: () => Promise.resolve([]),
    now: () => 0,
    post: { timeline: () => undefined, details: () => undefined },
    trouble: nowhere,
  });
  sender = new Sender({
    list,
    api,
    conversations,
    now: () => now,
    machine: async () => {
      whileOpening();
      return {
        wasEncrypted: () => Promise.resolve(false),
        encrypt: async (target) => {
          const recipients = await target.recipients();
          return { type: `encrypted for ${recipients.map(({ userId }) => userId).join()}`, content: {} };
        },
      };
    },
  });
});
afterEach(() => {
  conversations.stop();
  cache.close();
});

const encryption = event({ id: '$e', type: 'm.room.encryption', stateKey: '', content: MEGOLM });
const member = (userId: string, membership: string) =>
  event({
    id: `$${userId}`,
    type: 'm.room.member',
    stateKey: userId,
    sender: userId,
    content: { membership },
  });
const send = () =>
  sender.send({ key: 'k', roomId: '!r', type: 'm.room.message', content: {}, at: 0, failed: null });

test('a salon that was encrypted while the line was away gets no word in clear, before the sync tells of it', async () => {
  await send();
  state = [encryption, member('@bo:x', 'join')];
  conversations.missAll();
  await send();
  expect(left).toEqual(['m.room.message', 'encrypted for @bo:x']);
});

test('who left while the line was away is told nothing more, before the sync tells of it', async () => {
  state = [encryption, member('@bo:x', 'join'), member('@al:x', 'join')];
  await send();
  state = [encryption, member('@bo:x', 'leave'), member('@al:x', 'join')];
  conversations.missAll();
  await send();
  expect(left).toEqual(['encrypted for @bo:x,@al:x', 'encrypted for @al:x']);
});

test('a salon whose encryption comes while a message is made ready gets it encrypted', async () => {
  whileOpening = () => list.set('!r', { ...unknownRoom('!r'), encryption: MEGOLM });
  state = [member('@bo:x', 'join')];
  await send();
  expect(left).toEqual(['encrypted for @bo:x']);
});

test('a message that waited for days is looked for before it goes again: the server may have it', async () => {
  now = 3 * 86_400_000;
  pages = [[event({ id: '$new', at: now })], [event({ id: '$old', at: 1000, txnId: 'k' })]];
  expect(await send()).toBe('$old');
  expect(left).toEqual([]);
  pages = [[event({ id: '$new', at: now })], [event({ id: '$before', at: -4_000_000, txnId: 'other' })], []];
  expect(await send()).toBe('$1');
  expect(pages).toEqual([[]]); // what was said before it was written is not looked through
});
