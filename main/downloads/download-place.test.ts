import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { FileName } from '../../preload/contract/names.ts';
import { downloadFolder, nameToKeep } from './download-place.ts';

it('downloads go where it was decided, else to the system’s own folder', () => {
  expect(downloadFolder({ downloadsFolder: null }, '/home/ana', '/home/ana/Téléchargements')).toBe(
    '/home/ana/Téléchargements',
  );
  expect(downloadFolder({ downloadsFolder: '~/Reçus' }, '/home/ana', '/x')).toBe('/home/ana/Reçus');
  expect(downloadFolder({ downloadsFolder: '/srv/reçus' }, '/home/ana', '/x')).toBe('/srv/reçus');
});

it.each([
  ['plan.pdf', 'plan.pdf'],
  ['../../.bashrc', '_.._.bashrc'],
  [String.raw`..\..\a.exe`, String.raw`_.._a.exe`],
  ['con.txt', '_con.txt'],
  ['nul', '_nul'],
  ['nul .txt', '_nul .txt'],
  ['COM¹.log', '_COM¹.log'],
  ['console.log', 'console.log'],
  ['a\u202Efdp.exe', 'a_fdp.exe'],
  ['bilan. ', 'bilan'],
  ['...', 'Fichier'],
  ['', 'Fichier'],
  [`${'e'.repeat(199)}. Compte rendu`, 'e'.repeat(199)],
  [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(98)}.pdf`],
])('%s is kept as %s', (proposed, kept) => {
  expect(nameToKeep(proposed, 'Fichier')).toBe(kept);
});

it('whatever is proposed, the name is one that every system takes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 400 })), (proposed) => {
      expect(FileName.safeParse(nameToKeep(proposed, 'Fichier')).success).toBe(true);
    }),
  );
});
