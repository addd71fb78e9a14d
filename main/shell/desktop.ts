import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, session } from 'electron';
import type { AppCommand, Opening } from '../../preload/contract/app.ts';
import type { FilesOverview } from '../../preload/contract/files.ts';
import type { Reach } from '../../preload/contract/network.ts';
import type { BrandPack } from '../brand/load.ts';
import type { Log } from '../log/log.ts';
import { quietUntil, toggledQuiet } from '../policy/quiet.ts';
import type { LastingBus } from '../session-bus/bus.ts';
import { followTrayPanel } from '../session-bus/tray-panel.ts';
import { currentLanguage } from './app-domain.ts';
import { bringToFront, type Closing, calmOf, loadPage, openAppWindow } from './app-window.ts';
import { followAutostart } from './autostart.ts';
import { comeForward } from './come-forward.ts';
import { addContextMenus } from './context-menu.ts';
import { pagePolicy } from './csp.ts';
import { desktopBus } from './desktop-bus.ts';
import { showShortcuts } from './desktop-shortcuts.ts';
import { createDialogs, type Dialogs } from './dialogs.ts';
import { APP_DOWNLOADS } from './download-rules.ts';
import { createDownloads, type Downloads } from './downloads.ts';
import type { Foundation } from './foundation.ts';
import { openLink } from './guards.ts';
import { setMenu } from './menu.ts';
import { Notifications } from './notices/notifications.ts';
import { type SystemNotices, systemNotices } from './notices/system-notices.ts';
import { Openings } from './openings.ts';
import { createPageServer } from './pages.ts';
import { guardPermissions } from './permissions.ts';
import { servePages } from './scheme.ts';
import { type ScreenLock, watchScreenLock } from './screen-lock.ts';
import { helpScreenReaders } from './screen-reader.ts';
import type { Instance } from './single-instance.ts';
import { checkSpelling } from './spelling.ts';
import type { StartAct } from './start-arguments.ts';
import { createTexts, type Texts } from './texts.ts';
import { showTray, type TrayIcon } from './tray.ts';
import { type FolderActs, TrayHolder } from './tray-holder.ts';

/** What the desktop side of the program is made from. */
export interface DesktopParts {
  readonly pack: BrandPack;
  readonly base: Foundation;
  /** Folder of the build: `renderer/` and `preload/` are in it. */
  readonly built: string;
  readonly instance: Instance;
}

/** The app window with its tray, menu, notifications and links. */
export interface Desktop {
  readonly texts: Texts;
  readonly icon: string;
  readonly window: BrowserWindow;
  readonly lock: ScreenLock;
  /** Resolves when the window was drawn and had a moment to fill itself: what can wait begins then. */
  readonly calm: Promise<void>;
  readonly dialogs: Dialogs;
  readonly notifications: Notifications;
  readonly downloads: Downloads;
  /** Takes away what was shown for an account that is not before the person any more. */
  readonly forget: () => void;
  /** How much is unread, wherever the system shows that. */
  readonly showUnread: (messages: number) => void;
  /** Brings the window to the front, with a salon's conversation. */
  readonly openSalon: (salonId: string) => void;
  /** Keeps something to be opened by the page that comes next. */
  readonly openNext: (opening: Opening) => void;
  /** Loads the page anew, for another account: the one that was there asks nothing and is told nothing any more. */
  readonly startPageAnew: () => void;
  /** What the system asked to open and the page has not taken yet; asking takes it. */
  readonly takeOpening: () => Opening | null;
  /** From now on workers may reach this chat server. */
  readonly serveWorkersFor: (chatServer: () => string | null) => void;
  /** From now on what is shown and downloaded is this account's. */
  readonly actFor: (account: () => string | null) => void;
  /** From now on the tray can open the place of all folders, pause and resume them. */
  readonly onFolders: (acts: FolderActs) => void;
  /** Says beside the clock whether the person is in a call. */
  readonly showCall: (isInCall: boolean) => void;
  /** Shows beside the clock whether the organisation's servers are reached. */
  readonly showReach: (reach: Reach) => void;
  /** Shows how the folders are beside the clock. */
  readonly showFiles: (overview: FilesOverview) => void;
  /** Takes away what the system shows for the program: nobody would answer any more. */
  readonly close: () => Promise<void>;
}

