import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { app, type DownloadItem, net, type Session, shell } from 'electron';
import type { Handlers } from '../../preload/contract/index.ts';
import type { Brand } from '../brand/schema.ts';
import { AppError } from '../contract/app-error.ts';
import { type ComingFile, type ComingFrom, DownloadDesk } from '../downloads/download-desk.ts';
import { downloadFolder, nameToKeep } from '../downloads/download-place.ts';
import { putInPlace } from '../downloads/free-name.ts';
import { markFor, putMark } from '../downloads/mark.ts';
import { factsOf, whyBroken } from '../downloads/why-broken.ts';
import type { Dialogs } from './dialogs.ts';
import type { DownloadRule } from './download-rules.ts';
import type { Foundation } from './foundation.ts';
import type { Texts } from './texts.ts';

/** What downloads are carried with. */
export interface DownloadParts {
  readonly brand: Brand;
  readonly base: Foundation;
  readonly texts: Texts;
}

/** Files that a person keeps on this PC outside of the folders. */
export interface Downloads {
  /** Takes over what a session's pages download. */
  readonly follow: (session: Session, rule: DownloadRule) => void;
  readonly handlers: (dialogs: Dialogs) => Handlers<'downloads'>;
  /** Stops all that runs and forgets the list. */
  readonly clear: () => void;
}

/** A page that begins more at once means no good. */
const MOST_AT_ONCE = 20;

/** Carries downloads: where they go, how far they are, what they are marked with. */
export function createDownloads({ brand, base, texts }: DownloadParts): Downloads {
  const { policy, settings, events, log } = base;
  const folder = (): string => downloadFolder(policy.values, homedir(), app.getPath('downloads'));
  const view = () => ({ folder: folder(), downloads: desk.list() });
  const tell = (): void => events.send('downloads', 'changed', view());
  const desk = new DownloadDesk({
    now: Date.now,
    mark: (path, { url }, id) =>
      putMark(markFor(process.platform, path, { url, product: brand.productName, at: Date.now(), id })),
    whyBroken: async (place, missing) =>
      whyBroken({ ...(await factsOf(place)), missing, isOnline: net.isOnline() }),
    exists: async (path) => existsSync(path),
    reveal: (path) => shell.showItemInFolder(path),
    changed: tell,
    log,
  });
  settings.onChange(tell);
  const chooseFolder = async ({ chooseDownloadFolder }: Dialogs) => {
    if (policy.decidedBy('downloadsFolder') !== null)
      throw new AppError('forbidden.setting', { setting: 'downloadsFolder' });
    const chosen = await chooseDownloadFolder(folder());
    if (chosen !== null) await settings.change({ downloadsFolder: chosen });
    return { chosen: chosen !== null };
  };
  return {
    follow: followSession({ desk, settings, folder, texts, log }),
    handlers: (dialogs) => ({
      view,
      stop: ({ id }) => desk.stop(id),
      goOn: ({ id }) => desk.goOn(id),
      reveal: ({ id }) => desk.reveal(id),
      forget: ({ id }) => desk.forget(id),
      forgetEnded: () => desk.forgetEnded(),
      chooseFolder: () => chooseFolder(dialogs),
    }),
    clear: () => desk.clear(),
  };
}

interface Placing extends Pick<Foundation, 'settings' | 'log'> {
  readonly desk: DownloadDesk;
  readonly folder: () => string;
  readonly texts: Texts;
}

function followSession(placing: Placing): Downloads['follow'] {
  const { desk, settings, texts } = placing;
  return (session, { mayCome, host, isOwn }) => {
    session.on('will-download', (event, item, contents) => {
      const url = item.getURL();
      const from = { url, host: host(url, contents?.getURL() ?? '') };
      const name = nameToKeep(item.getFilename(), texts('download.unnamed'));
      if (!mayCome(url) || desk.running >= MOST_AT_ONCE) {
        event.preventDefault();
        desk.refuse(name, from);
        return;
      }
      const asks = settings.view().values.downloadsAsk || !(isOwn || item.hasUserGesture());
      const whole = asks ? null : startPart(item, name, placing);
      if (whole === null)
        item.setSaveDialogOptions({
          title: texts('dialog.download'),
          defaultPath: join(placing.folder(), name),
        });
      carry(item, { whole, from, desk, log: placing.log });
    });
  };
}

/**
 * Has an item come without a question, under a name by which nobody takes it for the whole: `plan.pdf.3f9a1c20.part`.
 * Answers the path that it is to have in the end; null where it can't be put there.
 */
function startPart(item: DownloadItem, name: string, { folder, log }: Placing): string | null {
  const whole = join(folder(), name);
  try {
    mkdirSync(dirname(whole), { recursive: true });
  } catch (error) {
    log.warn('download.no-place', {}, error);
    return null;
  }
  item.setSavePath(`${whole}.${randomUUID().slice(0, 8)}.part`);
  return whole;
}

interface Carrying extends Pick<Foundation, 'log'> {
  /** The path it is to have in the end; null: the person is asked. */
  readonly whole: string | null;
  readonly from: ComingFrom;
  readonly desk: DownloadDesk;
}

/** Follows one download from here to its end. */
function carry(item: DownloadItem, { whole, from, desk, log }: Carrying): void {
  // Nothing can be asked of an item that ended.
  let seen = lookAt(item);
  let isOver = false;
  let path = whole;
  const file: ComingFile = {
    path: () => path ?? (seen.path || null),
    bytesDone: () => seen.bytesDone,
    bytesTotal: () => seen.bytesTotal,
    mayGoOn: () => !isOver && seen.mayGoOn,
    stop: () => {
      if (!isOver) item.cancel();
    },
    goOn: () => {
      if (!isOver) item.resume();
    },
  };
  const carrier = desk.begin(file, from);
  item.on('updated', (_event, state) => {
    seen = lookAt(item);
    if (state === 'progressing') carrier.advanced();
    else carrier.brokeOff();
  });
  const end = async (state: EndState): Promise<void> => {
    if (state === 'completed' && whole !== null)
      path = await putInPlace(seen.path, dirname(whole), basename(whole));
    carrier.ended(HOW[state]);
  };
  item.once('done', (_event, state) => {
    seen = lookAt(item);
    isOver = true;
    end(state).catch((error: unknown) => {
      log.error('download.not-placed', {}, error);
      carrier.ended('broken');
    });
  });
}

type EndState = 'completed' | 'cancelled' | 'interrupted';
const HOW = { completed: 'done', cancelled: 'stopped', interrupted: 'broken' } as const satisfies Record<
  EndState,
  string
>;

/** What can be known of an item while it is there; its path is empty while the person is asked. */
function lookAt(item: DownloadItem) {
  return {
    path: item.getSavePath(),
    bytesDone: item.getReceivedBytes(),
    bytesTotal: item.getTotalBytes(),
    mayGoOn: item.canResume(),
  };
}
