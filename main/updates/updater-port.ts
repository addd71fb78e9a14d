import type { AppUpdater, UpdateInfo } from 'electron-updater';
import type { Log } from '../log/log.ts';
import type { Feed } from './rules.ts';
import { signedFeed, UntrustedFeed } from './signed-feed.ts';

/** A newer version that a feed offers to this PC. */
export interface Offer {
  readonly version: string;
  /** Milliseconds since 1970; null when the feed does not say. */
  readonly releasedAt: number | null;
}

/** What fetches versions and puts them in place. */
export interface UpdaterPort {
  /** The newest version, null when this one is as new or this PC's turn has not come. Throws UpdateFailed. */
  readonly look: (feed: Feed) => Promise<Offer | null>;
  /** Fetches what was offered last, and has it checked. Throws UpdateFailed. */
  readonly fetch: (progress: (percent: number) => void) => Promise<void>;
  /** Ends the program, puts the new one in its place and begins it. */
  readonly install: () => void;
  /**
   * Whether what is fetched is put in its place when the program ends. To be wanted before it is fetched: electron-updater
   * prepares the end only then; it can be taken back later.
   */
  readonly installAtEnd: (wanted: boolean) => void;
}

/** Why nothing came of it; nothing was changed. */
export class UpdateFailed extends Error {
  readonly why: 'unreachable' | 'untrusted' | 'damaged';

  constructor(why: UpdateFailed['why'], cause: unknown) {
    super(`update: ${why}`, { cause });
    this.name = 'UpdateFailed';
    this.why = why;
  }
}

/**
 * electron-updater behind the port. `install` is the edge's: it ends the program. Versions older than this one are never
 * taken, lists must be signed, files must be what the list says (SHA-512), and who is in a part of the roll-out is
 * decided on this PC by chance, once.
 */
export function updaterPort(updater: AppUpdater, install: () => void, log: Log): UpdaterPort {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.logger = {
    info: (message?: unknown) => log.info('updates.updater', { message: String(message).slice(0, 300) }),
    warn: (message?: unknown) => log.warn('updates.updater', { message: String(message).slice(0, 300) }),
    error: (message?: unknown) => log.warn('updates.updater', { message: String(message).slice(0, 300) }),
  };
  updater.on('error', () => undefined); // told by what was asked for, too
  return {
    look: async (feed) => {
      updater.setFeedURL(signedFeed(feed, process.platform));
      const found = await orFailed(() => updater.checkForUpdates());
      return found?.isUpdateAvailable ? offerOf(found.updateInfo) : null;
    },
    fetch: async (progress) => {
      const hear = ({ percent }: { percent: number }): void => progress(Math.floor(percent));
      updater.on('download-progress', hear);
      try {
        await orFailed(() => updater.downloadUpdate());
      } finally {
        updater.off('download-progress', hear);
      }
    },
    install,
    installAtEnd: (wanted) => {
      updater.autoInstallOnAppQuit = wanted;
    },
  };
}

function offerOf({ version, releaseDate }: UpdateInfo): Offer {
  const released = Date.parse(releaseDate);
  return { version, releasedAt: Number.isNaN(released) ? null : released };
}

async function orFailed<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new UpdateFailed(whyOf(error), error);
  }
}

/** electron-updater's own codes (ERR_CHECKSUM_MISMATCH, ERR_UPDATER_INVALID_SIGNATURE and so on). */
function whyOf(error: unknown): UpdateFailed['why'] {
  if (error instanceof UntrustedFeed) return 'untrusted';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') return 'untrusted';
  if (code === 'ERR_CHECKSUM_MISMATCH' || code.startsWith('ERR_UPDATER_INVALID')) return 'damaged';
  return 'unreachable';
}
