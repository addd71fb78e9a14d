import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../log/silent.ts';
import type { SyncEvent } from '../sync/api.ts';
import type { DiskSpace } from '../sync/local/free-space.ts';
import { type Level, LowRoom, type Standing, standingAfter } from './low-room.ts';

const GB = 1_000_000_000;
const disk = (free: number, size = 256 * GB): DiskSpace => ({ disk: '1', free, size });
const enough: Standing = { level: 'enough' };

describe('how disks stand', () => {
  it.each([
    [40 * GB, 'enough'],
    [4.9 * GB, 'low'],
    [0.4 * GB, 'full'],
  ])('with %d bytes free of 256 GB: %s', (free, level) => {
    expect(standingAfter(enough, [disk(free)])).toMatchObject({ level });
  });

  it('is as the worst of them, and well where the system does not say', () => {
    expect(standingAfter(enough, [disk(100 * GB), disk(0.2 * GB)])).toEqual({
      level: 'full',
      freeBytes: 0.2 * GB,
    });
    expect(standingAfter(enough, [])).toEqual(enough);
  });

  it('stays low until there is clearly more: to and fro at the edge changes nothing', () => {
    const low = standingAfter(enough, [disk(4.9 * GB)]);
    expect(standingAfter(low, [disk(5.5 * GB)]).level).toBe('low');
    expect(standingAfter(low, [disk(6.5 * GB)]).level).toBe('enough');
    expect(standingAfter(enough, [disk(5.5 * GB)]).level).toBe('enough');
  });

  it('never gets better with less room', () => {
    const rank: Record<Standing['level'], number> = { full: 0, low: 1, enough: 2 };
    const bytes = fc.double({ min: 0, max: 20 * GB, noNaN: true });
    const befores = fc.constantFrom<Standing>(enough, { level: 'low', freeBytes: 1 });
    fc.assert(
      fc.property(befores, bytes, bytes, (before, one, other) => {
        const [less, more] = one < other ? [one, other] : [other, one];
        const levels = [less, more].map((free) => rank[standingAfter(before, [disk(free)]).level]);
        expect(levels[0]).toBeLessThanOrEqual(levels[1] ?? 0);
      }),
    );
  });
});

describe('a person', () => {
  let free: number;
  let read: Level | null;
  let room: LowRoom;
  let hear: (event: SyncEvent) => void;
  const tell = vi.fn<() => void>();
  beforeEach(() => {
    vi.useFakeTimers();
    free = 100 * GB;
    read = null;
    room = new LowRoom({
      engine: { onEvent: (listener) => (hear = listener) },
      paths: () => ['/home/c'],
      read: {
        get: () => read,
        set: (level) => {
          read = level;
          return Promise.resolve();
        },
      },
      tell,
      log: silentLog,
      spaceAt: () => Promise.resolve(disk(free)),
    });
  });
  afterEach(() => {
    room.close();
    tell.mockClear();
    vi.useRealTimers();
  });

  it('is told once of little room, again when it gets worse, and anew after it was well', async () => {
    await room.look();
    expect(room.toTell()).toBeNull();
    free = 3 * GB;
    await room.look();
    expect(room.toTell()).toEqual({ level: 'low', freeBytes: 3 * GB });
    await room.dismiss();
    await room.look();
    expect(room.toTell()).toBeNull();
    free = 0.1 * GB;
    await room.look();
    expect(room.toTell()).toMatchObject({ level: 'full' });
    await room.dismiss();
    free = 3 * GB;
    await room.look();
    expect(room.toTell()).toBeNull();
    free = 50 * GB;
    await room.look();
    free = 3 * GB;
    await room.look();
    expect(room.toTell()).toMatchObject({ level: 'low' });
  });

  it('is told after a run that filled the disk, and in any case after a while', async () => {
    const idle: SyncEvent = { type: 'state', pair: 'a', at: 1, state: { kind: 'idle', problems: 0 } };
    free = 3 * GB;
    hear(idle);
    await vi.advanceTimersByTimeAsync(0);
    expect(tell).toHaveBeenCalledOnce();
    free = 50 * GB;
    hear(idle);
    await vi.advanceTimersByTimeAsync(0);
    expect(tell).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(11 * 60_000);
    expect(tell).toHaveBeenCalledTimes(2);
    expect(room.toTell()).toBeNull();
  });
});
