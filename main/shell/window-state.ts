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

/** In the middle of a screen, as large as it allows. */
export function centred(
  size: { readonly width: number; readonly height: number },
  screen: Rectangle,
): Rectangle {
  const width = Math.min(size.width, screen.width);
  const height = Math.min(size.height, screen.height);
  return {
    x: screen.x + Math.round((screen.width - width) / 2),
    y: screen.y + Math.round((screen.height - height) / 2),
    width,
    height,
  };
}

/** How far inside of its frame a window says that it is. */
export interface Frame {
  readonly left: number;
  readonly top: number;
}

/** More than a frame takes, in the system's own units: what lies further off was put there by somebody. */
const WIDEST: Frame = { left: 32, top: 96 };

/** The frame of a window that was asked to be in one place and says that it is in another; null where that is none. */
export function frameBetween(asked: Rectangle, told: Rectangle): Frame | null {
  const frame = { left: told.x - asked.x, top: told.y - asked.y };
  const isFrame = frame.left >= 0 && frame.left <= WIDEST.left && frame.top > 0 && frame.top <= WIDEST.top;
  return isFrame ? frame : null;
}

/**
 * What to ask for the next time so that the window comes where it is. On X11 a window is asked where its frame is to be,
 * and tells where what is inside of the frame is: kept as it is told, it would sink by its title bar with every start.
 * While its frame is not known it is where it was asked to be.
 */
export function boundsToAsk(told: Rectangle, asked: Rectangle, frame: Frame | null): Rectangle {
  const { width, height } = told;
  const place = frame ? { x: told.x - frame.left, y: told.y - frame.top } : { x: asked.x, y: asked.y };
  return { ...place, width, height };
}

function overlap(a: number, lengthA: number, b: number, lengthB: number): number {
  return Math.min(a + lengthA, b + lengthB) - Math.max(a, b);
}
