import { describe, expect, it } from 'vitest';
import { familyOf, fileLabel } from './file-kind.ts';
import { initials, tintOf } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Nadia Benali', 'NB'],
    ['Jean-Baptiste Delacroix', 'JD'],
    ['Élodie', 'É'],
    ['', '?'],
    ['🎉🎉', '?'],
    ['李 小龍', '李小'],
    ['Sophie Laurent (Atelier Rhône)', 'SL'],
  ])('of the person %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it.each([
    ['Accueil des nouveaux', 'AN'],
    ['Crèches du 3ᵉ', 'C3'],
    ['Piscine, suivi de chantier', 'PS'],
    ['L’atelier', 'A'],
  ])('of the salon %s are %s', (name, letters) => {
    expect(initials(name, true)).toBe(letters);
  });
});

describe('the colour of a picture', () => {
  it('is one of six, always the same for a seed', () => {
    for (const seed of ['', '@a:b', '!x:y', 'é'.repeat(500)]) {
      expect(tintOf(seed)).toBe(tintOf(seed));
      expect([1, 2, 3, 4, 5, 6]).toContain(tintOf(seed));
    }
  });
});

describe('the kind of a file', () => {
  it.each([
    ['Budget.XLSX', 'sheet', 'XLS'],
    ['plan.v7.pdf', 'pdf', 'PDF'],
    ['photo.jpeg', 'image', 'JPG'],
    ['.htaccess', 'other', '…'],
    ['sans fin', 'other', '…'],
    ['long.sqlite3', 'other', '…'],
  ])('of %s is %s', (name, family, label) => {
    expect(familyOf(name)).toBe(family);
    expect(fileLabel(name)).toBe(label);
  });
});
