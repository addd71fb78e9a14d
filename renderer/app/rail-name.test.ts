import { expect, test } from 'vitest';
import { railName } from './rail-name.ts';

test.each([
  ['PARTAGEONS', 'Partageons'],
  ['RÉUNIONS', 'Réunions'],
  ['Fichiers', 'Fichiers'],
  ['Mes Espaces', 'Mes Espaces'],
  ['TNO', 'TNO'],
])('%s stands as %s', (name, shown) => {
  expect(railName(name, 'fr')).toBe(shown);
});
