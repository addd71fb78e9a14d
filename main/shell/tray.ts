import { Menu, nativeImage, Tray } from 'electron';
import type { Log } from '../log/log.ts';
import type { Texts } from './texts.ts';

/** What the icon's menu does. */
export interface TrayActions {
  readonly open: () => void;
  readonly openFolder: () => void;
  readonly quit: () => void;
}

/** The icon beside the clock. */
export interface TrayIcon {
  /** Says how many messages are unread. */
  readonly refresh: (unread: number) => void;
  /** Writes its words again: the language changed. */
  readonly retranslate: () => void;
}

const SIZE = process.platform === 'darwin' ? 18 : 24;

/** Shows the icon; null where the desktop has no place for one (the window then closes instead of hiding). */
export function showTray(icon: string, texts: Texts, actions: TrayActions, log: Log): TrayIcon | null {
  let tray: Tray;
  try {
    tray = new Tray(nativeImage.createFromPath(icon).resize({ width: SIZE, height: SIZE }));
  } catch (error) {
    log.warn('tray.none', {}, error);
    return null;
  }
  let unread = 0;
  const write = (): void => {
    tray.setToolTip(unread > 0 ? texts('tray.tooltipUnread', { count: unread }) : texts('tray.tooltip'));
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: texts('tray.open'), click: actions.open },
        { label: texts('tray.openFolder'), click: actions.openFolder },
        { type: 'separator' },
        { label: texts('tray.quit'), click: actions.quit },
      ]),
    );
  };
  tray.on('click', actions.open);
  write();
  return {
    retranslate: write,
    refresh: (count) => {
      unread = count;
      write();
    },
  };
}
