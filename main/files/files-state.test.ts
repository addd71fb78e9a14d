import { expect, test } from 'vitest';
import { FilesState } from './files-state.ts';
import { keptFolders, withChosen, withFound, withoutChosen } from './kept-folders.ts';

/** As the program wrote it before a person could choose other folders. */
const OLD = {
  place: '/home/nadia/Traboule',
  owner: { server: 'https://files.example', userId: 'nadia' },
  paused: false,
  salons: [
    {
      salonId: '!quais:m.example',
      name: 'Quais',
      folder: { server: 'https://files.example/', fileId: '7', name: 'Quais', access: 'shares' },
    },
  ],
  pairs: {
    '55fb13c5d2b9ea0e3ba4ab5b': { localName: 'Quais', remotePath: '/Salons/Quais', settledCopies: [] },
  },
};
const PROJECTS = {
  folderId: 'folder:5f0c7c3e-6d0b-4e57-9d0a-0d8f2c1b7a10',
  owner: { server: 'https://files.example', userId: 'nadia' },
  fileId: '12',
  name: 'Projets',
};

test('what an older program kept is taken up with all its folders, and none that somebody chose', () => {
  expect(FilesState.parse(OLD)).toMatchObject({
    chosen: [],
    pausedUntil: null,
    pairs: { '55fb13c5d2b9ea0e3ba4ab5b': { localName: 'Quais', localPath: null, unwanted: [] } },
  });
});

test('a chosen folder comes after the salons, is another’s no more than theirs, and goes without a trace', () => {
  const old = FilesState.parse(OLD);
  const state = FilesState.parse({ ...old, ...withChosen(old, PROJECTS, '/data/Projets', '/Projets') });
  const names = (of: FilesState) => keptFolders(of).map(({ name }) => name);
  expect(names(state)).toEqual(['Quais', 'Projets']);
  const { gone, ...found } = withFound(
    state,
    new Map([
      ['12', '/Archives/Travaux'],
      ['7', null],
    ]),
  );
  expect(names({ ...state, ...found })).toEqual(['Quais', 'Travaux']);
  expect([gone.length, found.pairs['5f0c7c3e-6d0b-4e57-9d0a-0d8f2c1b7a10']?.remotePath]).toEqual([
    0,
    '/Archives/Travaux',
  ]);
  expect(names({ ...state, owner: { server: 'https://files.example', userId: 'karim' } })).toEqual(['Quais']);
  expect(names({ ...state, owner: null })).toEqual(['Quais']);
  expect({ ...state, ...withoutChosen(state, PROJECTS.folderId) }).toEqual(old);
});

test('the same folder chosen twice is two pairs, so that the second takes up nothing of the first', () => {
  const state = FilesState.parse(OLD);
  const again = { ...PROJECTS, folderId: 'folder:9b7e1d52-3c1f-4b0e-8a55-6f2d4c9e0b21' };
  const pairs = [PROJECTS, again].map(
    (each) => Object.keys(withChosen(state, each, '/x', '/Projets').pairs)[1],
  );
  expect(new Set(pairs).size).toBe(2);
});
