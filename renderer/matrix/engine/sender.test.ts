import { expect, test } from 'vitest';
import type { Content, RoomEvent } from '../events/event.ts';
import { People } from '../rooms/people.ts';
import { unknownRoom } from '../rooms/room.ts';
import { SalonList } from '../rooms/salon-list.ts';
import { event } from '../testing/events.ts';
import { Conversation } from '../timeline/conversation.ts';
import { Sender } from './sender.ts';

const MEGOLM = { algorithm: 'm.megolm.v1.aes-sha2' };

/** A salon as the list knows it, what encryption remembers of it, and everything that leaves this PC. */
function bench(settings: {
  readonly encryption: Content | null;
  readonly wasEncrypted: boolean;
  readonly state?: readonly RoomEvent[];
}) {
  const list = new SalonList({
    ownId: '@me:x',
    people: new People(),
    partners: { agentServers: [], partnerUserNames: [] },
    now: () => 0,
    post: () => undefined,
  });
  list.set('!r', { ...unknownRoom('!r'), encryption: settings.encryption });
  list.stop();
  const left: { readonly type: string; readonly txnId: string; readonly content: Content }[] = [];
  const conversation = new Conversation(
    {
      roomId: '!r',
      api: {
        messages: () => Promise.resolve({ events: [], older: null }),
        state: () => Promise.resolve(settings.state ?? []),
      },
      read: () => Promise.resolve([]),
      changed: () => undefined,
    },
    null,
  );
  const sender = new Sender({
    list,
    now: () => 0,
    api: {
      messages: () => Promise.resolve({ events: [], older: null }),
      send: (_roomId, type, txnId, content) => {
        left.push({ type, txnId, content });
        return Promise.resolve('$1');
      },
      redact: (_roomId, eventId, txnId) => {
        left.push({ type: 'm.room.redaction', txnId, content: { redacts: eventId } });
        return Promise.resolve('$1');
      },
    },
    conversations: { get: () => Promise.resolve(conversation) },
    machine: () =>
      Promise.resolve({
        wasEncrypted: () => Promise.resolve(settings.wasEncrypted),
        encrypt: () => Promise.resolve({ type: 'm.room.encrypted', content: { ciphertext: '…' } }),
      }),
  });
  const send = (type: string, content: Content) =>
    sender.send({ key: 'k', roomId: '!r', type, content, at: 0, failed: null });
  return { send, left };
}

const words = { msgtype: 'm.text', body: 'secret' };

test('an encrypted salon gets no word in clear', async () => {
  const { send, left } = bench({ encryption: MEGOLM, wasEncrypted: true });
  await send('m.room.message', words);
  await send('fr.traboule.call.answer', { answer: 'declined' });
  expect(left.map(({ type }) => type)).toEqual(['m.room.encrypted', 'm.room.encrypted']);
  expect(JSON.stringify(left)).not.toContain('secret');
});

test('a salon that the list has seen half made gets no word in clear: the whole state decides', async () => {
  const state = [event({ id: '$e', type: 'm.room.encryption', stateKey: '', content: MEGOLM })];
  const { send, left } = bench({ encryption: null, wasEncrypted: false, state });
  await send('m.room.message', words);
  expect(left.map(({ type }) => type)).toEqual(['m.room.encrypted']);
});

test('a server that says an encrypted salon is not encrypted gets nothing', async () => {
  const { send, left } = bench({ encryption: null, wasEncrypted: true });
  await expect(send('m.room.message', words)).rejects.toMatchObject({ code: 'refused' });
  expect(left).toEqual([]);
});

test('a salon that never was encrypted gets the message as it is, under its transaction', async () => {
  const { send, left } = bench({ encryption: null, wasEncrypted: false });
  await send('m.room.message', words);
  expect(left).toEqual([{ type: 'm.room.message', txnId: 'k', content: words }]);
});

test('reactions and deletions go in clear: servers must sum them up and carry them out', async () => {
  const { send, left } = bench({ encryption: MEGOLM, wasEncrypted: true });
  await send('m.reaction', { 'm.relates_to': {} });
  await send('m.room.redaction', { redacts: '$0' });
  expect(left.map(({ type }) => type)).toEqual(['m.reaction', 'm.room.redaction']);
});
