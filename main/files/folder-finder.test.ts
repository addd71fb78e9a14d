import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FolderFinder } from './folder-finder.ts';

describe('the finder of folders', () => {
  const answers: ReadonlyMap<string, string | null>[] = [];
  const locate = vi.fn<(ids: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>>();
  const onFailure = vi.fn<() => void>();
  let finder: FolderFinder;

  beforeEach(() => {
    vi.useFakeTimers();
    answers.length = 0;
    locate.mockReset();
    locate.mockResolvedValue(new Map([['1', '/Salons/Quais']]));
    onFailure.mockReset();
    finder = new FolderFinder({
      locate,
      onAnswer: (found) => answers.push(found),
      onFailure,
      pace: { firstMs: 100, mostMs: 300 },
    });
  });
  afterEach(() => {
    finder.close();
    vi.useRealTimers();
  });

  it('tells where each is, and which are not there', async () => {
    finder.want(['1', '2']);
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toEqual([
      new Map([
        ['1', '/Salons/Quais'],
        ['2', null],
      ]),
    ]);
    expect(finder.isFailing).toBe(false);
  });

  it('looks once for all that are wanted while it looks', async () => {
    finder.want(['1']);
    finder.want(['2']);
    finder.want(['3']);
    await vi.advanceTimersByTimeAsync(0);
    expect(locate.mock.calls.map(([ids]) => [...ids])).toEqual([['1'], ['2', '3']]);
  });

  it('looks again later and later while the server does not answer, and at once when asked', async () => {
    locate.mockRejectedValue(new Error('offline'));
    finder.want(['1']);
    await vi.advanceTimersByTimeAsync(0);
    expect(finder.isFailing).toBe(true);
    const looks: number[] = [];
    for (const ms of [100, 200, 300, 300]) {
      await vi.advanceTimersByTimeAsync(ms);
      looks.push(locate.mock.calls.length);
    }
    expect(looks).toEqual([2, 3, 4, 5]);
    expect(onFailure).toHaveBeenCalledTimes(5);
    expect(answers).toEqual([]);

    locate.mockResolvedValue(new Map());
    finder.now();
    await vi.advanceTimersByTimeAsync(0);
    expect(answers).toEqual([new Map([['1', null]])]);
    expect(finder.isFailing).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says nothing more once it is closed', async () => {
    finder.want(['1']);
    finder.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(answers).toEqual([]);
  });
});
