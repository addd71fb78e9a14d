import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';
import { type FilesSummary, summaryOf } from '../files/summary.ts';
import type { Log } from '../log/log.ts';
import type { TextKey, Texts } from './texts.ts';
import { drawBadge } from './tray-badge.ts';

/** What the icon's menu does. */
export interface TrayActions {
  readonly open: () => void;
  /** Brings the window to the front, with the files. */
  readonly openFiles: () => void;
  readonly openFolder: () => void;
  /** Pauses the folders for some minutes, or (null) until they are resumed. */
  readonly pause: (minutes: number | null) => void;
  readonly resume: () => void;
  readonly quit: () => void;
}

/** The icon beside the clock. */
export interface TrayIcon {
  /** Says how many messages are unread. */
  readonly refresh: (unread: number) => void;
  /** Says how the folders are. */
  readonly showFiles: (summary: FilesSummary) => void;
  /** Writes its words again: the language changed. */
  readonly retranslate: () => void;
}

/** The side of the picture at 100 %, as each system draws it. */
const SIZE = process.platform === 'darwin' ? 18 : process.platform === 'win32' ? 16 : 24;
const HOUR = 60;

/** Shows the icon, one of the brand's in `pictures`; null where the desktop has no place for one (the window then closes instead of hiding). */
export function showTray(pictures: string, texts: Texts, actions: TrayActions, log: Log): TrayIcon | null {
  const plain = nativeImage.createFromPath(join(pictures, `${SIZE}.png`));
  let tray: Tray;
  try {
    tray = new Tray(plain);
  } catch (error) {
    log.warn('tray.none', {}, error);
    return null;
  }
  let unread = 0;
  let files = summaryOf(null);
  const write = (): void => {
    const lines = [unread > 0 ? texts('tray.tooltipUnread', { count: unread }) : texts('tray.tooltip')];
    if (files.state !== 'none') lines.push(stateLine(files, texts));
    tray.setToolTip(lines.join('\n'));
    tray.setContextMenu(Menu.buildFromTemplate(menuOf(files, texts, actions)));
  };
  tray.on('click', actions.open);
  write();
  return {
    retranslate: write,
    refresh: (count) => {
      unread = count;
      write();
    },
    showFiles: (summary) => {
      // A menu that is written again closes under the person's hand.
      if (isDeepStrictEqual(summary, files)) return;
      if (summary.state !== files.state) tray.setImage(iconOf(plain, summary.state));
      files = summary;
      write();
    },
  };
}

function iconOf(plain: NativeImage, state: FilesSummary['state']): NativeImage {
  if (state === 'none' || state === 'up-to-date') return plain;
  const badged = drawBadge(plain.toBitmap(), SIZE, state);
  return nativeImage.createFromBitmap(badged, { width: SIZE, height: SIZE });
}

function menuOf(files: FilesSummary, texts: Texts, actions: TrayActions): MenuItemConstructorOptions[] {
  const { problems, decisions, paused } = files;
  const about = (label: string): MenuItemConstructorOptions => ({ label, click: actions.openFiles });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const pausing: MenuItemConstructorOptions[] = paused
    ? [{ label: texts('tray.resume'), click: actions.resume }]
    : [
        { label: texts('tray.pauseHour'), click: () => actions.pause(HOUR) },
        { label: texts('tray.pause'), click: () => actions.pause(null) },
      ];
  return [
    ...(files.state === 'none' ? [] : [about(stateLine(files, texts))]),
    ...(problems > 0 ? [about(texts('tray.problems', { count: problems }))] : []),
    ...(decisions > 0 ? [about(texts('tray.decisions', { count: decisions }))] : []),
    ...(files.state === 'none' ? [] : [separator]),
    { label: texts('tray.open'), click: actions.open },
    { label: texts('tray.openFolder'), click: actions.openFolder },
    ...(files.state === 'none' ? [] : [separator, ...pausing]),
    separator,
    { label: texts('tray.quit'), click: actions.quit },
  ];
}

const STATE_LINES: Readonly<Record<Exclude<FilesSummary['state'], 'none'>, TextKey>> = {
  'up-to-date': 'tray.state.up-to-date',
  syncing: 'tray.state.syncing',
  paused: 'tray.state.paused',
  'needs-you': 'tray.state.needs-you',
  offline: 'tray.state.offline',
};

function stateLine({ state, pausedUntil }: FilesSummary, texts: Texts): string {
  if (state === 'none') return '';
  if (state !== 'paused' || pausedUntil === null) return texts(STATE_LINES[state]);
  const time = new Date(pausedUntil).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return texts('tray.state.pausedUntil', { time });
}