/** Shows the program on the desktop. Electron must be ready. */
export function showDesktop(parts: DesktopParts): Desktop {
  const { pack, base, instance } = parts;
  const { settings, events, log } = base;
  const texts = createTexts(() => currentLanguage(settings), { product: pack.brand.productName });
  const icon = join(pack.folder, 'icon.png');
  const later = { chatServer: (): string | null => null, account: (): string | null => null };

  const downloads = preparePages(parts, texts, () => later.chatServer());
  const window = openWindow(parts, icon, () => (tray.isSeen ? 'hides' : 'minimizes'));
  const open = (): void => bringToFront(window);
  const bus = desktopBus();
  const tray = new TrayHolder(open, bus === null, log);
  const tellPage = (): void => events.send('app', 'openingWaits', undefined);
  const openings = new Openings({ bringToFront: open, tellPage });
  window.once('ready-to-show', () => {
    const { openFolder, pause } = tray;
    tray.take(followSettings(parts, texts, { open, openFolder, pause, act }));
  });

  const look = { name: pack.brand.productName, icon, entry: pack.brand.applicationId };
  const notices = systemNotices(bus, look, base.toastSeal, log);
  followDesktop(bus, tray, log);
  const lock = watchScreenLock(bus, log);
  const notifications = createNotifications(parts, notices, lock, texts, window, () => later.account());

  const act = (asked: StartAct): void => {
    if (asked.kind === 'open') openings.open(asked.opening);
    if (asked.kind === 'toggle-quiet') toggleQuiet(base);
  };
  instance.onAct(act);
  followAutostart(pack.brand, settings, log);
  return {
    texts,
    icon,
    window,
    lock,
    downloads,
    calm: calmOf(window),
    dialogs: createDialogs(window, texts),
    notifications,
    forget: () => notifications.closeAll(),
    showUnread: tray.showUnread,
    showCall: tray.showCall,
    showReach: tray.showReach,
    showFiles: tray.showFiles,
    onFolders: tray.onFolders,
    openSalon: (salonId) => openings.open({ kind: 'salon', salonId }),
    openNext: openings.keep,
    startPageAnew: () => startPageAnew(window, base, tray),
    takeOpening: openings.take,
    serveWorkersFor: (chatServer) => {
      later.chatServer = chatServer;
    },
    actFor: (account) => {
      later.account = account;
      downloads.beginFor(account);
    },
    close: async () => {
      notifications.closeAll();
      await Promise.all([downloads.close(), bus?.close()]);
    },
  };
}

/** What every page of the program needs before there is one. */
function preparePages(parts: DesktopParts, texts: Texts, chatServer: () => string | null): Downloads {
  const { pack, base } = parts;
  nativeTheme.themeSource = base.settings.view().values.theme;
  const downloads = createDownloads({ brand: pack.brand, base, texts });
  prepareAppSession(parts, downloads, chatServer);
  addContextMenus({ texts, openLink: (url) => void openLink(url, base.rules, base.log) });
  return downloads;
}

/**
 * A panel that starts after the program is shown the icon too; without one the window has another place to go. A screen
 * reader that starts is told what the pages show.
 */
function followDesktop(bus: LastingBus | null, tray: TrayHolder, log: Log): void {
  helpScreenReaders(bus, log);
  if (bus === null) return;
  followTrayPanel(bus, tray.showPanel).catch((error: unknown) => log.info('tray.panels-unknown', {}, error));
}

