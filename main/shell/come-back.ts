import { app, type BrowserWindow } from 'electron';
import { bringToFront } from './app-window.ts';

/**
 * Brings the window back before the browser in which the person has just finished; not one that they put away. Where the
 * system gives the front to nobody who asks by themselves (Windows, Wayland), its button asks for a look.
 */
export function comeBack(window: BrowserWindow): void {
  if (window.isDestroyed() || !window.isVisible() || window.isMinimized() || window.isFocused()) return;
  bringToFront(window);
  app.focus({ steal: true });
}
