import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, nativeTheme, session } from 'electron';
import type { AppCommand } from '../../preload/contract/app.ts';
import type { BrandPack } from '../brand/load.ts';
import type { Events } from '../contract/events.ts';
import type { Log } from '../log/log.ts';
import type { SettingsInForce } from '../policy/settings.ts';
import type { Kept } from '../store/kept.ts';
import { currentLanguage } from './app-domain.ts';
import { bringToFront, openAppWindow } from './app-window.ts';
import { pagePolicy } from './csp.ts';
import { guardDownloads, openLink } from './guards.ts';
import { addContextMenu, setMenu } from './menu.ts';
import { createPageServer } from './pages.ts';
import { guardPermissions } from './permissions.ts';
import { servePages } from './scheme.ts';
import { createTexts, type Texts } from './texts.ts';
import { showTray, type TrayIcon } from './tray.ts';
import type { WindowState } from './window-state.ts';
import type { BridgedWindows } from './wire.ts';

/** What the desktop side of the program is made from. */
export interface DesktopParts {
  readonly pack: BrandPack;
  readonly settings: SettingsInForce;
  readonly events: Events;
  readonly windows: BridgedWindows;
  readonly windowState: Kept<WindowState>;
  /** Folder of the build: `renderer/` and `preload/` are in it. */
  readonly built: string;
  readonly chatServer: () => string | null;
  readonly openFolder: () => void;
  readonly log: Log;
}

/** The app window with its tray, menu and theme. */
export interface Desktop {
  readonly texts: Texts;
  readonly window: () => BrowserWindow;
  readonly tray: () => TrayIcon | null;
  readonly open: () => void;
  /** Ends the program from wherever a person asks for it: the window closes for good. */
  readonly quit: () => void;
}

/** Words of a brand in the language in force. */
export function brandTexts(pack: BrandPack, settings: SettingsInForce): Texts {
  return createTexts(() => currentLanguage(settings), { product: pack.brand.productName });
}

/** Shows the program on the desktop. Electron must be ready. */
export function showDesktop(parts: DesktopParts): Desktop {
  const { pack, settings, events, log } = parts;
  const texts = brandTexts(pack, settings);
  const icon = join(pack.folder, 'icon.png');
  let isQuitting = false;
  let unread = 0;
  app.on('before-quit', () => {
    isQuitting = true;
  });

  nativeTheme.themeSource = settings.view().values.theme;
  prepareAppSession(parts);
  const window = openAppWindow({
    title: pack.brand.productName,
    preload: join(parts.built, 'preload/app.cjs'),
    icon,
    state: parts.windowState,
    hidesOnClose: () => !isQuitting && settings.view().values.closeToTray && desktop.tray() !== null,
    onAttention: (attention) => events.send('app', 'attention', attention),
  });
  parts.windows.add(window.webContents, 'app');
  addContextMenu(window.webContents, texts);

  const open = (): void => bringToFront(window);
  const quit = (): void => app.quit();
  const command = (name: AppCommand): void => {
    open();
    events.send('app', 'command', { command: name });
  };
  const { helpUrl } = pack.brand;
  const openHelp = helpUrl === undefined ? null : () => void openLink(helpUrl, log);
  setMenu(texts, { command, openHelp, quit });
  const shown = showTray(icon, texts, { open, openFolder: parts.openFolder, quit }, log);
  const tray = shown && {
    ...shown,
    refresh: (count: number) => {
      unread = count;
      shown.refresh(count);
    },
  };
  settings.onChange(({ values }) => {
    nativeTheme.themeSource = values.theme;
    setMenu(texts, { command, openHelp, quit });
    tray?.refresh(unread);
  });
  const desktop: Desktop = { texts, window: () => window, tray: () => tray, open, quit };
  return desktop;
}

/** The partition of the app's page: own scheme, permissions, downloads, spelling. */
function prepareAppSession({ built, chatServer, log }: DesktopParts): void {
  const appSession = session.fromPartition('persist:app');
  servePages(
    appSession,
    createPageServer({ root: join(built, 'renderer'), host: 'app', policy: pagePolicy, chatServer }),
  );
  guardPermissions(appSession, 'app', () => [], log);
  guardDownloads(appSession, 'app', log);
  if (process.platform === 'win32') appSession.setSpellCheckerLanguages(['fr', 'en-GB']);
}

/** For a program that can't start: says so in the person's language, with what their administrator needs. */
export function explainFatal(texts: Texts, error: unknown): void {
  Menu.setApplicationMenu(null);
  const detail = error instanceof Error ? error.message : '';
  dialog.showErrorBox(texts('fatal.title'), `${texts('fatal.body')}\n\n${detail}`);
}
