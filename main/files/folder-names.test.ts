import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderName, freeName } from './folder-names.ts';

describe('a folder name', () => {
  it.each([
    ['Quais de Saône', 'Quais de Saône'],
    ['Plan : phase 1/2', 'Plan phase 1 2'],
    ['...', 'Salon'],
    ['', 'Salon'],
    ['Budget 2026.', 'Budget 2026'],
    ['con', 'con -'],
    [' ~$secret', '$secret'],
    ['a\u202Eb\u0000c', 'a b c'],
    ['Re\u0301union', 'Réunion'],
    ['École 🏫', 'École 🏫'],
  ])('of "%s" is "%s"', (salon, folder) => {
    expect(folderName(salon, 'Salon')).toBe(folder);
  });

  it('can be held by every system, whatever the salon is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (salon) => {
        const name = folderName(salon, 'Salon');
        expect(name).not.toMatch(/[<>:"/\\|?*]|^[.\s]|[.\s]$|^$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
        expect(folderName(name, 'Salon')).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it('gets the first free number', async () => {
    const taken = new Set(['quais', 'quais (2)']);
    const isTaken = (name: string) => taken.has(name.toLowerCase());
    expect(await freeName('Quais', isTaken)).toBe('Quais (3)');
    expect(await freeName('Berges', isTaken)).toBe('Berges');
  });
});
