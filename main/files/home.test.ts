import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_FILES, type FilesState } from './files-state.ts';
import { meetsPlaces, placeBeside, placesOfOthers, prepareHome } from './home.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'home-'));
});
afterEach(() => rm(data, { recursive: true }));

const OLD = {
  'files.json': '{"of":"files"}',
  'files.json.spare': '{"of":"spare"}',
  'creations.json': '[]',
  'transfers.json': '[1]',
  'recent.json': '[2]',
  'notices.json': '[3]',
  'sync/pair.db': 'journal',
  'sync/pair.db-wal': 'log',
  'undo/kept': 'version',
};
/** A profile as the version before wrote it. */
async function oldProfile(folder: string): Promise<void> {
  for (const name of ['sync', 'undo']) await mkdir(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(OLD)) await writeFile(join(folder, name), text);
  await writeFile(join(folder, 'settings.json'), '{}');
}
async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const),
  );
  return Object.fromEntries(texts);
}
const stateWith = (state: Partial<FilesState>) => JSON.stringify({ ...EMPTY_FILES, ...state });

describe('the home of an account', () => {
  it('is made where there is none, for its owner alone', async () => {
    expect(await prepareHome(data, 'abc')).toBe(join(data, 'accounts', 'abc'));
    expect(await contentOf(join(data, 'accounts', 'abc'))).toEqual({});
  });

  it('takes all that a profile of one account knows, and the next account’s nothing of it', async () => {
    await oldProfile(data);
    expect(await contentOf(await prepareHome(data, 'abc'))).toEqual(OLD);
    expect(await contentOf(await prepareHome(data, 'def'))).toEqual({});
    expect((await readdir(data)).toSorted()).toEqual(['accounts', 'settings.json']);
  });

  it('is whole after a crash at any step', async () => {
    const pieces = ['sync', 'undo', 'creations.json', 'transfers.json', 'recent.json', 'notices.json'];
    const inOrder = [...pieces, 'files.json.spare', 'files.json'];
    for (let moved = 0; moved <= inOrder.length; moved += 1) {
      const profile = join(data, `crash-${moved}`);
      await oldProfile(profile);
      await mkdir(join(profile, 'accounts', 'moving'), { recursive: true });
      for (const name of inOrder.slice(0, moved))
        await rename(join(profile, name), join(profile, 'accounts', 'moving', name));
      expect(await contentOf(await prepareHome(profile, 'abc'))).toEqual(OLD);
      expect(await readdir(join(profile, 'accounts'))).toEqual(['abc']);
    }
  });

  it('takes up also what a damaged profile has left', async () => {
    for (const [number, lost] of [['files.json'], ['files.json', 'files.json.spare']].entries()) {
      const profile = join(data, `damaged-${number}`);
      await oldProfile(profile);
      // The first was not understood, and put aside.
      await rename(join(profile, 'files.json'), join(profile, 'files.json.broken'));
      for (const name of lost) await rm(join(profile, name), { force: true });
      const left = Object.entries(OLD).filter(([name]) => !lost.includes(name));
      expect(await contentOf(await prepareHome(profile, 'abc'))).toEqual(Object.fromEntries(left));
      expect(await contentOf(await prepareHome(profile, 'def'))).toEqual({});
    }
  });

  it('that is there is left as it is, whatever lies beside it', async () => {
    const home = await prepareHome(data, 'abc');
    await writeFile(join(home, 'files.json'), 'new');
    await cp(join(home, 'files.json'), join(data, 'files.json'));
    expect(await contentOf(await prepareHome(data, 'abc'))).toEqual({ 'files.json': 'new' });
  });
});

describe('the places of other accounts', () => {
  it('are those of everybody who ever chose one here, with the folders that they keep elsewhere', async () => {
    const pair = { localName: 'x', remotePath: null, settledCopies: [], unwanted: [] };
    const [a, b, c, d] = await Promise.all(['a', 'b', 'c', 'd'].map((home) => prepareHome(data, home)));
    const chosen = { 1: { ...pair, localPath: '/media/disk/Plans' }, 2: { ...pair, localPath: null } };
    await writeFile(join(a ?? '', 'files.json'), stateWith({ place: '/home/n/Traboule', pairs: chosen }));
    await writeFile(join(b ?? '', 'files.json'), stateWith({ place: '/home/n/Autre' }));
    await writeFile(join(c ?? '', 'files.json'), '{ damaged');
    await writeFile(join(c ?? '', 'files.json.spare'), stateWith({ place: '/home/n/Tiers' }));
    expect(d).toBeDefined();
    expect((await placesOfOthers(data, 'b')).toSorted()).toEqual(
      ['/home/n/Tiers', '/home/n/Traboule', '/media/disk/Plans'].toSorted(),
    );
    expect(await readFile(join(c ?? '', 'files.json'), 'utf8')).toBe('{ damaged');
    expect(await placesOfOthers(join(data, 'nowhere'), 'b')).toEqual([]);
  });

  it('are not asked of a file that a file manager left among the homes', async () => {
    const home = await prepareHome(data, 'a');
    await writeFile(join(home, 'files.json'), stateWith({ place: '/home/n/Traboule' }));
    await writeFile(join(data, 'accounts', '.DS_Store'), '');
    expect(await placesOfOthers(data, 'b')).toEqual(['/home/n/Traboule']);
  });

  it('are met inside, around, at the place itself and through a link, not beside', async () => {
    const taken = join(data, 'Traboule');
    await mkdir(taken);
    await symlink(taken, join(data, 'lien'));
    const meets = (...parts: string[]) => meetsPlaces(join(data, ...parts), [taken]);
    expect(await meets('Traboule')).toBe(true);
    expect(await meets('Traboule', 'Salons', 'X')).toBe(true);
    expect(await meets()).toBe(true);
    expect(await meets('lien', 'X')).toBe(true);
    expect(await meets('Traboule (karim)')).toBe(false);
    expect(await meets('TrabouleX')).toBe(false);
  });

  it('leave a suggestion alone that they do not meet, else it is beside and named after the account', async () => {
    const usual = join(data, 'Traboule');
    const beside = (others: string[]) => placeBeside(usual, '@k.haddad:ville.example', others);
    expect(await beside([])).toBe(usual);
    const named = join(data, 'Traboule (@k.haddad ville.example)');
    expect(await beside([usual])).toBe(named);
    expect(await beside([join(usual, 'inside')])).toBe(named);
    expect(await beside([usual, named])).toBe(`${named} (2)`);
  });
});
