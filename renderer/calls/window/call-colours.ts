import type { BrandView } from '../../../preload/contract/brand.ts';
import { BRAND_TOKENS } from '../../ui/theme.ts';

/** How much of the rail's chosen place is in a tile; the rest is the rail. */
const IN_TILE = 0.45;
/** How much white a control has under the mouse. */
const IN_HOVERED = 0.12;

/**
 * The colours of a call by the names of their tokens: the brand's dark theme, whatever the person's is, and what lies in
 * it like a slip of paper has the focus of the light one.
 */
export function callColours({ light, dark }: BrandView['colours']): ReadonlyMap<string, string> {
  return new Map([
    ...BRAND_TOKENS.map(([name, token]) => [token, dark[name]] as const),
    ['--call-paper', dark.rail],
    ['--call-tile', mix(dark.rail, dark.railOnBackground, IN_TILE)],
    ['--call-control', dark.railOnBackground],
    ['--call-control-hover', mix(dark.railOnBackground, '#ffffff', IN_HOVERED)],
    ['--call-paper-focus', light.accent],
  ]);
}

/** Puts them on the page; through the CSSOM, which a strict content policy allows. */
export function paintCall(page: HTMLElement, colours: BrandView['colours']): void {
  for (const [token, colour] of callColours(colours)) page.style.setProperty(token, colour);
}

/** Two colours `#rrggbb` in one, `part` of it the second. */
function mix(first: string, second: string, part: number): string {
  const channel = (start: number): string => {
    const [one, other] = [first, second].map((colour) => Number.parseInt(colour.slice(start, start + 2), 16));
    const value = Math.round((one ?? 0) * (1 - part) + (other ?? 0) * part);
    return value.toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
