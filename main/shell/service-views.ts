import { type BrowserWindow, session, type WebContents, WebContentsView } from 'electron';
import type { Log } from '../log/log.ts';
import type { ServiceDesktop, ServiceListener, ServiceView } from '../services/view.ts';
import { paperColour } from './app-window.ts';
import { SERVICE_DOWNLOADS } from './download-rules.ts';
import type { Downloads } from './downloads.ts';
import { openLink, type PageRules } from './guards.ts';

/** What views of services are made from. */
export interface ServiceViewParts {
  /** The app window: views lie in it, above its page. */
  readonly window: BrowserWindow;
  /** The partition of the account that is shown. */
  readonly partition: () => string;
  readonly rules: PageRules;
  readonly downloads: Downloads;
  readonly log: Log;
}

/** `ERR_ABORTED`: a page that gave way to another before it was there. */
const ABORTED = -3;
/** What a service's page may: nothing that listens, looks or tells where somebody is. */
const PERMITTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Services beside the salons: pages of others, in a partition of their own, without preload and without rights. */
export function createServiceDesktop({
  window,
  partition,
  rules,
  downloads,
  log,
}: ServiceViewParts): ServiceDesktop {
  const prepared = new Set<string>();
  return {
    open: (address, mayGoTo, listener) => {
      const name = partition();
      if (!prepared.has(name)) preparePartition(name, downloads, log);
      prepared.add(name);
      const view = new WebContentsView({
        webPreferences: {
          partition: name,
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webviewTag: false,
          spellcheck: false,
        },
      });
      const { webContents } = view;
      rules.let(webContents, mayGoTo);
      keepLinks(webContents, mayGoTo, (url) => void openLink(url, rules, log));
      tellState(webContents, listener);
      listenForLeaving(webContents, window, listener);
      const isTouched = followHands(webContents);
      void load(webContents, address);
      return control(view, window, isTouched);
    },
    openInBrowser: async (address) => (await openLink(address, rules, log)) === 'opened',
  };
}

function preparePartition(name: string, downloads: Downloads, log: Log): void {
  const pages = session.fromPartition(name);
  pages.setPermissionCheckHandler((_contents, permission) => PERMITTED.has(permission));
  pages.setPermissionRequestHandler((_contents, permission, answer) => {
    if (!PERMITTED.has(permission)) log.info('permission.refused', { partition: 'services', permission });
    answer(PERMITTED.has(permission));
  });
  pages.setDevicePermissionHandler(() => false);
  downloads.follow(pages, SERVICE_DOWNLOADS);
}

/** What went wrong is told by `did-fail-load`. */
function load(contents: WebContents, address: string): Promise<void> {
  return contents.loadURL(address).catch(() => undefined);
}

/** A link that opens a window stays here when it is the service's, else the browser takes it. */
function keepLinks(
  contents: WebContents,
  mayGoTo: (address: string) => boolean,
  openElsewhere: (address: string) => void,
): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayGoTo(url)) void load(contents, url);
    else openElsewhere(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', ({ url }) => {
    if (!mayGoTo(url)) openElsewhere(url);
  });
}

function tellState(contents: WebContents, { changed }: ServiceListener): void {
  let phase: 'loading' | 'shown' | 'failed' = 'loading';
  const tell = (): void =>
    changed({ phase, title: contents.getTitle(), canGoBack: contents.navigationHistory.canGoBack() });
  const become = (next: typeof phase) => (): void => {
    phase = next;
    tell();
  };
  contents.on('did-start-loading', () => {
    if (phase === 'failed') become('loading')();
  });
  contents.on('dom-ready', () => {
    if (phase !== 'failed') become('shown')();
  });
  contents.on('page-title-updated', tell);
  contents.on('did-navigate-in-page', tell);
  contents.on('render-process-gone', become('failed'));
  contents.on('did-fail-load', (_event, code, _description, _address, isMainFrame) => {
    if (isMainFrame && code !== ABORTED) become('failed')();
  });
}

/** F6 goes on to the next part of the window, as everywhere else in it. */
function listenForLeaving(contents: WebContents, window: BrowserWindow, { left }: ServiceListener): void {
  contents.on('before-input-event', (event, { type, key, shift, control, alt, meta }) => {
    if (type !== 'keyDown' || key !== 'F6' || control || alt || meta) return;
    event.preventDefault();
    window.webContents.focus();
    left(shift ? -1 : 1);
  });
}

/** A page that was touched since it came may hold words that nobody sent. */
function followHands(contents: WebContents): () => boolean {
  let isTouched = false;
  const touch = (): void => {
    isTouched = true;
  };
  contents.on('before-input-event', touch);
  contents.on('before-mouse-event', (_event, { type }) => {
    if (type === 'mouseDown') touch();
  });
  contents.on('did-navigate', () => {
    isTouched = false;
  });
  return () => isTouched;
}

function control(view: WebContentsView, window: BrowserWindow, isTouched: () => boolean): ServiceView {
  const { webContents } = view;
  const { contentView } = window;
  return {
    show: (bounds) => {
      view.setBackgroundColor(paperColour());
      view.setBounds(bounds);
      if (!contentView.children.includes(view)) contentView.addChildView(view);
    },
    hide: () => {
      if (!window.isDestroyed()) contentView.removeChildView(view);
    },
    focus: () => webContents.focus(),
    back: () => webContents.navigationHistory.goBack(),
    reload: () => webContents.reload(),
    isTouched,
    close: () => webContents.close(),
  };
}
