import { app, type BrowserWindow, nativeImage } from 'electron';
import type { Texts } from './texts.ts';

const SIZE = 16;

/** Shows how much is unread where the system has a place for it: dock, launcher or taskbar. */
export function showBadge(window: BrowserWindow, count: number, colour: string, texts: Texts): void {
  app.setBadgeCount(count);
  if (process.platform !== 'win32') return;
  const overlay =
    count > 0 ? nativeImage.createFromBitmap(disc(colour), { width: SIZE, height: SIZE }) : null;
  window.setOverlayIcon(overlay, count > 0 ? texts('badge.unread', { count }) : '');
}

/** A filled disc as a bitmap: blue, green, red, alpha for each point. */
function disc(colour: string): Buffer {
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  const middle = (SIZE - 1) / 2;
  const points = Array.from({ length: SIZE * SIZE }, (_, n) => {
    const distance = Math.hypot((n % SIZE) - middle, Math.floor(n / SIZE) - middle);
    const alpha = Math.round(255 * Math.min(1, Math.max(0, SIZE / 2 - distance)));
    return [blue ?? 0, green ?? 0, red ?? 0, alpha];
  });
  return Buffer.from(points.flat());
}
