import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keyStoreName, noteKeyStoreName } from './key-store-name.ts';

let profile: string;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'profile-'));
});
afterEach(() => rm(profile, { recursive: true }));

it('a product that is renamed asks the key store under the name of its first start', () => {
  expect(keyStoreName(profile, 'Ensemble')).toBe('Ensemble');
  noteKeyStoreName(profile, 'Ensemble');
  expect(keyStoreName(profile, 'Salons')).toBe('Ensemble');
  noteKeyStoreName(profile, 'Salons');
  expect(keyStoreName(profile, 'Salons')).toBe('Ensemble');
});

it('a note that is damaged, or a profile that is not there, leaves the name of now', async () => {
  await writeFile(join(profile, 'key-store.json'), '{"name":');
  expect(keyStoreName(profile, 'Salons')).toBe('Salons');
  expect(keyStoreName(join(profile, 'nowhere'), 'Salons')).toBe('Salons');
});
