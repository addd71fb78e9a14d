import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron';
import type { Reach } from '../../preload/contract/network.ts';
import { type FilesSummary, summaryOf } from '../files/summary.ts';
import type { Log } from '../log/log.ts';
import type { TextKey, Texts } from './texts.ts';
import { type BadgeKind, badgeOf, drawBadge } from './tray-badge.ts';

/** What the icon's menu does. */
export interface TrayActions {
  readonly open: () => void;
  /** Brings the window to the front, with the files. */
  readonly openFiles: () => void;
  readonly openFolder: () => void;
  /** Pauses the folders for some minutes, or (null) until they are resumed. */
  readonly pause: (minutes: number | null) => void;
  readonly resume: () => void;
  /** Do not disturb for an hour, or no longer. */
  readonly toggleQuiet: () => void;
  readonly quit: () => void;
}

/** The icon beside the clock. */
export interface TrayIcon {
  /** Whether the system had a place for it. */
  readonly isThere: () => boolean;
  /** Says how many messages are unread. */
  readonly refresh: (unread: number) => void;
  /** Says whether the person is in a call. */
  readonly showCall: (isInCall: boolean) => void;
  /** Says whether the organisation's servers are reached. */
  readonly showReach: (reach: Reach) => void;
  /** Says how the folders are. */
  readonly showFiles: (summary: FilesSummary) => void;
  /** Writes its words again: the language changed. */
  readonly retranslate: () => void;
  /** Shows it anew: a panel that came after it does not know it. */
  readonly renew: () => void;
}

/** How the icon and its menu look. */
export interface TrayLook {
  readonly texts: Texts;
  /** The brand's colour. */
  readonly accent: string;
  /** Until when the person wants quiet (milliseconds since 1970), null when not. */
  readonly quietUntil: () => number | null;
}

/** The side of the picture at 100 %, as each system draws it. */
const SIZE = process.platform === 'darwin' ? 18 : process.platform === 'win32' ? 16 : 24;
const HOUR = 60;

/** Shows the icon, one of the brand's in `pictures`. Where the system has none to give it does nothing. */
export function showTray(pictures: string, look: TrayLook, actions: TrayActions, log: Log): TrayIcon {
  const plain = nativeImage.createFromPath(join(pictures, `${SIZE}.png`));
  const create = (): Tray | null => createTray(plain, actions.open, log);
  let tray = create();
  const { texts } = look;
  let unread = 0;
  let isInCall = false;
  let reach: Reach = 'reached';
  let files = summaryOf(null);
  const write = (): void => {
    const lines = [unread > 0 ? texts('tray.tooltipUnread', { count: unread }) : texts('tray.tooltip')];
    if (isInCall) lines.push(texts('tray.inCall'));
    const state = stateLine(files, reach, texts);
    if (state !== null) lines.push(state);
    tray?.setToolTip(lines.join('\n'));
    tray?.setContextMenu(Menu.buildFromTemplate(menuOf(files, reach, look, actions)));
  };
  const draw = (): void => tray?.setImage(iconOf(plain, badgeOf(files.state, isInCall, reach), look.accent));
  write();
  return {
    isThere: () => tray !== null,
    retranslate: write,
    renew: () => {
      tray?.destroy();
      tray = create();
      draw();
      write();
    },
    refresh: (count) => {
      unread = count;
      write();
    },
    showCall: (inCall) => {
      if (inCall === isInCall) return;
      isInCall = inCall;
      draw();
      write();
    },
    showReach: (now) => {
      if (now === reach) return;
      reach = now;
      draw();
      write();
    },
    showFiles: (summary) => {
      // A menu that is written again closes under the person's hand.
      if (isDeepStrictEqual(summary, files)) return;
      const before = files.state;
      files = summary;
      if (summary.state !== before) draw();
      write();
    },
  };
}

function createTray(picture: NativeImage, open: () => void, log: Log): Tray | null {
  try {
    const tray = new Tray(picture);
    tray.on('click', open);
    return tray;
  } catch (error) {
    log.warn('tray.none', {}, error);
    return null;
  }
}

function iconOf(plain: NativeImage, badge: BadgeKind | null, accent: string): NativeImage {
  if (badge === null) return plain;
  const badged = drawBadge(plain.toBitmap(), SIZE, badge, accent);
  return nativeImage.createFromBitmap(badged, { width: SIZE, height: SIZE });
}

function menuOf(
  files: FilesSummary,
  reach: Reach,
  { texts, quietUntil }: TrayLook,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const { problems, decisions, paused } = files;
  const about = (label: string): MenuItemConstructorOptions => ({ label, click: actions.openFiles });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const pausing: MenuItemConstructorOptions[] = paused
    ? [{ label: texts('tray.resume'), click: actions.resume }]
    : [
        { label: texts('tray.pauseHour'), click: () => actions.pause(HOUR) },
        { label: texts('tray.pause'), click: () => actions.pause(null) },
      ];
  const state = stateLine(files, reach, texts);
  const until = quietUntil();
  const quiet = until === null ? texts('tray.quiet') : texts('tray.quietUntil', { time: timeOf(until) });
  return [
    ...(state === null ? [] : [about(state)]),
    ...(problems > 0 ? [about(texts('tray.problems', { count: problems }))] : []),
    ...(decisions > 0 ? [about(texts('tray.decisions', { count: decisions }))] : []),
    ...(state === null ? [] : [separator]),
    { label: texts('tray.open'), click: actions.open },
    { label: texts('tray.openFolder'), click: actions.openFolder },
    ...(files.state === 'none' ? [] : [separator, ...pausing]),
    separator,
    { label: quiet, click: actions.toggleQuiet },
    { label: texts('tray.quit'), click: actions.quit },
  ];
}

const REACH_LINES: Readonly<Record<Exclude<Reach, 'reached'>, TextKey>> = {
  'no-network': 'tray.reach.no-network',
  silent: 'tray.reach.silent',
  stranger: 'tray.reach.stranger',
};

const STATE_LINES: Readonly<Record<Exclude<FilesSummary['state'], 'none'>, TextKey>> = {
  'up-to-date': 'tray.state.up-to-date',
  syncing: 'tray.state.syncing',
  paused: 'tray.state.paused',
  'needs-you': 'tray.state.needs-you',
  offline: 'tray.state.offline',
};

/** The one line of how all is, null when there is nothing to say: what keeps everything comes before how the files are. */
function stateLine({ state, pausedUntil }: FilesSummary, reach: Reach, texts: Texts): string | null {
  if (reach !== 'reached') return texts(REACH_LINES[reach]);
  if (state === 'none') return null;
  if (state !== 'paused' || pausedUntil === null) return texts(STATE_LINES[state]);
  return texts('tray.state.pausedUntil', { time: timeOf(pausedUntil) });
}

function timeOf(moment: number): string {
  return new Date(moment).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
