import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suggestedPlace } from './suggested-place.ts';
import { understand } from './written.ts';

it('the folders’ place is the brand’s in the home unless an administrator names another', () => {
  expect(suggestedPlace(null, '/home/ana', 'ENSEMBLE')).toBe(join('/home/ana', 'ENSEMBLE'));
  expect(suggestedPlace('~/Salons', '/home/ana', 'ENSEMBLE')).toBe(join('/home/ana', 'Salons'));
  expect(suggestedPlace('/srv/salons', '/home/ana', 'ENSEMBLE')).toBe('/srv/salons');
});

it.each([
  ['~/Salons', true],
  ['/srv/salons', true],
  [String.raw`D:\Salons`, true],
  [String.raw`\\serveur\salons`, true],
  ['Salons', false],
  ['', false],
  ['~root/Salons', false],
])('a policy may name %s: %s', (folderPlace, isRight) => {
  expect(understand({ folderPlace }, 'machine').complaints.length === 0).toBe(isRight);
});
