import { isDeepStrictEqual } from 'node:util';
import type { BrowserWindow } from 'electron';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { boundsToAsk, type Frame, frameBetween, type Rectangle, type WindowState } from './window-state.ts';

const SAVE_DELAY_MS = 500;
/** By then a window manager has put its frame around a new window. */
const FRAMED_WITHIN_MS = 1000;

/**
 * Keeps a window's place and size half a second after the last change, and when it closes.
 * @param asked where it was asked to be when it was made
 */
export function keepWindowState(
  window: BrowserWindow,
  asked: Rectangle,
  state: Kept<WindowState>,
  log: Log,
): void {
  const frame = watchFrame(window, asked);
  const hasItsSize = watchMaximized(window);
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    const told = window.getNormalBounds();
    const bounds = hasItsSize(told) ? boundsToAsk(told, asked, frame()) : state.value.bounds;
    state
      .set({ bounds, maximized: window.isMaximized() })
      .catch((error: unknown) => log.warn('window.not-kept', {}, error));
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
  window.once('closed', () => clearTimeout(timer));
}

/**
 * Gives a way to ask whether normal bounds are the window's own: X11 says that a window is no longer maximized before it
 * says where and how large it is now, and until then it tells what it had while it filled the screen.
 */
function watchMaximized(window: BrowserWindow): (told: Rectangle) => boolean {
  let filled: Rectangle | null = null;
  const look = (): void => {
    if (window.isMaximized()) filled = window.getBounds();
  };
  window.on('maximize', look);
  window.on('resize', look);
  window.on('move', look);
  return (told) => window.isMaximized() || !filled || !isDeepStrictEqual(told, filled);
}

const NO_FRAME: Frame = { left: 0, top: 0 };

/**
 * Watches a new window for the frame that it is given; gives a way to ask for it, null while it is not known. One that is
 * maximized has none: its frame comes with its normal size. Elsewhere than on Linux a window's place is its frame's.
 */
function watchFrame(window: BrowserWindow, asked: Rectangle): () => Frame | null {
  if (process.platform !== 'linux') return () => NO_FRAME;
  let frame: Frame | null = null;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (!window.isMaximized()) frame ??= frameBetween(asked, window.getNormalBounds());
  };
  const end = (): void => {
    window.off('move', look);
    if (!window.isMaximized()) frame ??= NO_FRAME;
  };
  const begin = (): void => {
    if (frame || window.isMaximized()) return;
    clearTimeout(timer);
    window.off('move', look);
    window.on('move', look);
    timer = setTimeout(end, FRAMED_WITHIN_MS);
  };
  window.on('show', begin);
  window.on('unmaximize', begin);
  window.once('closed', () => clearTimeout(timer));
  return () => frame;
}
