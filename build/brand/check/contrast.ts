import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrandColours } from '../../../preload/contract/brand.ts';
import { callColours } from '../../../renderer/calls/window/call-colours.ts';
import { contrast } from '../../../renderer/ui/contrast.ts';
import { PAIRS } from '../../../renderer/ui/contrast-pairs.ts';
import { BRAND_TOKENS } from '../../../renderer/ui/theme.ts';

/** Two colours that stand on each other in the program and are too much alike. */
export interface FaintPair {
  readonly theme: 'light' | 'dark';
  /** The pack's colour that can be changed to mend it. */
  readonly colour: keyof BrandColours;
  readonly front: string;
  readonly back: string;
  readonly ratio: number;
  readonly least: number;
}

type Tokens = Readonly<Record<string, string>>;
const UI = join(import.meta.dirname, '../../../renderer');
const sheet = readFileSync(join(UI, 'ui/tokens.css'), 'utf8');
const callSheet = readFileSync(join(UI, 'calls/window/call-window.css'), 'utf8');
const LIGHT = tokensOf(/:root \{([^}]*)\}/.exec(sheet)?.[1] ?? '');
const DARK = { ...LIGHT, ...tokensOf(/:root\[data-theme="dark"\] \{([^}]*)\}/.exec(sheet)?.[1] ?? '') };
const CALL = tokensOf(/:root \{([^}]*)\}/.exec(callSheet)?.[1] ?? '');

/** What is written in a call, on what; its colours are made from those of the dark theme. */
const IN_CALLS: readonly (readonly [front: string, back: string, colour: keyof BrandColours])[] = [
  ['--call-ink', '--call-paper', 'rail'],
  ['--call-ink', '--call-tile', 'railOnBackground'],
  ['--call-ink', '--call-control', 'railOnBackground'],
  ['--call-ink', '--call-control-hover', 'railOnBackground'],
  ['--call-ink-2', '--call-paper', 'rail'],
  ['--call-ink-2', '--call-tile', 'railOnBackground'],
];

/** Every pair in use that has one of the pack's colours in it and is too faint (WCAG 2.2, level AA). */
export function faintPairs(colours: {
  readonly light: BrandColours;
  readonly dark: BrandColours;
}): FaintPair[] {
  const inPages = (['light', 'dark'] as const).flatMap((theme) => {
    const tokens = withBrand(theme === 'light' ? LIGHT : DARK, colours[theme]);
    return PAIRS.flatMap(({ front, back, least }) => {
      const colour = nameOf(front) ?? nameOf(back);
      return colour === undefined ? [] : measure(tokens, { theme, colour, front, back, least });
    });
  });
  const call = { ...CALL, ...Object.fromEntries(callColours(colours)) };
  const inCalls = IN_CALLS.flatMap(([front, back, colour]) =>
    measure(call, { theme: 'dark', colour, front, back, least: 4.5 }),
  );
  return [...inPages, ...inCalls];
}

function measure(tokens: Tokens, pair: Omit<FaintPair, 'ratio'>): FaintPair[] {
  const [front, back] = [tokens[pair.front], tokens[pair.back]];
  if (front === undefined || back === undefined) throw new Error(`${pair.front} or ${pair.back} is no token`);
  const ratio = contrast(front, back);
  return ratio < pair.least ? [{ ...pair, ratio }] : [];
}

function nameOf(token: string): keyof BrandColours | undefined {
  return BRAND_TOKENS.find(([, each]) => each === token)?.[0];
}

function withBrand(tokens: Tokens, colours: BrandColours): Tokens {
  return { ...tokens, ...Object.fromEntries(BRAND_TOKENS.map(([name, token]) => [token, colours[name]])) };
}

function tokensOf(block: string): Tokens {
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
}
