import type { BrandColours } from '../../preload/contract/brand.ts';
import { faintPairs } from './check/contrast.ts';

/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The grounds of the two themes, as tokens.css has them. */
const DARK_GROUND: Rgb = [0x19, 0x16, 0x13];
const STEPS = 100;

/**
 * All colours of a brand from its main one, in both themes: hue and strength stay, light and dark are moved only as far
 * as everything can be read (WCAG AA). @param main as `#rrggbb`
 */
export function paletteOf(main: string): { readonly light: BrandColours; readonly dark: BrandColours } {
  const base = rgb(main);
  const [lights, darks] = [light(base, 1), dark(base, 1)];
  const first = (theme: 'light' | 'dark', make: (step: number) => BrandColours): BrandColours => {
    for (let step = 0; step <= STEPS; step += 1) {
      const colours = make(step / STEPS);
      const faint = faintPairs({ light: lights, dark: darks, [theme]: colours });
      if (!faint.some((pair) => pair.theme === theme)) return colours;
    }
    throw new Error(`no readable colours of the ${theme} theme can be made of ${main}`);
  };
  return {
    light: first('light', (step) => light(base, step)),
    dark: first('dark', (step) => dark(base, step)),
  };
}

/** `step` from 0, as near to the main colour as can be, to 1, as readable as can be. */
function light(base: Rgb, step: number): BrandColours {
  const accent = mix(base, BLACK, step * 0.85);
  const rail = mix(accent, [0x1c, 0x1b, 0x20], 0.78);
  return {
    accent: hex(accent),
    accentInk: hex(WHITE),
    accentSoft: hex(mix(base, WHITE, 0.88 + step * 0.1)),
    accentText: hex(mix(accent, BLACK, 0.12)),
    mine: hex(mix(base, WHITE, 0.91 + step * 0.07)),
    rail: hex(rail),
    railInk: hex(mix(rail, WHITE, 0.75)),
    railOnBackground: hex(mix(rail, WHITE, 0.16)),
  };
}

function dark(base: Rgb, step: number): BrandColours {
  const accent = mix(mix(base, WHITE, 0.35), WHITE, step * 0.8);
  const rail = mix(base, BLACK, 0.9);
  return {
    accent: hex(accent),
    accentInk: hex(mix(base, BLACK, 0.85)),
    accentSoft: hex(mix(mix(base, BLACK, 0.3), DARK_GROUND, 0.8 + step * 0.18)),
    accentText: hex(mix(accent, WHITE, 0.2)),
    mine: hex(mix(mix(base, BLACK, 0.3), DARK_GROUND, 0.84 + step * 0.14)),
    rail: hex(rail),
    railInk: hex(mix(rail, WHITE, 0.68)),
    railOnBackground: hex(mix(rail, WHITE, 0.15)),
  };
}

function rgb(colour: string): Rgb {
  const channel = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function hex(colour: Rgb): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function mix(one: Rgb, other: Rgb, part: number): Rgb {
  const channel = (index: 0 | 1 | 2) => one[index] * (1 - part) + other[index] * part;
  return [channel(0), channel(1), channel(2)];
}
