import type { Reach } from '../../preload/contract/network.ts';
import type { FilesSummary } from '../files/summary.ts';

/** What the small disc on the tray's icon says. */
export type BadgeKind = 'in-call' | 'syncing' | 'paused' | 'needs-you' | 'offline';

type Colour = readonly [red: number, green: number, blue: number];

/** The disc where it is not the brand's; the sign in it is white, so that the colour is never alone. */
const COLOURS: Readonly<Record<Exclude<BadgeKind, 'in-call' | 'syncing'>, Colour>> = {
  paused: [0x5d, 0x55, 0x4a],
  'needs-you': [0xb3, 0x26, 0x1e],
  offline: [0x6f, 0x66, 0x5b],
};

/** Whether a point of the disc, from -1 to 1 on both axes, belongs to its sign. */
const SIGNS: Readonly<Record<BadgeKind, (x: number, y: number) => boolean>> = {
  'in-call': (x, y) => Math.hypot(x, y) < 0.42,
  syncing: (x, y) => Math.abs(y) < 0.2 && [-0.5, 0, 0.5].some((dot) => Math.abs(x - dot) < 0.17),
  paused: (x, y) => Math.abs(y) < 0.5 && Math.abs(Math.abs(x) - 0.3) < 0.17,
  'needs-you': (x, y) => Math.abs(x) < 0.18 && ((y > -0.65 && y < 0.15) || (y > 0.32 && y < 0.66)),
  offline: (x, y) => Math.abs(y) < 0.19 && Math.abs(x) < 0.55,
};

/** Part of the icon's width that the disc takes. */
const PART = 0.56;
/** Points of white around the disc: it stands out from dark panels too. */
const RIM = 1;

/** What the disc says of all that goes on, null for none: a call comes before what needs the person afterwards. */
export function badgeOf(files: FilesSummary['state'], isInCall: boolean, reach: Reach): BadgeKind | null {
  if (isInCall) return 'in-call';
  if (reach !== 'reached' && files !== 'needs-you') return 'offline';
  return files === 'none' || files === 'up-to-date' ? null : files;
}

/**
 * Draws a disc with a sign into the lower right corner of a square bitmap (blue, green, red, alpha for each point, as
 * Electron's nativeImage has it). `accent` is the brand's colour, `#rrggbb`. @returns a new bitmap
 */
export function drawBadge(bitmap: Uint8Array, width: number, kind: BadgeKind, accent: string): Buffer {
  const drawn = Buffer.from(bitmap);
  const radius = (width * PART) / 2;
  const middle = width - radius;
  const [red, green, blue] = kind === 'in-call' || kind === 'syncing' ? colourOf(accent) : COLOURS[kind];
  for (let row = 0; row < width; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - middle) / radius;
      const y = (row + 0.5 - middle) / radius;
      const distance = Math.hypot(x, y);
      if (distance > 1 + RIM / radius) continue;
      const at = (row * width + column) * 4;
      drawn.set(distance > 1 || SIGNS[kind](x, y) ? [255, 255, 255, 255] : [blue, green, red, 255], at);
    }
  }
  return drawn;
}

function colourOf(hex: string): Colour {
  const part = (start: number): number => Number.parseInt(hex.slice(start, start + 2), 16);
  return [part(1), part(3), part(5)];
}
