import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkBrands } from '../../build/brand/checked.ts';
import { BrandView } from '../../preload/contract/app.ts';
import { brandFolder } from './choose.ts';
import { contrast } from './contrast.ts';
import { brandJsonSchema } from './json-schema.ts';
import { BrandError, brandView, loadBrand } from './load.ts';

const brands = join(import.meta.dirname, '../../assets/brands');
const packs = readdirSync(brands);
/** Colours that are no brand's to change, per theme, that text of the brand's colours stands on or beside. */
const FIXED = {
  light: { paper: '#fbf8f3', surface: '#ffffff', ink: '#26211b', railOn: '#ffffff' },
  dark: { paper: '#191613', surface: '#211d1a', ink: '#f2ece4', railOn: '#ffffff' },
} as const;

describe.each(packs)('the pack %s', (id) => {
  const pack = loadBrand(join(brands, id));

  it('is right and has the name of its folder', () => {
    expect(pack.brand.id).toBe(id);
    expect(BrandView.parse(brandView(pack)).logo).toContain('base64');
  });

  it.each(['light', 'dark'] as const)('is readable in the %s theme (WCAG AA)', (theme) => {
    const c = pack.brand.colours[theme];
    const f = FIXED[theme];
    const pairs: [string, string][] = [
      [c.accentInk, c.accent],
      [c.accentText, c.accentSoft],
      [c.accentText, f.paper],
      [c.accentText, f.surface],
      [f.ink, c.accentSoft],
      [f.ink, c.mine],
      [c.railInk, c.rail],
      [f.railOn, c.railOnBackground],
    ];
    expect(pairs.filter(([text, background]) => contrast(text, background) < 4.5)).toEqual([]);
    expect(contrast(c.accent, f.surface)).toBeGreaterThanOrEqual(3);
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

  it('that is no JSON, is not there, or has an active logo is refused', () => {
    change((text) => text.slice(5));
    expect(() => loadBrand(folder)).toThrow(/is not JSON/);
    expect(() => loadBrand(join(folder, 'nowhere'))).toThrow(/can't be read/);
    cpSync(join(brands, 'traboule'), folder, { recursive: true });
    writeFileSync(join(folder, 'logo.svg'), '<svg onload="alert(1)"/>');
    expect(() => loadBrand(folder)).toThrow(/plain SVG/);
  });

  it('with a logo that is too large, or an icon that is missing or none, is refused', () => {
    const [logo, icon] = [join(folder, 'logo.svg'), join(folder, 'icon.png')];
    const right = readFileSync(logo, 'utf8');
    writeFileSync(logo, `${right}<!--${'x'.repeat(80_000)}-->`);
    expect(() => loadBrand(folder)).toThrow(/logo\.svg is too large/);
    writeFileSync(logo, right);
    const png = readFileSync(icon);
    for (const wrong of [png.subarray(0, 20), Buffer.from('<svg/>'), Buffer.from(png.fill(0, 16, 19))]) {
      writeFileSync(icon, wrong);
      expect(() => loadBrand(folder)).toThrow(/icon\.png is not a PNG/);
    }
    rmSync(icon);
    expect(() => loadBrand(folder)).toThrow(/icon\.png can't be read/);
  });

  it('stops the build when it is wrong, whichever pack it is', () => {
    const other = mkdtempSync(join(tmpdir(), 'packs-'));
    cpSync(brands, other, { recursive: true });
    expect(() => checkBrands(other)).not.toThrow();
    const file = join(other, 'lyon-ensemble', 'brand.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"accent": "#a3123a",', ''));
    expect(() => checkBrands(other)).toThrow(/lyon-ensemble.*[^]*colours\.light\.accent/);
    rmSync(other, { recursive: true });
  });

  it('is found by name, or by its folder when the program runs from its sources', () => {
    expect(brandFolder(undefined, brands, true)).toBe(join(brands, 'traboule'));
    expect(brandFolder('lyon-ensemble', brands, true)).toBe(join(brands, 'lyon-ensemble'));
    expect(brandFolder(folder, brands, false)).toBe(folder);
    expect(() => brandFolder(folder, brands, true)).toThrow(BrandError);
    expect(() => brandFolder('../../etc', brands, true)).toThrow(BrandError);
  });
});
