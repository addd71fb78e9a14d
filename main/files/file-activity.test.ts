import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import type { SyncEvent } from '../sync/api.ts';
import type { KeptDone } from './done-items.ts';
import type { Engine } from './engine.ts';
import { FileActivity } from './file-activity.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const SALON = '!a:m.example';
const signal = new AbortController().signal;

function program(kept = keptInMemory<readonly KeptDone[]>([])) {
  const listeners: ((event: SyncEvent) => void)[] = [];
  const engine: Engine = {
    run: () => Promise.resolve(),
    onEvent: (listener) => void listeners.push(listener),
    onFresh: () => undefined,
    stop: () => Promise.resolve(),
  };
  const tellRunning = vi.fn<(running: unknown) => void>();
  const tellRecent = vi.fn<(newestId: number) => void>();
  const activity = new FileActivity({
    engine,
    kept,
    salonsOf: (pair) => (pair === 'p' ? [SALON] : []),
    waiting: async () => ({ files: [], count: 0, bytes: 0 }),
    tellRunning,
    tellRecent,
    log: silentLog,
  });
  const say = (path: string, rest: Partial<Extract<SyncEvent, { type: 'item' }>> = {}) => {
    for (const listener of listeners)
      listener({
        type: 'item',
        pair: 'p',
        at: 7,
        phase: 'done',
        action: 'upload',
        path,
        bytesDone: 5,
        bytesTotal: 5,
        ...rest,
      });
  };
  const recent = () => activity.handlers.recent(undefined, signal);
  return { activity, kept, say, recent, tellRunning, tellRecent };
}

describe('what was done last', () => {
  it('is listed newest first, with what was done to it', () => {
    const { say, recent } = program();
    say('a');
    say('b', { action: 'moveLocal', from: 'old' });
    say('c', { action: 'adopt' });
    say('d', { phase: 'started' });
    expect(recent()).toEqual([
      { id: 2, salonId: SALON, path: 'b', from: 'old', deed: 'moved-here', size: 5, at: 7 },
      { id: 1, salonId: SALON, path: 'a', from: null, deed: 'sent', size: 5, at: 7 },
    ]);
  });

  it('ends at 200', () => {
    const { say, recent } = program();
    for (let count = 0; count < 250; count += 1) say(`f${count}`);
    expect(recent()).toHaveLength(200);
    expect(recent()).toMatchObject({ 0: { path: 'f249' }, 199: { path: 'f50' } });
  });

  it('outlives the program, and goes on counting', async () => {
    const first = program();
    first.say('a');
    await first.activity.close();
    const second = program(first.kept);
    second.say('b');
    expect(second.recent()).toMatchObject([
      { id: 2, path: 'b' },
      { id: 1, path: 'a' },
    ]);
  });

  it('is written seldom, however much is done', () => {
    const { say, kept } = program();
    const set = vi.spyOn(kept, 'set');
    for (let count = 0; count < 1000; count += 1) say(`f${count}`);
    vi.advanceTimersByTime(5000);
    expect(set).toHaveBeenCalledTimes(1);
  });

  it('is forgotten with who signs out, on disk too', async () => {
    const { activity, say, recent, kept } = program();
    say('a');
    vi.advanceTimersByTime(5000);
    await activity.forgetAll();
    expect(recent()).toEqual([]);
    expect(kept.value).toEqual([]);
  });
});

describe('a busy engine', () => {
  it('never floods the page', () => {
    const { say, tellRunning, tellRecent } = program();
    for (let count = 0; count < 1000; count += 1) {
      say(`f${count}`, { phase: 'started' });
      say(`f${count}`);
      vi.advanceTimersByTime(1);
    }
    expect(tellRunning.mock.calls.length).toBeLessThanOrEqual(3);
    expect(tellRecent.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('is heard to the end: the last news is that nothing runs', () => {
    const { say, tellRunning } = program();
    say('a', { phase: 'started' });
    say('a');
    vi.advanceTimersByTime(400);
    expect(tellRunning).toHaveBeenLastCalledWith([]);
  });
});
