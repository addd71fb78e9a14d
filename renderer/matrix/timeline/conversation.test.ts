import { expect, test } from 'vitest';
import { asReadable, type RoomEvent } from '../events/event.ts';
import { ChatError } from '../http/chat-error.ts';
import type { RoomsApi } from '../http/rooms-api.ts';
import { event } from '../testing/events.ts';
import { Conversation } from './conversation.ts';

type Page = Awaited<ReturnType<RoomsApi['messages']>>;

/** A server whose answers come when the test says so. */
class SlowServer {
  readonly pages: { readonly from: string | null; readonly answer: PromiseWithResolvers<Page> }[] = [];
  readonly states: PromiseWithResolvers<readonly RoomEvent[]>[] = [];

  readonly conversation = new Conversation(
    {
      roomId: '!r',
      api: {
        messages: (_roomId, from) => {
          const answer = Promise.withResolvers<Page>();
          this.pages.push({ from, answer });
          return answer.promise;
        },
        state: () => {
          const answer = Promise.withResolvers<readonly RoomEvent[]>();
          this.states.push(answer);
          return answer.promise;
        },
      },
      read: (_roomId, events) => Promise.resolve(events.map(asReadable)),
      changed: () => undefined,
    },
    null,
  );

  get shown(): readonly string[] {
    return this.conversation.timeline.events.map((one) => one.event.id);
  }
}

const said = (...ids: readonly string[]): readonly RoomEvent[] => ids.map((id) => event({ id }));
const member = (userId: string, membership: string): RoomEvent =>
  event({
    id: `$${userId}`,
    type: 'm.room.member',
    stateKey: userId,
    sender: userId,
    content: { membership },
  });
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const everything = (): boolean => true;

test('a conversation that only others write in grows old: it counts as opened when it was first kept', () => {
  const { conversation } = new SlowServer();
  expect(conversation.stored(10, false)).toMatchObject({ savedAt: 10, openedAt: 10 });
  expect(conversation.stored(20, false)).toMatchObject({ savedAt: 20, openedAt: 10 });
  expect(conversation.stored(30, true)).toMatchObject({ savedAt: 30, openedAt: 30 });
  expect(conversation.stored(40, false)).toMatchObject({ savedAt: 40, openedAt: 30 });
});

test('what was missed while older messages are on their way is asked for after them', async () => {
  const server = new SlowServer();
  const { conversation, pages } = server;
  const first = conversation.refresh();
  pages[0]?.answer.resolve({ events: said('$5', '$6'), older: 't5' });
  await first;
  const older = conversation.loadOlder(everything);
  await settle();
  conversation.timeline.miss();
  const again = conversation.refresh();
  await settle();
  pages[1]?.answer.resolve({ events: said('$3', '$4'), older: 't3' });
  await older;
  await settle();
  expect(pages.map((page) => page.from)).toEqual([null, 't5', null]);
  pages[2]?.answer.resolve({ events: said('$6', '$7', '$8'), older: 't6' });
  await again;
  expect(conversation.timeline.stale).toBe(false);
  expect(server.shown).toEqual(['$3', '$4', '$5', '$6', '$7', '$8']);
});

test('a page of newest messages that was made before the last gap does not fill it', async () => {
  const server = new SlowServer();
  const { conversation, pages } = server;
  const refreshing = conversation.refresh();
  await settle();
  conversation.timeline.miss();
  pages[0]?.answer.resolve({ events: said('$1', '$2'), older: null });
  await settle();
  expect(conversation.timeline.stale).toBe(true);
  pages[1]?.answer.resolve({ events: said('$2', '$3', '$4'), older: 't2' });
  await refreshing;
  expect(server.shown).toEqual(['$2', '$3', '$4']);
});

test('an empty page is not the beginning where the server says that there is more', async () => {
  const server = new SlowServer();
  const { conversation, pages } = server;
  const first = conversation.refresh();
  pages[0]?.answer.resolve({ events: said('$9'), older: 't9' });
  await first;
  const older = conversation.loadOlder(everything);
  await settle();
  pages[1]?.answer.resolve({ events: [], older: 't5' });
  await settle();
  expect(conversation.older).toBe('loading');
  pages[2]?.answer.resolve({ events: said('$1', '$2'), older: null });
  await older;
  expect(server.shown).toEqual(['$1', '$2', '$9']);
  expect(conversation.older).toBe('start');
});

test('a server that answers the same place for ever ends the search', async () => {
  const { conversation, pages } = new SlowServer();
  const first = conversation.refresh();
  pages[0]?.answer.resolve({ events: said('$9'), older: 't9' });
  await first;
  const older = conversation.loadOlder(everything);
  await settle();
  pages[1]?.answer.resolve({ events: [], older: 't9' });
  await older;
  expect(conversation.older).toBe('start');
});

test('who left while the whole state was on its way gets no key, whatever the answer says', async () => {
  const { conversation, states } = new SlowServer();
  const asking = conversation.ensureState();
  conversation.state.apply(member('@bo:x', 'leave'));
  states[0]?.resolve([member('@ada:x', 'join'), member('@bo:x', 'join')]);
  await asking;
  expect(conversation.state.recipients()).toEqual([{ userId: '@ada:x', membership: 'join' }]);
});

test('a state that was missed while it was asked for is asked for again', async () => {
  const { conversation, states } = new SlowServer();
  const asking = conversation.ensureState();
  conversation.state.miss();
  states[0]?.resolve([member('@bo:x', 'join')]);
  await settle();
  states[1]?.resolve([member('@bo:x', 'leave')]);
  await asking;
  expect(conversation.state.recipients()).toEqual([]);
});

test('a state that can’t be asked for is asked for by the next', async () => {
  const { conversation, states } = new SlowServer();
  const failing = conversation.ensureState();
  states[0]?.reject(new ChatError('offline', 'no answer'));
  await expect(failing).rejects.toMatchObject({ code: 'offline' });
  const asking = conversation.ensureState();
  states[1]?.resolve([member('@bo:x', 'join')]);
  await asking;
  expect(conversation.state.complete).toBe(true);
});
