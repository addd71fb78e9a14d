import { z } from 'zod';

/** Where the window was and how large, in the system's own units. */
export const WindowState = z.strictObject({
  bounds: z
    .strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
    .nullable(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;
export const FIRST_STATE: WindowState = { bounds: null, maximized: false };

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much of the window's top must be on a screen for a hand to find it. */
const GRIP = { width: 120, height: 40 };

/** The kept bounds if the window would be found there on the screens of today, else null: in the middle. */
export function visibleBounds(state: WindowState, screens: readonly Rectangle[]): Rectangle | null {
  const { bounds } = state;
  if (!bounds) return null;
  const isFound = screens.some(
    (screen) =>
      overlap(bounds.x, bounds.width, screen.x, screen.width) >= GRIP.width &&
      bounds.y >= screen.y &&
      bounds.y + GRIP.height <= screen.y + screen.height,
  );
  return isFound ? bounds : null;
}

function overlap(a: number, lengthA: number, b: number, lengthB: number): number {
  return Math.min(a + lengthA, b + lengthB) - Math.max(a, b);
}
