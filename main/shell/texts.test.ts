import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };
import { createTexts, languageOf } from './texts.ts';

const names = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted((a, b) => a.localeCompare(b));

describe("main's words", () => {
  it('are the same in French and English, with the same values in them', () => {
    expect(Object.keys(en)).toEqual(Object.keys(fr));
    expect(Object.values(fr).filter((text) => text.trim() === '')).toEqual([]);
    expect(Object.values(en).map(names)).toEqual(Object.values(fr).map(names));
  });

  it('are all used', () => {
    const folder = import.meta.dirname;
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const files = [...sources.map((name) => join(folder, name)), join(folder, '../index.ts')];
    const code = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(Object.keys(fr).filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });

  it('carry values and speak the chosen language', () => {
    const texts = createTexts(() => 'fr', { product: 'ENSEMBLE' });
    expect(texts('tray.tooltipUnread', { count: 3 })).toBe('ENSEMBLE, messages non lus : 3');
    expect(languageOf('system', 'en-GB')).toBe('en');
    expect(languageOf('system', 'de')).toBe('fr');
    expect(languageOf('en', 'fr-FR')).toBe('en');
  });
});
