/** What the small disc on the tray's icon says. */
export type BadgeKind = 'syncing' | 'paused' | 'needs-you' | 'offline';

/** Red, green, blue of the disc; the sign in it is white, so that the colour is never alone. */
const COLOURS: Readonly<Record<BadgeKind, readonly [number, number, number]>> = {
  syncing: [0x24, 0x55, 0x7a],
  paused: [0x5d, 0x55, 0x4a],
  'needs-you': [0xb3, 0x26, 0x1e],
  offline: [0x6f, 0x66, 0x5b],
};

/** Whether a point of the disc, from -1 to 1 on both axes, belongs to its sign. */
const SIGNS: Readonly<Record<BadgeKind, (x: number, y: number) => boolean>> = {
  syncing: (x, y) => Math.abs(y) < 0.2 && [-0.5, 0, 0.5].some((dot) => Math.abs(x - dot) < 0.17),
  paused: (x, y) => Math.abs(y) < 0.5 && Math.abs(Math.abs(x) - 0.3) < 0.17,
  'needs-you': (x, y) => Math.abs(x) < 0.18 && ((y > -0.65 && y < 0.15) || (y > 0.32 && y < 0.66)),
  offline: (x, y) => Math.abs(y) < 0.19 && Math.abs(x) < 0.55,
};

/** Part of the icon's width that the disc takes. */
const PART = 0.56;
/** Points left free around the disc. */
const GAP = 1;

/**
 * Draws a disc with a sign into the lower right corner of a square bitmap (blue, green, red, alpha for each point, as
 * Electron's nativeImage has it). @returns a new bitmap
 */
export function drawBadge(bitmap: Uint8Array, width: number, kind: BadgeKind): Buffer {
  const drawn = Buffer.from(bitmap);
  const radius = (width * PART) / 2;
  const middle = width - radius;
  const [red, green, blue] = COLOURS[kind];
  for (let row = 0; row < width; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5 - middle) / radius;
      const y = (row + 0.5 - middle) / radius;
      const distance = Math.hypot(x, y);
      if (distance > 1 + GAP / radius) continue;
      const at = (row * width + column) * 4;
      if (distance > 1) drawn.set([0, 0, 0, 0], at);
      else drawn.set(SIGNS[kind](x, y) ? [255, 255, 255, 255] : [blue, green, red, 255], at);
    }
  }
  return drawn;
}
