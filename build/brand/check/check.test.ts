import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PACKS } from '../chosen.ts';
import { findingLine } from '../say.ts';
import { filled, wordsFor } from '../words.ts';
import { checkPacks } from './check.ts';

let packs: string;
beforeEach(() => {
  packs = mkdtempSync(join(tmpdir(), 'packs-'));
  for (const id of ['tno', 'lyon-ensemble']) cpSync(join(PACKS, id), join(packs, id), { recursive: true });
});
afterEach(() => rmSync(packs, { recursive: true }));

/** Changes a file of the pack `tno` and answers what is found in that pack. */
async function after(edit: (text: string) => string, file = 'brand.json') {
  const path = join(packs, 'tno', file);
  const before = readFileSync(path, 'utf8');
  const text = edit(before);
  if (text === before) throw new Error('nothing was changed');
  writeFileSync(path, text);
  const { findings } = await checkPacks(packs, 'tno');
  return findings.map(({ file: where, field, code, about }) => ({ file: where, field, code, about }));
}
const swap = (from: string, to: string) => (text: string) => text.replace(from, to);
const found = (field: string, code: string) => expect.objectContaining({ field, code });

describe('the packs of the sources', () => {
  it('are right, all of them', async () => {
    const { packs: looked, findings } = await checkPacks(PACKS, null);
    expect(findings).toEqual([]);
    expect(looked.length).toBeGreaterThanOrEqual(6);
  });
});

describe('a pack is told what to mend in', () => {
  it.each([
    ['HTML in a name', swap('"productName": "TNO"', '"productName": "<b>TNO</b>"'), 'productName', 'markup'],
    [
      'HTML in a text',
      swap('"fr": "Le bureau', '"fr": "<img src=x onerror=alert(1)>Le bureau'),
      'tagline.fr',
      'markup',
    ],
    [
      'a text that turns the direction of writing',
      swap('"fr": "Le bureau', '"fr": "\\u202eLe bureau'),
      'tagline.fr',
      'wrong',
    ],
    ['a missing colour', swap('"accentSoft": "#eae5fa",', ''), 'colours.light.accentSoft', 'missing'],
    ['a colour that is none', swap('"#5036b0"', '"violet"'), 'colours.light.accent', 'wrong'],
    ['a name that is no field', swap('"hosting"', '"hostng"'), 'hostng', 'unknown'],
    ['a link without TLS', swap('"help": null', '"help": "http://aide.tno.example/"'), 'links.help', 'wrong'],
    ['a link that is code', swap('"legal": null', '"legal": "javascript:alert(1)"'), 'links.legal', 'wrong'],
    [
      'a picture that is not in the set',
      swap('"icon": "mail"', '"icon": "letter"'),
      'services.0.icon',
      'wrong',
    ],
    ['a service named twice', swap('"id": "formation"', '"id": "messagerie"'), 'services.1.id', 'twice'],
    ['an id that is not its folder’s', swap('"id": "tno"', '"id": "tn"'), 'id', 'not-its-name'],
    [
      'a faint colour',
      swap('"accentText": "#46309e"', '"accentText": "#a99fd6"'),
      'colours.light.accentText',
      'contrast',
    ],
    [
      'a faint control of calls',
      swap('"railOnBackground": "#332a5e"', '"railOnBackground": "#8f80c0"'),
      'colours.dark.railOnBackground',
      'contrast',
    ],
    [
      'a word wider than the rail',
      swap('"fr": "Fichiers"', '"fr": "Bibliothèques"'),
      'modules.files.fr',
      'too-wide',
    ],
    [
      'too many words for their place',
      swap('"fr": "Fichiers"', '"fr": "Tous les fichiers du salon"'),
      'modules.files.fr',
      'too-many-lines',
    ],
    ['a scheme of others', swap('"scheme": "tno"', '"scheme": "mailto"'), 'scheme', 'taken'],
    ['a scheme of another pack', swap('"scheme": "tno"', '"scheme": "ensemble"'), 'scheme', 'twice'],
    [
      'an application id of another pack',
      swap('"fr.traboule.tno"', '"fr.traboule.ensemble"'),
      'applicationId',
      'twice',
    ],
    [
      'a name of another pack, in other letters',
      swap('"productName": "TNO"', '"productName": "Ensemble"'),
      'productName',
      'twice',
    ],
    ['what is no JSON', (text: string) => text.slice(3), '', 'not-json'],
  ])('%s', async (_, edit, field, code) => {
    expect(await after(edit)).toContainEqual(found(field, code));
  });

  it.each([
    ['a script in the mark', swap('<rect', '<script>alert(1)</script><rect'), 'logo.svg', 'drawing'],
    ['a handler in the mark', swap('<rect', '<rect onload="alert(1)"'), 'logo.svg', 'drawing'],
    [
      'a picture from elsewhere',
      swap('<rect', '<image href="https://evil.example/x.png"/><rect'),
      'logo.svg',
      'drawing',
    ],
    ['a mark that is no square', swap('width="64"', 'width="128"'), 'logo.svg', 'not-square'],
    ['a mark that is no whole SVG', (text: string) => text.slice(0, -8), 'logo.svg', 'drawing'],
    [
      'a colour that no pack has',
      swap('fill="accent"', 'fill="accentStrong"'),
      'ornament.svg',
      'colour-name',
    ],
    [
      'a drawing that is too large',
      (text: string) => `${text}<!--${'x'.repeat(100_000)}-->`,
      'ornament.svg',
      'drawing-size',
    ],
  ])('%s', async (_, edit, file, code) => {
    expect(await after(edit, file)).toContainEqual(expect.objectContaining({ file, code }));
  });

  it('a value that breaks two rules at once, and is told of it once', async () => {
    const findings = await after(swap('"legal": null', '"legal": "javascript:alert(1)"'));
    expect(findings.map(({ field }) => field)).toEqual(['links.legal']);
  });

  it('a drawing that is not there', async () => {
    renameSync(join(packs, 'tno', 'ornament.svg'), join(packs, 'tno', 'ornament.txt'));
    const { findings } = await checkPacks(packs, null);
    expect(findings).toEqual([
      { pack: 'tno', file: 'ornament.svg', field: '', code: 'unreadable', about: [] },
    ]);
  });
});

it('says each in French and English, with the field and what to do', async () => {
  await after(swap('"accentSoft": "#eae5fa",', ''));
  const { findings } = await checkPacks(packs, 'tno');
  const lines = (language: string) => findings.map((each) => findingLine(each, wordsFor({ LANG: language })));
  expect(lines('fr_FR.UTF-8')).toEqual([
    'tno/brand.json colours.light.accentSoft: manque. Écrivez une couleur comme #8a3320.',
  ]);
  expect(lines('en_GB.UTF-8')).toEqual([
    'tno/brand.json colours.light.accentSoft: is missing. Write a colour as #8a3320.',
  ]);
});

it('leaves no place unfilled in any sentence', () => {
  for (const language of ['fr', 'en']) {
    const { findings, remedies } = wordsFor({ LANG: language });
    for (const text of Object.values(findings)) {
      const line = filled(text.replace('{remedy}', ''), 'A', 'B', 'C', 'D');
      expect(line).not.toMatch(/[{}]|undefined/);
    }
    expect(remedies.length).toBeGreaterThan(10);
  }
});
