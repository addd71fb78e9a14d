import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atDesk } from '../../main/sync/conduct.ts';
import { newPushHub } from '../../main/sync/default-ports.ts';
import { createSyncHost, type HostMessage, type HostRequest, type SyncEvent } from '../../main/sync/index.ts';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import type { Clock } from '../../main/sync/ports/clock.ts';
import type { FileSystem, ListedEntry } from '../../main/sync/ports/file-system.ts';
import type { Hint, Hints } from '../../main/sync/ports/hints.ts';
import { patience } from '../../main/sync/run/root-place.ts';
import { Liar } from './liar.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const soon = { timeout: 12_000, interval: 50 };
const quick = { quietMs: 200, pollSeconds: 1 };

test('a watched folder follows changes on both sides, pauses, goes on, and stops', async () => {
  const desk = rig.computer('desk', { options: quick });
  desk.write('a.txt', 'a');
  desk.pair.start();
  await vi.waitFor(async () => expect(await rig.ana.tree()).toEqual({ 'a.txt': 'a' }), soon);
  await rig.ana.put('b.txt', 'b');
  await vi.waitFor(() => expect(desk.tree()).toEqual({ 'a.txt': 'a', 'b.txt': 'b' }), soon);
  desk.pair.pause();
  writeFileSync(desk.path('c.txt'), 'written while paused');
  expect(desk.pair.state()).toEqual({ kind: 'paused', reason: 'person' });
  desk.pair.resume();
  await vi.waitFor(async () => expect(await rig.ana.tree()).toHaveProperty(['c.txt']), soon);
  await desk.stop();
  expect(desk.pair.state()).toEqual({ kind: 'stopped' });
}, 60_000);

test('a change on a server that tells of changes is here at once, long before the next regular look', async () => {
  rig.server.control.set({ notifyPush: true });
  const desk = rig.computer('desk', { options: { quietMs: 200, pollSeconds: 3600 } });
  desk.pair.start();
  await vi.waitFor(() => expect(desk.pair.state()).toMatchObject({ kind: 'idle' }), soon);
  for (const name of ['a.txt', 'b.txt']) {
    await rig.ana.put(name, name);
    await vi.waitFor(() => expect(desk.tree()).toHaveProperty([name], name), soon);
  }
  await desk.stop();
}, 60_000);

test('on another line the server is listened to anew', async () => {
  rig.server.control.set({ notifyPush: true });
  const hub = newPushHub();
  const heard: Hint[] = [];
  const remote = { url: rig.server.url, user: 'ana', password: rig.password('ana'), rootPath: '/' };
  const { surroundings } = atDesk;
  const close = hub.hints(remote).watch((hint) => heard.push(hint));
  await vi.waitFor(() => expect(heard).toEqual(['live']), soon);
  hub.follow({ ...surroundings, network: { kind: 'online', line: 'another' } });
  await vi.waitFor(() => expect(heard).toEqual(['live', 'lost', 'live']), soon);
  await rig.ana.put('a.txt', 'a');
  await vi.waitFor(() => expect(heard.at(-1)).toBe('changed'), soon);
  // The server of this test is on this computer: it is there without a line, so that this is a new connection too.
  hub.follow({ ...surroundings, network: { kind: 'offline' } });
  await vi.waitFor(() => expect(heard.slice(-2)).toEqual(['lost', 'live']), soon);
  await close();
}, 60_000);

test('offline, a server elsewhere is not tried before the line is back', async () => {
  const liar = await Liar.before(rig.server.url);
  const hub = newPushHub();
  hub.follow({ ...atDesk.surroundings, network: { kind: 'offline' } });
  let asked = 0;
  liar.lie = (_, answer) => {
    asked += 1;
    return answer;
  };
  // A name that is no loopback address to look at, and is one to ask for.
  const url = liar.url.replace('127.0.0.1', '0.0.0.0');
  const remote = { url, user: 'ana', password: rig.password('ana'), rootPath: '/' };
  const close = hub.hints(remote).watch(() => undefined);
  hub.follow(atDesk.surroundings);
  await vi.waitFor(() => expect(asked).toBe(1), soon);
  await close();
  expect(asked).toBe(1);
  await liar.close();
}, 60_000);

