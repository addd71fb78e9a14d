import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchGrowth } from './growth.ts';

test('a download is told while it grows, and its answer given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'traboule-growth-'));
  try {
    await mkdir(join(folder, 'in'));
    const file = join(folder, 'in', 'wheel');
    const told: number[] = [];
    const { promise: half, resolve: isHalf } = Promise.withResolvers<void>();
    const { promise: whole, resolve: isWhole } = Promise.withResolvers<void>();
    const tell = (bytes: number) => {
      told.push(bytes);
      if (bytes >= 300_000) isHalf();
      if (bytes >= 600_000) isWhole();
    };
    const task = async () => {
      await appendFile(file, Buffer.alloc(300_000));
      await half;
      await appendFile(file, Buffer.alloc(300_000));
      await whole;
      return 'done';
    };
    await expect(watchGrowth(folder, tell, task, 5)).resolves.toBe('done');
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a task that fails is told as such', async () => {
  const fails = () => Promise.reject(new Error('no route'));
  await expect(watchGrowth('no-such-folder', () => undefined, fails)).rejects.toThrow('no route');
});
