import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryLock } from '../setup/lock.ts';
import { Refusal } from '../setup/refusal.ts';
import { makeWorld } from './world.ts';

test('a world that lives is not reset from another terminal', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'traboule-world-'));
  const living = await tryLock(`world ${dataDir}`);
  try {
    await writeFile(join(dataDir, 'what Nadia wrote'), '');
    const again = makeWorld({ dataDir, reset: true });
    await expect(again).rejects.toThrow(Refusal);
    await expect(again).rejects.toThrow('The same runs already');
    expect(await readdir(dataDir)).toEqual(['what Nadia wrote']);
  } finally {
    living?.release();
    await rm(dataDir, { recursive: true });
  }
});
