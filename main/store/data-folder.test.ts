import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';

const ENSEMBLE = { id: 'lyon-ensemble', productName: 'ENSEMBLE' };
let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'data-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

const profile = (name: string, file = 'profile.json'): void => {
  mkdirSync(join(parent, name), { recursive: true });
  writeFileSync(join(parent, name, file), '{}');
};

describe('the data folder of a brand', () => {
  it('bears its id, whatever the product is called', () => {
    expect(dataFolder(parent, ENSEMBLE)).toBe(join(parent, 'lyon-ensemble'));
    profile('lyon-ensemble');
    expect(dataFolder(parent, { ...ENSEMBLE, productName: 'Ensemble 2' })).toBe(
      join(parent, 'lyon-ensemble'),
    );
    expect(readdirSync(parent)).toEqual(['lyon-ensemble']);
  });

  it.each(['profile.json', 'settings.json'])(
    'is the older one where there is one (%s), also after a renaming',
    (file) => {
      profile('ENSEMBLE', file);
      expect(dataFolder(parent, ENSEMBLE)).toBe(join(parent, 'ENSEMBLE'));
      expect(dataFolder(parent, { ...ENSEMBLE, productName: 'Ensemble 2' })).toBe(join(parent, 'ENSEMBLE'));
      expect(dataFolder(parent, { ...ENSEMBLE, productName: 'Autre' })).toBe(join(parent, 'ENSEMBLE'));
    },
  );

  it('is not a folder of somebody else that has the product’s name', () => {
    mkdirSync(join(parent, 'ENSEMBLE'));
    expect(dataFolder(parent, ENSEMBLE)).toBe(join(parent, 'lyon-ensemble'));
  });

  it('is its own when both are there', () => {
    profile('ENSEMBLE');
    profile('lyon-ensemble');
    expect(dataFolder(parent, ENSEMBLE)).toBe(join(parent, 'lyon-ensemble'));
  });

  it.each(['no JSON', '{"folder":"../elsewhere"}', '{"folder":".."}', '{"folder":""}', '[]'])(
    'never leads out of its parent: %s',
    (text) => {
      mkdirSync(join(parent, 'lyon-ensemble'));
      writeFileSync(join(parent, 'lyon-ensemble', 'elsewhere.json'), text);
      expect(dataFolder(parent, ENSEMBLE)).toBe(join(parent, 'lyon-ensemble'));
    },
  );
});