function createNotifications(
  { base }: DesktopParts,
  notices: SystemNotices,
  lock: ScreenLock,
  texts: Texts,
  window: BrowserWindow,
  account: () => string | null,
): Notifications {
  const { policy, events } = base;
  const notifications = new Notifications({
    texts,
    host: notices.host,
    rules: () => ({ content: policy.values.notificationContent, isLocked: lock.isLocked() }),
    account,
    open: () => comeForward(window, notices.takeToken()),
    tellPage: () => events.send('app', 'notificationUsed', undefined),
    attract: (isWanted) => {
      if (!window.isDestroyed()) window.flashFrame(isWanted);
    },
  });
  notices.follow(notifications);
  return notifications;
}

function startPageAnew(window: BrowserWindow, { windows, events }: Foundation, tray: TrayHolder): void {
  tray.showUnread(0);
  events.dropWaiting();
  const { webContents } = window;
  windows.remove(webContents);
  webContents.once('did-navigate', () => windows.add(webContents, 'app'));
  loadPage(window);
}

function openWindow(
  { pack, base, built, instance }: DesktopParts,
  icon: string,
  whereItGoes: () => Closing,
): BrowserWindow {
  const { policy, settings, events, windows, windowState, log } = base;
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  const window = openAppWindow({
    title: pack.brand.productName,
    preload: join(built, 'preload/app.cjs'),
    icon,
    state: windowState,
    startsHidden: policy.values.startHidden && (instance.startsHidden || wasOpenedAtLogin()),
    onClose: () => (isQuitting || !settings.view().values.closeToTray ? 'ends' : whereItGoes()),
    onAttention: (attention) => events.send('app', 'attention', attention),
    log,
  });
  windows.add(window.webContents, 'app');
  app.on('activate', () => bringToFront(window));
  window.once('closed', () => app.quit());
  return window;
}

/** macOS gives a program that the session starts no argument. */
function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

function toggleQuiet({ settings, log }: Foundation): void {
  const doNotDisturbUntil = toggledQuiet(settings.view().values, Date.now());
  settings.change({ doNotDisturbUntil }).catch((error: unknown) => log.error('quiet.not-kept', {}, error));
}

/** Menu, tray, shortcuts and theme, as the settings want them now and after each change. */
function followSettings(
  { pack, base }: DesktopParts,
  texts: Texts,
  actions: {
    open: () => void;
    openFolder: () => void;
    pause: (paused: boolean, minutes: number | null) => void;
    act: (act: StartAct) => void;
  },
): TrayIcon {
  const { settings, events, log } = base;
  const quit = (): void => app.quit();
  const command = (name: AppCommand): void => {
    actions.open();
    events.send('app', 'command', { command: name });
  };
  const { help } = pack.brand.links;
  const openHelp = help === null ? null : () => void openLink(help, base.rules, log);
  const tray = showTray(
    join(pack.folder, 'tray'),
    {
      texts,
      accent: pack.brand.colours.light.accent,
      quietUntil: () => quietUntil(settings.view().values, Date.now()),
    },
    {
      ...actions,
      toggleQuiet: () => toggleQuiet(base),
      openFiles: () => command('show-files'),
      pause: (minutes) => actions.pause(true, minutes),
      resume: () => actions.pause(false, null),
      quit,
    },
    log,
  );
  const write = (): void => {
    setMenu(texts, { command, openHelp, quit });
    showShortcuts(texts, actions.act);
  };
  write();
  settings.onChange(({ values }) => {
    nativeTheme.themeSource = values.theme;
    write();
    tray.retranslate();
  });
  return tray;
}

/** The partition of the app's page: own scheme, permissions, downloads, spelling. */
function prepareAppSession(
  { built, base }: DesktopParts,
  downloads: Downloads,
  chatServer: () => string | null,
): void {
  const pages = session.fromPartition('persist:app');
  servePages(
    pages,
    createPageServer({ root: join(built, 'renderer'), host: 'app', policy: pagePolicy, chatServer }),
  );
  guardPermissions(pages, 'app', () => [], base.log);
  downloads.follow(pages, APP_DOWNLOADS);
  checkSpelling(pages, { ...base, dictionaries: join(built, 'dictionaries') });
}
