import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DriveSilent } from '../model/failures.ts';
import { Drive, mostQuestions } from './drive.ts';

const patience = { lookMs: 1000, workMs: 10_000 };

/** A call that is answered when the test says so. */
function call(): {
  readonly ask: () => Promise<string>;
  readonly answer: () => void;
  readonly isAsked: () => boolean;
} {
  const { promise, resolve } = Promise.withResolvers<string>();
  let isAsked = false;
  return {
    ask: () => {
      isAsked = true;
      return promise;
    },
    answer: () => resolve('answer'),
    isAsked: () => isAsked,
  };
}

describe('a drive', () => {
  let drive: Drive;
  beforeEach(() => {
    vi.useFakeTimers();
    drive = new Drive(patience);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('gives its answers and its refusals, and keeps no timer', async () => {
    await expect(drive.look(() => Promise.resolve(7))).resolves.toBe(7);
    await expect(drive.work(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is asked a few things at a time, so that it holds no more threads than that', () => {
    const calls = Array.from({ length: mostQuestions + 3 }, call);
    for (const { ask } of calls) void drive.look(ask);
    expect(calls.filter(({ isAsked }) => isAsked())).toHaveLength(mostQuestions);
  });

  test('that owes an answer for too long has all told who wait, and is asked nothing more', async () => {
    const hung = Array.from({ length: mostQuestions + 1 }, call);
    const waiting = hung.map(({ ask }) => drive.look(ask));
    const told = Promise.allSettled(waiting);
    await vi.advanceTimersByTimeAsync(patience.lookMs);
    expect((await told).map((each) => each.status)).toEqual(hung.map(() => 'rejected'));
    const later = call();
    await expect(drive.look(later.ask)).rejects.toThrow(DriveSilent);
    expect([later.isAsked(), hung.at(-1)?.isAsked()]).toEqual([false, false]);
  });

  test('may work for longer than it may look', async () => {
    const long = call();
    const working = drive.work(long.ask);
    await vi.advanceTimersByTimeAsync(patience.workMs - 1);
    long.answer();
    await expect(working).resolves.toBe('answer');
  });

  test('is asked again once it has answered all that it owed, and tells so', async () => {
    const [one, other] = [call(), call()];
    const told = Promise.allSettled([drive.look(one.ask), drive.look(other.ask)]);
    const back = vi.fn<() => void>();
    const forget = drive.onBack(back);
    await vi.advanceTimersByTimeAsync(patience.lookMs);
    await told;
    one.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([drive.isSilent, back.mock.calls.length]).toEqual([true, 0]);
    other.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([drive.isSilent, back.mock.calls.length]).toEqual([false, 1]);
    await expect(drive.look(() => Promise.resolve('again'))).resolves.toBe('again');
    forget();
  });

  test('is given up before its time by who ends', async () => {
    const hung = call();
    const told = Promise.allSettled([drive.work(hung.ask)]);
    drive.giveUp();
    expect(await told).toMatchObject([{ status: 'rejected' }]);
    hung.answer();
    await vi.advanceTimersByTimeAsync(0);
    drive.giveUp();
    expect(drive.isSilent).toBe(false);
  });
});
