import { join } from 'node:path';
import { app, BrowserWindow, powerSaveBlocker, type Session, screen, session } from 'electron';
import type { ScreenSource } from '../../preload/contract/calls.ts';
import type { CallDesktop, CallWindow, CallWindowListener } from '../calls/call-desktop.ts';
import { commandOfKey } from '../calls/call-keys.ts';
import type { Log } from '../log/log.ts';
import { bringToFront } from './app-window.ts';
import { callPolicy } from './csp.ts';
import { callDownloads } from './download-rules.ts';
import type { Downloads } from './downloads.ts';
import { guardCallFrames } from './guards.ts';
import { createPageServer } from './pages.ts';
import { guardPermissions } from './permissions.ts';
import { servePages } from './scheme.ts';
import { answerScreenRequests } from './screen-sources.ts';
import type { BridgedWindows } from './wire.ts';

/** What calls look like on the desktop is made from this. */
export interface CallDesktopParts {
  /** Folder of the build: `renderer/` and `preload/` are in it. */
  readonly built: string;
  readonly icon: string;
  /** The colour of the window until its page has drawn, the same in both themes. */
  readonly paper: string;
  readonly windows: BridgedWindows;
  /** The partition of the account that is shown. */
  readonly partition: () => string;
  readonly downloads: Downloads;
  /** Lets the person choose what to share. */
  readonly chooseScreen: (sources: readonly ScreenSource[]) => Promise<string | null>;
  readonly log: Log;
}

const USUAL_SIZE = { width: 1120, height: 740 };
const SMALLEST = { width: 400, height: 340 };
const COMPACT = { width: 360, height: 280 };
/** Between the small window and the edges of the screen. */
const MARGIN = 24;
/** How long a page may take to say goodbye. */
const GOODBYE_MS = 1500;

/** Call windows, in a partition of their own. Electron must be ready. */
export function createCallDesktop(parts: CallDesktopParts): CallDesktop {
  let domain: string | null = null;
  let current: BrowserWindow | null = null;
  // Made at the first call: a program that is never called pays nothing.
  const prepared = new Set<string>();
  return {
    open: (call, listener) => {
      domain = call.domain;
      const partition = parts.partition();
      const calls = session.fromPartition(partition);
      if (!prepared.has(partition))
        prepareSession(
          calls,
          parts,
          () => domain,
          () => current,
        );
      prepared.add(partition);
      calls.preconnect({ url: `https://${domain}`, numSockets: 2 });
      current = newWindow(parts, partition, call.title);
      return control(current, parts, listener);
    },
    keepAwake: () => {
      const blocker = powerSaveBlocker.start('prevent-display-sleep');
      return () => {
        powerSaveBlocker.stop(blocker);
      };
    },
  };
}

/** The partition of calls: the page with a policy for this call's domain, camera and screen for the two that need them. */
function prepareSession(
  calls: Session,
  { built, downloads, chooseScreen, log }: CallDesktopParts,
  domain: () => string | null,
  current: () => BrowserWindow | null,
): void {
  const policy = (): string => callPolicy(domain());
  const domains = (): string[] => [domain() ?? []].flat();
  servePages(
    calls,
    createPageServer({ root: join(built, 'renderer'), host: 'call', policy, chatServer: () => null }),
  );
  guardPermissions(calls, 'call', domains, log);
  downloads.follow(calls, callDownloads(domains));
  guardCallFrames(calls, domains, log);
  answerScreenRequests(calls, { domains, choose: chooseScreen, self: current, log });
}

function newWindow(
  { built, icon, paper }: CallDesktopParts,
  partition: string,
  title: string,
): BrowserWindow {
  const window = new BrowserWindow({
    ...USUAL_SIZE,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title,
    icon,
    backgroundColor: paper,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(built, 'preload/call.cjs'),
      partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
      spellcheck: false,
      // The conference goes on while another window lies over it.
      backgroundThrottling: false,
    },
  });
  void window.loadURL('traboule://call/calls/window/index.html');
  return window;
}

function control(
  window: BrowserWindow,
  { windows }: CallDesktopParts,
  listener: CallWindowListener,
): CallWindow {
  const { webContents } = window;
  let isOver = false;
  windows.add(webContents, 'call');
  window.once('closed', () => {
    if (!isOver) listener.closed();
    isOver = true;
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (!isOver) listener.crashed(reason);
  });
  // A conference page may want to ask whether one really leaves: one does.
  webContents.on('will-prevent-unload', (event) => event.preventDefault());
  webContents.on('before-input-event', (event, input) => {
    const command = commandOfKey(input);
    if (command === null || !isInConference(window)) return;
    event.preventDefault();
    if (!input.isAutoRepeat) listener.pressed(command);
  });
  return {
    bringToFront: () => bringToFront(window),
    setCompact: compactness(window),
    close: () => {
      isOver = true;
      windows.remove(webContents);
      dismiss(window);
    },
  };
}

/** Whether a frame that is not our own page has the focus. */
function isInConference({ webContents }: BrowserWindow): boolean {
  return webContents.focusedFrame !== null && webContents.focusedFrame !== webContents.mainFrame;
}

/** Makes a window small, at the lower right of its screen and above the others, and gives it back its place and size. */
function compactness(window: BrowserWindow): (compact: boolean) => void {
  let before: { readonly bounds: Electron.Rectangle; readonly maximized: boolean } | null = null;
  return (compact) => {
    if (compact === (before !== null)) return;
    if (before === null) {
      before = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
      if (window.isFullScreen()) window.setFullScreen(false);
      if (before.maximized) window.unmaximize();
      window.setMinimumSize(COMPACT.width, COMPACT.height);
      window.setAlwaysOnTop(true, 'floating');
      window.setBounds(lowerRight(window));
    } else {
      window.setAlwaysOnTop(false);
      window.setMinimumSize(SMALLEST.width, SMALLEST.height);
      window.setBounds(before.bounds);
      if (before.maximized) window.maximize();
      before = null;
    }
  };
}

function lowerRight(window: BrowserWindow): Electron.Rectangle {
  const { workArea } = screen.getDisplayMatching(window.getBounds());
  const x = workArea.x + workArea.width - COMPACT.width - MARGIN;
  const y = workArea.y + workArea.height - COMPACT.height - MARGIN;
  return { x, y, ...COMPACT };
}

/** Off the screen at once; then the page hangs up as it is unloaded, and whatever it does, the window goes. */
function dismiss(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  window.hide();
  const timer = setTimeout(() => window.destroy(), GOODBYE_MS);
  window.once('closed', () => clearTimeout(timer));
  window.close();
}
