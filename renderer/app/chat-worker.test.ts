import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WorkerLike } from '../matrix/client.ts';
import type { FromWorker, Snapshot, ToWorker } from '../matrix/protocol.ts';
import { ChatWorker } from './chat-worker.ts';

/** A worker that answers every command with null. */
class AnsweringWorker extends EventTarget implements WorkerLike {
  readonly asked: string[] = [];
  ended = false;

  postMessage({ id, name }: ToWorker): void {
    this.asked.push(name);
    this.tell({ type: 'answer', id, ok: true, value: null });
  }
  terminate(): void {
    this.ended = true;
  }
  tell(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  crash(): void {
    this.dispatchEvent(new Event('error'));
  }
}

const session = (serverUrl: string) => ({
  session: {
    serverUrl,
    userId: '@n:m.example',
    deviceId: 'D',
    accessToken: 't',
    storageKey: 'k',
    passing: null,
    earlier: [],
  },
});
let workers: AnsweringWorker[];
let restarted: ReturnType<typeof vi.fn<() => void>>;
let chat: ChatWorker;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  restarted = vi.fn<() => void>();
  chat = new ChatWorker(() => {
    const worker = new AnsweringWorker();
    workers.push(worker);
    return worker;
  }, restarted);
});
afterEach(() => {
  chat.close();
  vi.useRealTimers();
});

describe('the worker of the chat', () => {
  test('is made at the start and not before: its policy names the server of the account', async () => {
    expect(await chat.run('open', { salonId: null })).toMatchObject({ error: { code: 'signed-out' } });
    expect(workers).toHaveLength(0);
    expect(await chat.run('start', session('https://one.example'))).toEqual({ ok: true, value: null });
    expect(workers).toHaveLength(1);
  });

  test('is the same for a new session at the same server and another for another server', async () => {
    await chat.run('start', session('https://one.example'));
    await chat.run('start', session('https://one.example'));
    expect(workers.map(({ asked }) => asked)).toEqual([['start', 'start']]);
    await chat.run('start', session('https://two.example'));
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  });

  test('ends with the sign-out; listeners stay for the next one', async () => {
    const heard: Snapshot['type'][] = [];
    chat.subscribe((snapshot) => heard.push(snapshot.type));
    await chat.run('start', session('https://one.example'));
    await chat.run('stop', { wipe: true });
    expect(workers[0]?.ended).toBe(true);
    await chat.run('start', session('https://one.example'));
    workers[1]?.tell({ type: 'protection', snapshot: { state: 'ready' } });
    expect(heard).toEqual(['protection']);
  });

  test('that breaks again and again rests before it is tried once more', async () => {
    await chat.run('start', session('https://one.example'));
    for (let time = 0; time < 6; time += 1) workers.at(-1)?.crash();
    expect(restarted).toHaveBeenCalledTimes(5);
    expect(workers.every(({ ended }) => ended)).toBe(true);
    vi.advanceTimersByTime(30_000);
    expect(restarted).toHaveBeenCalledTimes(6);
  });
});
