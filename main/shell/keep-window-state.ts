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
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    const bounds = boundsToAsk(window.getNormalBounds(), asked, frame());
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
