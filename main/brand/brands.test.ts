import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPack } from '../../build/brand/make.ts';
import { BrandView } from '../../preload/contract/brand.ts';
import { brandInUse } from './choose.ts';
import { brandJsonSchema } from './json-schema.ts';
import { BrandError, loadBrand } from './load.ts';
import { brandView } from './view.ts';

const brands = join(import.meta.dirname, '../../assets/brands');
const packs = readdirSync(brands);
describe.each(packs)('the pack %s', (id) => {
  const pack = loadBrand(join(brands, id));

  it('is right and has the name of its folder', () => {
    expect(pack.brand.id).toBe(id);
    expect(BrandView.parse(brandView(pack)).logo).toContain('svg');
  });
});

describe('the schema for editors', () => {
  it('is the one that packs are checked with (else: node build/brand/schema.ts)', () => {
    const file = join(import.meta.dirname, '../../build/brand/brand.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(brandJsonSchema()));
  });
});

describe('a brand pack', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'brand-'));
    cpSync(join(brands, 'traboule'), folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const change = (edit: (text: string) => string) => {
    const file = join(folder, 'brand.json');
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
  };

  it('with a missing colour is refused, naming it', () => {
    change((text) => text.replace('"accentSoft": "#3d271f",', ''));
    expect(() => loadBrand(folder)).toThrow(/colours\.dark\.accentSoft/);
  });

  const deciding = (policy: string) =>
    change((text) => text.replace('"locked": []', `"locked": [], "policy": ${policy}`));

  it('decides of what administrators decide, with their keys', () => {
    deciding('{ "spaceLimit": 20, "allowedServers": ["*.example"] }');
    const { policy } = loadBrand(folder).brand.settings;
    expect(policy).toEqual({ spaceLimit: 20, allowedServers: ['*.example'] });
  });

  it.each([
    ['with a value that is none', '{ "spaceLimit": "20" }', /settings\.policy\.spaceLimit/],
    ['of a key that nobody knows', '{ "spaceLimt": 20 }', /spaceLimt/],
    ['of what a person sets', '{ "theme": "dark" }', /theme/],
    ['of what has a field of its own', '{ "callLobby": true }', /callLobby/],
  ])('that decides %s is refused, naming it', (_, policy, named) => {
    deciding(policy);
    expect(() => loadBrand(folder)).toThrow(named);
  });

  it('with a name or a password in an address is refused', () => {
    change((text) => text.replace('"help": null', '"help": "https://nadia:secret@aide.example/"'));
    expect(() => loadBrand(folder)).toThrow(/links\.help/);
  });

  it('that is no JSON, is not there, or has an active logo is refused', () => {
    change((text) => text.slice(5));
    expect(() => loadBrand(folder)).toThrow(/is not JSON/);
    expect(() => loadBrand(join(folder, 'nowhere'))).toThrow(/can't be read/);
    cpSync(join(brands, 'traboule'), folder, { recursive: true });
    writeFileSync(join(folder, 'logo.svg'), '<svg onload="alert(1)"/>');
    expect(() => loadBrand(folder)).toThrow(/plain SVG/);
  });

  it('with a logo that is too large is refused', () => {
    const logo = join(folder, 'logo.svg');
    writeFileSync(logo, `${readFileSync(logo, 'utf8')}<!--${'x'.repeat(100_000)}-->`);
    expect(() => loadBrand(folder)).toThrow(/logo\.svg is too large/);
  });

  it('stops the build that is for it when it is wrong, or when another name is its own', () => {
    const packs = mkdtempSync(join(tmpdir(), 'packs-'));
    cpSync(brands, packs, { recursive: true });
    cpSync(join(brands, 'tno'), join(packs, 'renamed'), { recursive: true });
    const file = join(packs, 'lyon-ensemble', 'brand.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"accent": "#a3123a",', ''));
    expect(() => loadPack('lyon-ensemble', packs)).toThrow(/lyon-ensemble.*[^]*colours\.light\.accent/);
    expect(() => loadPack('renamed', packs)).toThrow(/calls itself tno/);
    expect(() => loadPack('../../etc', packs)).toThrow(BrandError);
    expect(loadPack('tno', packs).brand.id).toBe('tno');
    rmSync(packs, { recursive: true });
  });

  it('is the one that was built in; only a program run from its sources takes another', () => {
    const idOf = (chosen: string | undefined, isPackaged: boolean) =>
      brandInUse(chosen, folder, isPackaged).brand.id;
    expect(idOf(undefined, false)).toBe('traboule');
    expect(idOf('traboule', false)).toBe('traboule');
    expect(idOf(join(brands, 'tno'), false)).toBe('tno');
    expect(idOf(join(brands, 'tno'), true)).toBe('traboule');
    expect(() => idOf('tno', false)).toThrow(/was built for traboule.*TRABOULE_BRAND=tno/);
  });
});
