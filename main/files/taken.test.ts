import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_FILES } from './files-state.ts';
import { meetsTaken, standingOf, takenBy } from './taken.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'taken-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('a folder of the server', () => {
  const taken = [
    { name: 'Quais', fileId: '7', path: '/Salons/Quais' },
    { name: 'Éclairage', fileId: '8', path: '/Projets/E\u0301clairage' },
    { name: 'Not found yet', fileId: '9', path: null },
  ];
  it.each([
    ['/Salons/Quais', '7', { is: 'kept', folder: 'Quais' }],
    ['/Moved', '9', { is: 'kept', folder: 'Not found yet' }],
    ['/Salons/Quais/Plans', '1', { is: 'inside', folder: 'Quais' }],
    ['/Projets/\u00c9clairage/Plans', '1', { is: 'inside', folder: 'Éclairage' }],
    ['/Salons', '1', { is: 'around', folder: 'Quais' }],
    ['/Salons/Quais sud', '1', { is: 'free' }],
    ['/Salons/Qua', '1', { is: 'free' }],
  ])('%s with the number %s stands so to those that are kept', (path, fileId, standing) => {
    expect(standingOf({ path, fileId }, taken)).toEqual(standing);
  });
});

describe('a folder of this PC', () => {
  const state = () => ({
    ...EMPTY_FILES,
    place: join(root, 'Traboule'),
    pairs: {
      other: {
        localName: 'Projets',
        localPath: join(root, 'Projets'),
        remotePath: null,
        settledCopies: [],
        unwanted: [],
      },
    },
  });
  const meets = (path: string) =>
    meetsTaken(
      join(root, path),
      takenBy(state(), new Set(), (_, known) => known.localPath ?? ''),
    );

  it('meets one that is kept, the place around them, and what is in that of the salons', async () => {
    await mkdir(join(root, 'Traboule'));
    expect(
      await Promise.all(['Projets', 'Projets/2026', 'Traboule', '', 'Traboule/Salons/Quais'].map(meets)),
    ).toEqual(Array.from({ length: 5 }, () => true));
    expect(await Promise.all(['Projets 2', 'Traboule/Dossiers/Notes', 'Proj'].map(meets))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is compared by name with one that can’t be reached now', async () => {
    await symlink(join(root, 'ring'), join(root, 'ring'));
    const unreached = { local: [join(root, 'ring', 'Projets')], place: join(root, 'ring') };
    expect(await meetsTaken(join(root, 'Plans'), unreached)).toBe(false);
    expect(await meetsTaken(root, unreached)).toBe(true);
    expect(await meetsTaken(join(root, 'ring', 'Projets', '2026'), unreached)).toBe(true);
    expect(await meetsTaken(join(root, 'ring', 'Plans'), { ...unreached, place: null })).toBe(false);
  });

  it('is not hidden by a link that leads there', async () => {
    await mkdir(join(root, 'Projets', '2026'), { recursive: true });
    await symlink(join(root, 'Projets'), join(root, 'link'));
    expect(await meets('link/2026/New')).toBe(true);
  });
});
