import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contrast } from './contrast.ts';
import { PAIRS } from './contrast-pairs.ts';
import { BRAND_TOKENS } from './theme.ts';

const ROOT = join(import.meta.dirname, '../..');
const css = await readFile(join(import.meta.dirname, 'tokens.css'), 'utf8');
const light = tokensOf(/:root \{([^}]*)\}/.exec(css)?.[1] ?? '');
const dark = { ...light, ...tokensOf(/:root\[data-theme=["']dark["']\] \{([^}]*)\}/.exec(css)?.[1] ?? '') };
const packs: [name: string, tokens: Record<string, string>][] = [
  ['no brand, light', light],
  ['no brand, dark', dark],
];
for await (const file of glob('assets/brands/*/brand.json', { cwd: ROOT })) {
  const { id, colours } = JSON.parse(await readFile(join(ROOT, file), 'utf8'));
  packs.push([`${id}, light`, { ...light, ...branded(colours.light) }]);
  packs.push([`${id}, dark`, { ...dark, ...branded(colours.dark) }]);
}

describe('contrast', () => {
  it('is measured as WCAG says', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
    expect(contrast('#123456', '#123456')).toBe(1);
  });

  it.each(packs)('is enough for every pair in use: %s', (_, tokens) => {
    const faint = PAIRS.flatMap(({ front, back, least }) => {
      const [a, b] = [tokens[front], tokens[back]];
      if (a === undefined || b === undefined) return [`${front} or ${back} is no token`];
      const ratio = contrast(a, b);
      return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}, not ${least}`] : [];
    });
    expect(faint).toEqual([]);
  });

  it('is measured for the six packs there are and both themes', () => {
    expect(packs.length).toBeGreaterThanOrEqual(14);
  });

  it('leaves no colour token out of both lists', () => {
    const measured = new Set(PAIRS.flatMap(({ front, back }) => [front, back]));
    /** Lines carry no meaning of their own. */
    const drawn = new Set(['--line']);
    const unmeasured = Object.keys(light).filter((token) => !measured.has(token) && !drawn.has(token));
    expect(unmeasured).toEqual([]);
  });
});

function tokensOf(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]),
  );
}

function branded(colours: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(BRAND_TOKENS.map(([name, token]) => [token, colours[name] ?? '']));
}