test('a server that tells by another host is not given the password', async () => {
  const liar = await Liar.before(rig.server.url);
  rig.server.control.set({ notifyPush: true });
  let knocks = 0;
  const elsewhere = createServer().on('upgrade', () => {
    knocks += 1;
  });
  await new Promise<void>((resume) => elsewhere.listen(0, '127.0.0.1', resume));
  const address = elsewhere.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  let asked = 0;
  liar.lie = (request, answer) => {
    if (request.url?.includes('cloud/capabilities') !== true) return answer;
    asked += 1;
    const body = answer.body.toString().replaceAll(/ws:[^"]*ws"/g, `ws:\\/\\/127.0.0.1:${port}\\/push\\/ws"`);
    return { ...answer, body: Buffer.from(body) };
  };
  const desk = rig.computer('desk', { url: liar.url, options: { quietMs: 200, pollSeconds: 1 } });
  desk.pair.start();
  await vi.waitFor(() => expect(asked).toBe(1), soon);
  await rig.ana.put('a.txt', 'a');
  await vi.waitFor(() => expect(desk.tree()).toHaveProperty(['a.txt']), soon);
  expect(knocks).toBe(0);
  await desk.stop();
  elsewhere.close();
  await liar.close();
}, 60_000);

test('a file that is written to all the time is looked at ever less often, and nothing else waits for it long', async () => {
  let now = Date.now();
  const waits: number[] = [];
  const enough = Promise.withResolvers<void>();
  const clock: Clock = {
    now: () => now,
    sleep: async (ms, signal) => {
      // The disk answers: the limit of its time is never over.
      if (ms === patience) return new Promise(() => undefined);
      await setImmediate();
      signal.throwIfAborted();
      now += ms;
      waits.push(ms);
      if (waits.length === 8) enough.resolve();
    },
  };
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    list: async (path) => {
      const { entries, unreadableNames } = await nodeFileSystem.list(path);
      const restless: ListedEntry[] = [];
      for (const { name, entry } of entries) {
        const modified = BigInt(now) * 1_000_000n;
        restless.push({ name, entry: entry.kind === 'file' ? { ...entry, modified } : entry });
      }
      return { entries: restless, unreadableNames };
    },
  };
  let tell: (hint: Hint) => void = () => undefined;
  const localHints = (): Hints => ({
    watch: (onHint) => {
      tell = onHint;
      return () => Promise.resolve();
    },
  });
  const desk = rig.computer('desk', { ports: { clock, fileSystem, localHints }, options: { quietMs: 1000 } });
  desk.write('log.txt', 'written to all the time');
  const telling = setInterval(() => tell('changed'), 5);
  desk.pair.start();
  await enough.promise;
  clearInterval(telling);
  await desk.stop();
  const long = waits.filter((ms) => ms >= 1000);
  expect(long).toEqual(long.toSorted((one, other) => one - other));
  expect(long.at(-1)).toBe(15_000);
}, 60_000);

test('a server that comes back is found again', async () => {
  const desk = rig.computer('desk', { options: quick });
  desk.write('a.txt', 'a');
  rig.server.control.set({ maintenance: true });
  desk.pair.start();
  await vi.waitFor(
    () => expect(desk.pair.state()).toMatchObject({ kind: 'offline', code: 'maintenance' }),
    soon,
  );
  rig.server.control.set({ maintenance: false });
  desk.pair.syncNow();
  await vi.waitFor(() => expect(desk.pair.state()).toMatchObject({ kind: 'idle', problems: 0 }), soon);
  expect(await rig.ana.tree()).toEqual({ 'a.txt': 'a' });
}, 60_000);

/** The host at one end of a port, and the other end to speak to it. */
class Line {
  readonly events: SyncEvent[] = [];
  readonly #answers = new Map<number, (message: HostMessage & { readonly kind: 'answer' }) => void>();
  readonly #port: MessagePort;
  #next = 1;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: HostMessage) => {
      if (message.kind === 'event') this.events.push(message.event);
      if (message.kind === 'answer') this.#answers.get(message.id)?.(message);
      if (message.kind === 'trash') this.#send({ trashed: message.id, ok: false });
    });
  }

  ask(command: Extract<HostRequest, { readonly id: number }>['command']): Promise<HostMessage> {
    const id = this.#next++;
    this.#send({ id, command });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #send(request: HostRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort, not a window
    this.#port.postMessage(request);
  }
}

test('the host runs pairs behind a message port: all that passes is plain data', async () => {
  const { port1, port2 } = new MessageChannel();
  const host = createSyncHost((message) => port1.postMessage(message), { askForTrash: true });
  port1.on('message', (request: HostRequest) => host.receive(request));
  const line = new Line(port2);
  const config = {
    id: 'desk',
    remote: { url: rig.server.url, user: 'ana', password: rig.password('ana'), rootPath: '/' },
    localDir: `${rig.base}/desk`,
    journalPath: `${rig.base}/desk.db`,
    options: quick,
  };
  expect(await line.ask({ type: 'open', config })).toMatchObject({ ok: true });
  const bytes = new TextEncoder().encode('dropped');
  const source = { kind: 'bytes', name: 'a.txt', bytes } as const;
  expect(await line.ask({ type: 'importFile', pair: 'desk', source, targetDir: 'Salons' })).toMatchObject({
    ok: true,
    value: { path: 'Salons/a.txt' },
  });
  await vi.waitFor(
    async () => expect(await rig.ana.tree()).toHaveProperty(['Salons/a.txt'], 'dropped'),
    soon,
  );
  await vi.waitFor(async () => {
    expect(await line.ask({ type: 'state', pair: 'desk' })).toMatchObject({
      value: { kind: 'idle', problems: 0 },
    });
  }, soon);
  expect(await line.ask({ type: 'list', pair: 'desk', folder: 'Salons' })).toMatchObject({
    value: [{ path: 'Salons/a.txt', state: 'synced' }],
  });
  // The supervisor can't put it into a trash: it goes into the pair's own, never to nothing.
  await rig.ana.remove('Salons/a.txt');
  await line.ask({ type: 'syncNow', pair: 'desk' });
  await vi.waitFor(() => expect(line.events.map(({ type }) => type)).toContain('notice'), soon);
  expect(await line.ask({ type: 'state', pair: 'nobody' })).toMatchObject({ ok: false, code: 'closed' });
  const large = { kind: 'bytes', name: 'large.bin', bytes: new Uint8Array(40_000_000) } as const;
  const cutShort = line.ask({ type: 'importFile', pair: 'desk', source: large, targetDir: '' });
  await line.ask({ type: 'close', pair: 'desk' });
  expect(await cutShort).toMatchObject({ ok: false, code: 'closed' });
  expect(readdirSync(`${rig.base}/desk`)).not.toContain('large.bin');
  await host.close();
  expect(line.events.at(-1)).toBeDefined();
  port2.close();
}, 60_000);
