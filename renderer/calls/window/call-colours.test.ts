import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Brand } from '../../../main/brand/schema.ts';
import { contrast } from '../../ui/contrast.ts';
import { callColours } from './call-colours.ts';

/** The colours that the call window has for itself, by name. */
const css = ['call-window.css', 'panes.css']
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  .join('');
const OWN = new Map(
  [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
);

const packs = globSync('assets/brands/*/brand.json').map((file) =>
  Brand.parse(JSON.parse(readFileSync(file, 'utf8'))),
);
const lookups: [name: string, own: ReadonlyMap<string, string>][] = [
  ['no brand', new Map()],
  ...packs.map(({ id, colours }): [string, ReadonlyMap<string, string>] => [id, callColours(colours)]),
];

describe.each(lookups)('a call of %s', (_, branded) => {
  const colour = (name: string): string => {
    const value = name.startsWith('#') ? name : (branded.get(`--${name}`) ?? OWN.get(name));
    if (value === undefined) throw new Error(`no colour ${name}`);
    return value;
  };

  test.each([
    ['call-ink', 'call-paper'],
    ['call-ink', 'call-tile'],
    ['call-ink', 'call-control'],
    ['call-ink', 'call-control-hover'],
    ['call-ink-2', 'call-paper'],
    ['call-ink-2', 'call-tile'],
    ['call-paper', 'call-ink'],
    ['ink', 'surface'],
    ['ink-3', 'surface'],
    ['on-ok', 'ok'],
  ])('%s reads well on %s', (ink, paper) => {
    expect(contrast(colour(ink), colour(paper))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['#ffffff', 'call-leave'],
    ['#ffffff', 'call-leave-hover'],
    ['call-paper-focus', 'surface'],
  ])('the sign in %s stands out from %s', (sign, paper) => {
    expect(contrast(colour(sign), colour(paper))).toBeGreaterThanOrEqual(3);
  });
});

test('every pack of the sources was looked at', () => {
  expect(packs.length).toBeGreaterThanOrEqual(6);
});
