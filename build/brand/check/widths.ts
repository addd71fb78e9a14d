import { fileURLToPath } from 'node:url';
import { type Font, openSync } from 'fontkit';
import type { Brand } from '../../../main/brand/schema.ts';
import { railName } from '../../../renderer/app/rail-name.ts';

/** A text that has less room than it needs. */
export interface Overflow {
  readonly field: string;
  readonly text: string;
  /** Pixels or lines that it takes, and that there are. */
  readonly takes: number;
  readonly room: number;
  readonly unit: 'pixels' | 'lines';
}

type Weight = 600 | 700;
const fonts = new Map<Weight, Font>();

/** Pixels that a line takes in the program's own typeface. */
export function widthOf(text: string, size: number, weight: Weight): number {
  let font = fonts.get(weight);
  if (!font) {
    const name = `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff2`;
    const opened = openSync(fileURLToPath(import.meta.resolve(name)));
    if (!('layout' in opened)) throw new Error(`${name} is a collection of fonts`);
    font = opened;
    fonts.set(weight, font);
  }
  return (font.layout(text).advanceWidth / font.unitsPerEm) * size;
}

/** Where names stand, as the styles have it: rail.css, list.css, door.css. Weights of 650 are measured as 700. */
const RAIL = { width: 64, size: 11.5, weight: 600, lines: 2 } as const;
const LIST_TITLE = { width: 180, size: 19, weight: 700, lines: 1 } as const;
const DOOR_NAME = { width: 290, size: 21, weight: 700, lines: 1 } as const;
const TAGLINE = { width: 510, size: 34, weight: 700, lines: 4 } as const;
const HOSTING = { width: 230, size: 13, weight: 600, lines: 3 } as const;

interface Room {
  readonly width: number;
  readonly size: number;
  readonly weight: Weight;
  readonly lines: number;
}

/** Every text of a pack that does not fit where it stands, in either language. */
export function overflows(brand: Brand): Overflow[] {
  return [
    look('productName', brand.productName, DOOR_NAME),
    overflowsIn(brand, 'fr'),
    overflowsIn(brand, 'en'),
  ].flat();
}

function overflowsIn({ modules, services, tagline, hosting }: Brand, language: 'fr' | 'en'): Overflow[] {
  const inRail = (field: string, text: string) => look(field, railName(text, language), RAIL);
  const names = Object.entries(modules).map(
    ([name, texts]) => [`modules.${name}.${language}`, texts[language]] as const,
  );
  return [
    names.flatMap(([field, text]) => inRail(field, text)),
    names.flatMap(([field, text]) => look(field, text, LIST_TITLE)),
    services.flatMap(({ name }, index) => inRail(`services.${index}.name.${language}`, name[language])),
    look(`tagline.${language}`, tagline[language], TAGLINE),
    look(`hosting.${language}`, hosting[language], HOSTING),
  ].flat();
}

function look(field: string, text: string, { width, size, weight, lines }: Room): Overflow[] {
  const widest = Math.max(...text.split(/[ -]/).map((word) => widthOf(word, size, weight)));
  if (widest > width) return [{ field, text, takes: Math.ceil(widest), room: width, unit: 'pixels' }];
  const needed = linesOf(text, (line) => widthOf(line, size, weight) <= width);
  return needed > lines ? [{ field, text, takes: needed, room: lines, unit: 'lines' }] : [];
}

function linesOf(text: string, fits: (line: string) => boolean): number {
  let [lines, line] = [1, ''];
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || fits(longer)) line = longer;
    else [lines, line] = [lines + 1, word];
  }
  return lines;
}
