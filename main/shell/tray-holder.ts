import type { FilesOverview } from '../../preload/contract/files.ts';
import type { Reach } from '../../preload/contract/network.ts';
import { AppError } from '../contract/app-error.ts';
import { summaryOf } from '../files/summary.ts';
import type { Log } from '../log/log.ts';
import type { TrayIcon } from './tray.ts';

/** What the tray does with all folders. */
export interface FolderActs {
  /** Opens their place; throws an AppError while none was chosen. */
  readonly openPlace: () => Promise<void>;
  readonly pause: (paused: boolean, minutes: number | null) => Promise<void>;
}

/**
 * The tray's icon, which comes later than the window, between the panel that shows it, which some desktops have late or
 * never, the folders, which are there later still, and who asks for any of them.
 */
export class TrayHolder {
  readonly #log: Log;
  readonly #openWindow: () => void;
  #icon: TrayIcon | null = null;
  #hasPanel: boolean;
  /** Whether the icon was shown to a panel: it finds its way to later ones by itself. */
  #isKnown = false;
  #acts: FolderActs | null = null;
  #summary = summaryOf(null);
  #isInCall = false;
  #reach: Reach = 'reached';

  /**
   * `openWindow` is what opening the folders does until a place was chosen for them. `hasPanel` says whether the system
   * always has a place for icons; else `showPanel` tells.
   */
  constructor(openWindow: () => void, hasPanel: boolean, log: Log) {
    this.#openWindow = openWindow;
    this.#hasPanel = hasPanel;
    this.#log = log;
  }

  /** The icon is there. */
  take(icon: TrayIcon): void {
    this.#icon = icon;
    this.#isKnown = this.#hasPanel;
    icon.showFiles(this.#summary);
    icon.showCall(this.#isInCall);
    icon.showReach(this.#reach);
  }

  /** Whether people see the icon, and can come back by it. */
  get isSeen(): boolean {
    return this.#hasPanel && this.#icon?.isThere() === true;
  }

  /** A panel that shows icons came or went. */
  readonly showPanel = (isThere: boolean): void => {
    this.#hasPanel = isThere;
    if (!isThere || this.#isKnown || !this.#icon) return;
    this.#icon.renew();
    this.#isKnown = true;
  };

  readonly showUnread = (messages: number): void => this.#icon?.refresh(messages);

  readonly showCall = (isInCall: boolean): void => {
    this.#isInCall = isInCall;
    this.#icon?.showCall(isInCall);
  };

  readonly showReach = (reach: Reach): void => {
    this.#reach = reach;
    this.#icon?.showReach(reach);
  };

  readonly showFiles = (overview: FilesOverview): void => {
    this.#summary = summaryOf(overview);
    this.#icon?.showFiles(this.#summary);
  };

  /** The folders are there: from now on they can be opened, paused and resumed. */
  readonly onFolders = (acts: FolderActs): void => {
    this.#acts = acts;
  };

  readonly openFolder = (): void => {
    this.#acts?.openPlace().catch((error: unknown) => {
      if (!(error instanceof AppError)) this.#log.error('folder.not-opened', {}, error);
      this.#openWindow();
    });
  };

  readonly pause = (paused: boolean, minutes: number | null): void => {
    this.#acts?.pause(paused, minutes).catch((error: unknown) => {
      this.#log.error('folders.not-paused', {}, error);
    });
  };
}
