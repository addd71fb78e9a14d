import { expect, test, vi } from 'vitest';
import { ChatError } from '../http/chat-error.ts';
import { Outbox, type OutboxSettings, type UnsentMessage } from './outbox.ts';

const message = (key: string, roomId = '!r'): UnsentMessage => ({
  key,
  roomId,
  type: 'm.room.message',
  content: { body: key },
  at: 1,
  failed: null,
});

interface Bench {
  readonly outbox: Outbox;
  readonly stored: Map<string, UnsentMessage>;
  readonly tried: string[];
  readonly sent: string[];
  readonly troubles: unknown[];
  /** What the server says to each attempt; left out: it takes the message. */
  answer: (key: string) => Error | null;
  /** What this PC does to forget a message. */
  drop: (key: string) => Promise<void>;
}

function bench(): Bench {
  const stored = new Map<string, UnsentMessage>();
  const tried: string[] = [];
  const sent: string[] = [];
  const troubles: unknown[] = [];
  const parts: OutboxSettings = {
    send: async ({ key }) => {
      tried.push(key);
      const failure = self.answer(key);
      if (failure) throw failure;
      return `$${key}`;
    },
    save: async (one) => void stored.set(one.key, one),
    drop: (key) => self.drop(key),
    sent: (one, eventId) => void sent.push(`${one.key}=${eventId}`),
    changed: () => undefined,
    wait: () => Promise.resolve(),
    trouble: (error) => void troubles.push(error),
  };
  const self: Bench = {
    outbox: new Outbox(parts),
    stored,
    tried,
    sent,
    troubles,
    answer: () => null,
    drop: async (key) => void stored.delete(key),
  };
  return self;
}

const quiet = (outbox: Outbox): Promise<void> =>
  vi.waitFor(() => {
    expect(outbox.of('!r').filter((echo) => echo.sending.state === 'sending')).toEqual([]);
  });

test('messages go in the order they were written and leave the store once taken', async () => {
  const { outbox, stored, sent, tried } = bench();
  outbox.resume();
  await Promise.all(['a', 'b', 'c'].map((key) => outbox.add(message(key))));
  await quiet(outbox);
  expect(tried).toEqual(['a', 'b', 'c']);
  expect(sent).toEqual(['a=$a', 'b=$b', 'c=$c']);
  expect(stored.size).toBe(0);
});

test('messages of one moment are stored in the order they were written', async () => {
  const { outbox, stored } = bench();
  await Promise.all(['a', 'b', 'c'].map((key) => outbox.add(message(key))));
  expect(['a', 'b', 'c'].map((key) => stored.get(key)?.at)).toEqual([1, 2, 3]);
});

test('without a line they are stored and wait, and go when it is back', async () => {
  const { outbox, stored, tried } = bench();
  await outbox.add(message('a'));
  expect(outbox.of('!r')).toMatchObject([{ key: 'a', sending: { state: 'failed', reason: 'offline' } }]);
  expect([...stored.keys()]).toEqual(['a']);
  expect(tried).toEqual([]);
  outbox.resume();
  await quiet(outbox);
  expect(tried).toEqual(['a']);
  expect(stored.size).toBe(0);
});

test('a passing failure is tried again with the same key, before what was written later', async () => {
  const self = bench();
  let failures = 2;
  self.answer = (key) => {
    if (key !== 'a' || failures === 0) return null;
    failures -= 1;
    return new ChatError('offline', 'no answer');
  };
  self.outbox.resume();
  await self.outbox.add(message('a'));
  await self.outbox.add(message('b'));
  await vi.waitFor(() => expect(self.sent).toEqual(['a=$a', 'b=$b']));
  expect(self.tried).toEqual(['a', 'a', 'a', 'b']);
});

test('a refusal is kept with its reason, lets the others pass and can be tried again or thrown away', async () => {
  const self = bench();
  self.answer = (key) => (key === 'b' ? null : new ChatError('refused', 'HTTP 403'));
  self.outbox.resume();
  await self.outbox.add(message('a'));
  await self.outbox.add(message('b'));
  await vi.waitFor(() => expect(self.sent).toEqual(['b=$b']));
  expect(self.stored.get('a')).toMatchObject({ failed: 'refused' });
  self.answer = () => null;
  await self.outbox.resend('a');
  await vi.waitFor(() => expect(self.sent).toEqual(['b=$b', 'a=$a']));
  await expect(self.outbox.discard('a')).rejects.toMatchObject({ code: 'not-found' });
});

test('what breaks off while the account stops says nothing of the message', async () => {
  const self = bench();
  self.answer = () => {
    self.outbox.pause();
    return new Error('null pointer passed to rust');
  };
  self.outbox.resume();
  await self.outbox.add(message('a'));
  await vi.waitFor(() => expect(self.outbox.of('!r')).toMatchObject([{ sending: { reason: 'offline' } }]));
  expect(self.stored.get('a')).toEqual(message('a'));
});

test('what an earlier run left is taken up; what was refused then is not tried by itself', async () => {
  const { outbox, tried } = bench();
  outbox.load([message('a'), { ...message('b'), failed: 'too-large' }]);
  outbox.resume();
  await vi.waitFor(() => expect(tried).toEqual(['a']));
  await quiet(outbox);
  expect(outbox.of('!r')).toMatchObject([{ key: 'b', sending: { state: 'failed', reason: 'too-large' } }]);
});

test('a message with the key of one that waits is that one', async () => {
  const { outbox, sent } = bench();
  await outbox.add(message('a'));
  await outbox.add(message('a'));
  outbox.resume();
  await quiet(outbox);
  expect(sent).toEqual(['a=$a']);
});

test('the order is kept over a restart, also when the clock is set back between two messages', async () => {
  const before = bench();
  await before.outbox.add({ ...message('first'), at: 9000 });
  await before.outbox.add({ ...message('second'), at: 9000 });
  await before.outbox.add({ ...message('third'), at: 10 });
  const stored = [...before.stored.values()].toReversed().toSorted((a, b) => a.at - b.at);
  const after = bench();
  after.outbox.load(stored);
  after.outbox.resume();
  await vi.waitFor(() => expect(after.sent).toHaveLength(3));
  expect(after.tried).toEqual(['first', 'second', 'third']);
});

test.each(['m.reaction', 'm.room.redaction'])(
  'a refused %s is given up: what is shown is how it is',
  async (type) => {
    const self = bench();
    self.answer = () => new ChatError('refused', 'HTTP 403');
    self.outbox.resume();
    await self.outbox.add({ ...message('a'), type });
    await vi.waitFor(() => expect(self.outbox.of('!r')).toEqual([]));
    expect(self.stored.size).toBe(0);
    expect(self.troubles).toMatchObject([{ code: 'refused' }]);
  },
);

test('a message that the server took is done with, also when this PC can’t forget it', async () => {
  const self = bench();
  self.drop = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  self.outbox.resume();
  await self.outbox.add(message('a'));
  await self.outbox.add(message('b'));
  await vi.waitFor(() => expect(self.sent).toEqual(['a=$a', 'b=$b']));
  expect(self.tried).toEqual(['a', 'b']);
  await vi.waitFor(() => expect(self.troubles).toHaveLength(2));
});
