import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { keptFile, keptInMemory } from '../store/kept.ts';
import { CrashBook, CrashNotes, markRun, NO_CRASHES } from './crash-book.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crashes-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('a crash', () => {
  it('is noted on disk and told once', async () => {
    const kept = () => keptFile(join(folder, 'crashes.json'), CrashNotes, NO_CRASHES, silentLog);
    const book = new CrashBook(await kept(), '0.1.0', silentLog);
    const told: string[] = [];
    book.onNote(() => told.push('crash'));
    book.note('files', 'crashed 11', 1000);
    await book.settled();
    expect(told).toEqual(['crash']);
    const next = new CrashBook(await kept(), '0.2.0', silentLog);
    const crash = { at: 1000, part: 'files', reason: 'crashed 11', version: '0.1.0' };
    expect(next.unseen()).toEqual([crash]);
    next.dismiss();
    expect(next.unseen()).toEqual([]);
    expect(next.all()).toEqual([crash]);
    await next.settled();
    expect(new CrashBook(await kept(), '0.2.0', silentLog).unseen()).toEqual([]);
  });

  it('of what dies again at once is one note, and the oldest notes go', () => {
    const book = new CrashBook(keptInMemory(NO_CRASHES), '0.1.0', silentLog);
    book.note('page', 'oom', 100_000);
    book.note('page', 'oom', 105_000);
    book.note('graphics', 'crashed', 105_000);
    expect(book.all()).toHaveLength(2);
    for (let n = 1; n <= 30; n += 1) book.note('page', 'oom', 200_000 * n);
    expect(book.all()).toHaveLength(20);
    expect(book.all().at(-1)?.at).toBe(6_000_000);
  });
});

describe('a run', () => {
  const file = () => join(folder, 'running.json');
  const HOUR = 3_600_000;
  /** Lets a run that began then be broken off: its mark stays. */
  const breakOff = async (startedAt: number) => {
    const mark = await markRun(file(), startedAt, 0, silentLog);
    await mark.settled();
  };
  /** What the next run finds; its own mark is written when this ends. */
  const foundBy = async (startedAt: number, bootedAt: number) => {
    const mark = await markRun(file(), startedAt, bootedAt, silentLog);
    await mark.settled();
    return mark.brokenOff;
  };

  it('that ended as it should leaves nothing', async () => {
    const mark = await markRun(file(), 5 * HOUR, HOUR, silentLog);
    expect(mark.brokenOff).toBeNull();
    await mark.lift();
    expect(await readdir(folder)).toEqual([]);
    expect(await foundBy(6 * HOUR, HOUR)).toBeNull();
  });

  it('that was broken off is found by the next', async () => {
    await breakOff(5 * HOUR);
    expect(await foundBy(6 * HOUR, HOUR)).toBe(5 * HOUR);
  });

  it('that ended with the PC is no crash', async () => {
    await breakOff(5 * HOUR);
    expect(await foundBy(9 * HOUR, 8 * HOUR)).toBeNull();
  });
});
