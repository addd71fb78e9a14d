import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProfile, PROFILE_FORMAT } from './profile.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const stamp = () => readFile(join(folder, 'profile.json'), 'utf8');

describe('a data folder', () => {
  it('is stamped by the first program that opens it, and by each newer one', async () => {
    expect(checkProfile(join(folder, 'new'), '0.1.0')).toEqual({ state: 'fine' });
    expect(checkProfile(folder, '0.1.0')).toEqual({ state: 'fine' });
    expect(JSON.parse(await stamp())).toEqual({ format: PROFILE_FORMAT, writtenBy: '0.1.0' });
    expect(checkProfile(folder, '0.2.0')).toEqual({ state: 'fine' });
    expect(JSON.parse(await stamp())).toEqual({ format: PROFILE_FORMAT, writtenBy: '0.2.0' });
    expect((await readdir(folder)).toSorted()).toEqual(['new', 'profile.json']);
  });

  it('that another start is looking at in this very moment is fine, and nothing of that one is taken away', async () => {
    await writeFile(join(folder, 'profile.json.new'), '');
    await writeFile(join(folder, 'profile.json.new-1'), '');
    expect(checkProfile(folder, '0.1.0')).toEqual({ state: 'fine' });
    expect((await readdir(folder)).toSorted()).toEqual([
      'profile.json',
      'profile.json.new',
      'profile.json.new-1',
    ]);
  });

  it('of a newer program is left as it is', async () => {
    const newer = `{"format":${PROFILE_FORMAT + 1},"writtenBy":"9.0.0","more":true}`;
    await writeFile(join(folder, 'profile.json'), newer);
    expect(checkProfile(folder, '0.1.0')).toEqual({ state: 'newer', writtenBy: '9.0.0' });
    expect(await stamp()).toBe(newer);
    expect(await readdir(folder)).toEqual(['profile.json']);
  });

  it('with a damaged stamp is stamped anew', async () => {
    await writeFile(join(folder, 'profile.json'), '{"form');
    expect(checkProfile(folder, '0.1.0')).toEqual({ state: 'fine' });
    expect(JSON.parse(await stamp())).toMatchObject({ format: PROFILE_FORMAT });
  });

  // The kernel's own file system takes nothing, not even from root.
  it('that takes nothing is known for it', () => {
    expect(checkProfile('/sys/kernel', '0.1.0')).toEqual({ state: 'read-only' });
    expect(checkProfile('/sys/kernel/new', '0.1.0')).toEqual({ state: 'read-only' });
  });
});
