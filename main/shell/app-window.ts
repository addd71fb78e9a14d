import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import { keepWindowState } from './keep-window-state.ts';
import { centred, visibleBounds, type WindowState } from './window-state.ts';

/** The window's own colour until the page has drawn, as the page's paper: never a white flash. */
const PAPER = { light: '#fbf8f3', dark: '#191613' };

/** The colour of the page's paper in the theme in force. */
export function paperColour(): string {
  return nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light;
}

/**
 * What closing the window does: it ends the program, or chat and files go on, with the window behind the icon beside the
 * clock or, where nobody would see one, in the taskbar.
 */
export type Closing = 'ends' | 'hides' | 'minimizes';

/** What the app window needs to know. */
export interface AppWindowOptions {
  readonly title: string;
  readonly preload: string;
  readonly icon: string;
  readonly state: Kept<WindowState>;
  /** The session started the program: the window waits to be asked for. */
  readonly startsHidden: boolean;
  /** What closing does. */
  readonly onClose: () => Closing;
  readonly onAttention: (attention: { focused: boolean; visible: boolean }) => void;
  readonly log: Log;
}

const PAGE = 'traboule://app/index.html';

const USUAL_SIZE = { width: 1280, height: 800 };
const MINIMIZED_WITHIN_MS = 1000;

/** Opens the app window and loads its page; it is shown with its first frame, unless it is to wait. */
export function openAppWindow(options: AppWindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const asked =
    visibleBounds(options.state.value, screens) ?? centred(USUAL_SIZE, screen.getPrimaryDisplay().workArea);
  const window = new BrowserWindow({
    ...asked,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: options.title,
    icon: options.icon,
    backgroundColor: paperColour(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      partition: 'persist:app',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
      spellcheck: true,
    },
  });
  // Maximizing shows a window too.
  if (options.state.value.maximized) window.once('show', () => window.maximize());
  if (!options.startsHidden) window.once('ready-to-show', () => window.show());
  window.on('page-title-updated', (event) => event.preventDefault());
  followTheme(window);
  keepWindowState(window, asked, options.state, options.log);
  loadAgainAfterCrash(window, options.log);
  tellAttention(window, options.onAttention);
  window.on('close', (event) => {
    const closing = options.onClose();
    // Whoever closes a window that is away already wants it gone.
    if (closing === 'ends' || (closing === 'minimizes' && window.isMinimized())) return;
    event.preventDefault();
    if (closing === 'hides') window.hide();
    else minimizeOrEnd(window, options.onClose);
  });
  loadPage(window);
  return window;
}

/** Loads the page, from the beginning when it is there already. */
export function loadPage(window: BrowserWindow): void {
  void window.loadURL(PAGE);
}

/** How long the page has after its first frame to fill itself, and how long anything waits for a window at all. */
const MOMENT_MS = 800;
const LATEST_MS = 8000;

/** Resolves when a new window was drawn and had a moment for itself; in any case after 8 s. */
export function calmOf(window: BrowserWindow): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const latest = setTimeout(resolve, LATEST_MS);
  window.once('ready-to-show', () => {
    clearTimeout(latest);
    setTimeout(resolve, MOMENT_MS);
  });
  return promise;
}

/** Brings a window to the front from wherever it is. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/**
 * A desktop without taskbar minimizes nothing: a close button that does nothing would be worse than an end. A panel that
 * was only just heard of may have come meanwhile, and shows the way back.
 */
function minimizeOrEnd(window: BrowserWindow, onClose: () => Closing): void {
  const end = setTimeout(() => {
    if (onClose() === 'hides') window.hide();
    else app.quit();
  }, MINIMIZED_WITHIN_MS);
  const stay = (): void => clearTimeout(end);
  window.once('minimize', stay);
  window.once('closed', stay);
  window.minimize();
}

function followTheme(window: BrowserWindow): void {
  const repaint = (): void => window.setBackgroundColor(paperColour());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
}

/** A page that dies again and again must not keep the machine busy. */
const BETWEEN_CRASHES_MS = 5000;

/** The chat lives in the page, also when nobody sees the window: one that crashed is loaded again. */
function loadAgainAfterCrash(window: BrowserWindow, log: Log): void {
  let next = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error('page.crashed', { reason });
    const pause = Math.max(0, next - Date.now());
    next = Date.now() + pause + BETWEEN_CRASHES_MS;
    setTimeout(() => {
      if (!window.isDestroyed()) void window.loadURL(PAGE);
    }, pause);
  });
}

function tellAttention(window: BrowserWindow, tell: AppWindowOptions['onAttention']): void {
  const report = (): void =>
    tell({ focused: window.isFocused(), visible: window.isVisible() && !window.isMinimized() });
  window.on('focus', report);
  window.on('blur', report);
  window.on('show', report);
  window.on('hide', report);
  window.on('minimize', report);
  window.on('restore', report);
}
