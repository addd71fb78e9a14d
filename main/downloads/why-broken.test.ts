import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { factsOf, whyBroken } from './why-broken.ts';

const fine = { free: 10_000_000, missing: 2_000_000, mayWrite: true, isOnline: true };

it.each([
  [{}, 'broken-off'],
  [{ free: 1_500_000 }, 'disk-full'],
  [{ free: 500_000, missing: 10 }, 'disk-full'],
  [{ free: 1_500_000, missing: null }, 'broken-off'],
  [{ free: null }, 'broken-off'],
  [{ mayWrite: false, isOnline: false }, 'no-rights'],
  [{ isOnline: false }, 'offline'],
] as const)('of %o one thinks %s', (facts, problem) => {
  expect(whyBroken({ ...fine, ...facts })).toBe(problem);
});

it('looks at the folder itself, and at one that is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'why-'));
  const { free, mayWrite } = await factsOf(folder);
  expect(free).toBeGreaterThan(0);
  expect(mayWrite).toBe(true);
  await rm(folder, { recursive: true });
  expect(await factsOf(folder)).toEqual({ free: null, mayWrite: false });
});
