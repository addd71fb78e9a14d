import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkPacks } from './check/check.ts';
import { PACKS } from './chosen.ts';
import { brandCommand } from './cli.ts';
import { newBrand, usualAnswers, writePack } from './new-pack.ts';
import { wordsFor } from './words.ts';

let packs: string;
beforeEach(() => {
  packs = mkdtempSync(join(tmpdir(), 'packs-'));
});
afterEach(() => rmSync(packs, { recursive: true }));

it('writes a pack that is right as it stands, beside those there are', async () => {
  cpSync(PACKS, packs, { recursive: true });
  const answers = { ...usualAnswers('grand-chalon'), name: 'Mon bureau', accent: '#ffd500' };
  await writePack(packs, newBrand('grand-chalon', answers));
  const { packs: looked, findings } = await checkPacks(packs, null);
  expect(findings).toEqual([]);
  expect(looked).toContain('grand-chalon');
  await expect(writePack(packs, newBrand('grand-chalon', answers))).rejects.toThrow(/EEXIST/);
});

/** Runs the command as on a French machine; `typed` are a person's answers, none where nobody is there. */
async function run(args: readonly string[], typed?: string[]) {
  const said: string[] = [];
  const code = await brandCommand([...args, '--packs', packs], {
    words: wordsFor({ LC_ALL: 'fr_FR.UTF-8' }),
    say: (line) => void said.push(line),
    complain: (line) => void said.push(line),
    ask: typed ? async () => typed.shift() ?? '' : null,
  });
  return { code, said: said.join('\n') };
}
const written = (id: string): unknown => JSON.parse(readFileSync(join(packs, id, 'brand.json'), 'utf8'));

it('is made by a script: switches, codes, and words in the language of the system', async () => {
  const made = await run(['new', 'grand-chalon', '--name', 'Mon bureau', '--accent', '#aa0044']);
  expect(made.code).toBe(0);
  expect(written('grand-chalon')).toMatchObject({ productName: 'Mon bureau', scheme: 'grandchalon' });
  expect(await run(['check', 'grand-chalon'])).toEqual({ code: 0, said: 'Tout est juste : grand-chalon.' });
});

it('has the usual sentences in each language, and those of somebody in both until they are translated', () => {
  const { tagline, hosting } = newBrand('other', { ...usualAnswers('other'), tagline: 'Tout le canton.' });
  expect(tagline).toEqual({ fr: 'Tout le canton.', en: 'Tout le canton.' });
  expect(hosting).toEqual({
    fr: 'Sur les serveurs de votre organisation.',
    en: 'On your organisation’s servers.',
  });
});

it.each([
  ['a pack that is there', ['new', 'there'], /existe déjà/],
  ['a name that is none', ['new', 'Grand'], /petites lettres/],
  ['HTML in the name of the program', ['new', 'other', '--name', '<b>'], /Nom du programme/],
  ['a colour that is none', ['new', 'other', '--accent', 'red'], /#8a3320/],
  ['a scheme that is everybody’s', ['new', 'other', '--scheme', 'https'], /^Schéma.*à d’autres programmes/],
  ['a pack that is not there', ['check', 'nobody'], /there/],
  ['no command', ['nonsense'], /npm run brand/],
  ['a switch that there is not', ['check', '--nope'], /npm run brand/],
])('refuses %s, and says why', async (_, args, why) => {
  await writePack(packs, newBrand('there', usualAnswers('there')));
  expect(await run(args)).toEqual({ code: 2, said: expect.stringMatching(why) });
});

it('tells how it is used when asked', async () => {
  expect(await run(['--help'])).toEqual({ code: 0, said: expect.stringMatching(/npm run brand -- new/) });
});

it('asks what no switch says, again until the answer can be', async () => {
  const typed = [
    '<b>',
    'Mon bureau',
    'Grand Chalon',
    '',
    '',
    'mailto ?',
    'monbureau',
    '',
    'rouge',
    '#0a6270',
  ];
  const { code, said } = await run(['new', 'grand-chalon'], typed);
  expect(code).toBe(0);
  expect(said.split('\n')).toHaveLength(4);
  expect(written('grand-chalon')).toMatchObject({
    productName: 'Mon bureau',
    organisation: { fr: 'Grand Chalon' },
    scheme: 'monbureau',
    colours: { light: { accent: '#0a6270' } },
  });
});
