import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { app, BrowserWindow, dialog, net, type Session, shell, type WebContents } from 'electron';
import type { Handlers } from '../../preload/contract/index.ts';
import type { Brand } from '../brand/schema.ts';
import { AppError } from '../contract/app-error.ts';
import type { FinalPlace } from '../downloads/arrival.ts';
import { type Carrying, carry, type OneDownload } from '../downloads/carry.ts';
import { type ComingFrom, DownloadDesk } from '../downloads/download-desk.ts';
import { downloadFolder, nameToKeep } from '../downloads/download-place.ts';
import { takeUpLeftBehind } from '../downloads/left-behind.ts';
import { markFor, putMark, tellable } from '../downloads/mark.ts';
import { PartNotes } from '../downloads/part-notes.ts';
import { Questions } from '../downloads/questions.ts';
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
  /** From now on it is known for which account a download is begun. */
  readonly beginFor: (owner: () => string | null) => void;
  readonly handlers: (dialogs: Dialogs) => Handlers<'downloads'>;
  /** Stops and forgets what was begun in an account. */
  readonly clear: (owner: string) => void;
  /** Takes up what an earlier run left behind. */
  readonly takeUp: () => Promise<void>;
  /** Stops all that runs; resolves when what is to be told at the next start is on disk. */
  readonly close: () => Promise<void>;
}

/** A page that begins more at once means no good. */
const MOST_AT_ONCE = 20;
/** So many wait for the person to say where they go; a page that asks for more is refused. */
const MOST_QUESTIONS = 4;

/** Carries downloads: where they go, how far they are, what they are marked with. */
export function createDownloads({ brand, base, texts }: DownloadParts): Downloads {
  const { policy, settings, events, downloadNotes, log } = base;
  const folder = (): string => downloadFolder(policy.values, homedir(), app.getPath('downloads'));
  const view = () => ({ folder: folder(), downloads: desk.list() });
  const tell = (): void => events.send('downloads', 'changed', view());
  const desk = new DownloadDesk({
    now: Date.now,
    whyBroken: async (place, missing) =>
      whyBroken({ ...(await factsOf(place)), missing, isOnline: net.isOnline() }),
    exists: async (path) => existsSync(path),
    reveal: (path) => shell.showItemInFolder(path),
    changed: tell,
    log,
  });
  const notes = new PartNotes(downloadNotes, log);
  const carrying: Carrying = {
    desk,
    notes,
    spareFolder: folder,
    mark: (path, { url }) => markFrom(url, path, brand),
    log,
  };
  settings.onChange(tell);
  const later = { owner: (): string | null => null };
  const placing: Placing = {
    carrying,
    questions: new Questions(MOST_QUESTIONS),
    owner: () => later.owner(),
    asks: () => settings.view().values.downloadsAsk,
    folder,
    texts,
  };
  return {
    follow: (session, rule) => followSession(session, rule, placing),
    beginFor: (owner) => {
      later.owner = owner;
    },
    handlers: (dialogs) => ({
      view,
      stop: ({ id }) => desk.stop(id),
      goOn: ({ id }) => desk.goOn(id),
      reveal: ({ id }) => desk.reveal(id),
      forget: ({ id }) => desk.forget(id),
      forgetEnded: () => desk.forgetEnded(),
      chooseFolder: () => chooseFolder(base, folder, dialogs),
    }),
    clear: (owner) => desk.clear(owner),
    takeUp: () => takeUpLeftBehind(carrying),
    close: () => {
      const closed = notes.close();
      desk.stopAll();
      return closed;
    },
  };
}

function markFrom(url: string, path: string, { productName }: Brand): Promise<void> {
  const source = { url, product: productName, at: Date.now(), id: randomUUID() };
  return putMark(markFor(process.platform, path, source));
}

async function chooseFolder(
  { policy, settings }: Foundation,
  folder: () => string,
  { chooseDownloadFolder }: Dialogs,
): Promise<{ chosen: boolean }> {
  if (policy.decidedBy('downloadsFolder') !== null)
    throw new AppError('forbidden.setting', { setting: 'downloadsFolder' });
  const chosen = await chooseDownloadFolder(folder());
  if (chosen !== null) await settings.change({ downloadsFolder: chosen });
  return { chosen: chosen !== null };
}

interface Placing {
  readonly carrying: Carrying;
  readonly questions: Questions;
  readonly owner: () => string | null;
  /** Whether the person wants to be asked each time. */
  readonly asks: () => boolean;
  readonly folder: () => string;
  readonly texts: Texts;
}

function followSession(session: Session, rule: DownloadRule, placing: Placing): void {
  const { carrying, questions, owner, folder, texts } = placing;
  session.on('will-download', (event, item, contents) => {
    const url = item.getURL();
    const from: ComingFrom = {
      url: tellable(url),
      host: rule.host(url, contents?.getURL() ?? ''),
      owner: owner(),
    };
    const name = nameToKeep(item.getFilename(), texts('download.unnamed'));
    const refuse = (problem: 'refused' | 'too-many'): void => {
      event.preventDefault();
      carrying.desk.refuse(name, from, problem);
    };
    if (!rule.mayCome(url)) return refuse('refused');
    const home = makeFolder(folder(), carrying);
    const asks = home === null || placing.asks() || !(rule.isOwn || item.hasUserGesture());
    if (carrying.desk.running >= MOST_AT_ONCE || (asks && !questions.hasRoom)) return refuse('too-many');
    // Under a name by which nobody takes it for the whole: `plan.pdf.3f9a1c20.part`.
    const part = join(home ?? app.getPath('temp'), `${name}.${randomUUID().slice(0, 8)}.part`);
    item.setSavePath(part);
    const place: OneDownload['place'] = asks
      ? (isMoot) => questions.ask(() => askPlace(contents, join(folder(), name), texts), isMoot)
      : { kind: 'free', folder: folder(), name };
    carry({ item, part, name, from, place }, carrying);
  });
}

/** Answers the folder, which is there now; null where it can't be made. */
function makeFolder(folder: string, { log }: Carrying): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    log.warn('download.no-place', {}, error);
    return null;
  }
}

/** Asks where a file is to be kept, over the window that it comes from; null: nowhere. */
async function askPlace(
  contents: WebContents | undefined,
  suggested: string,
  texts: Texts,
): Promise<FinalPlace | null> {
  const options = { title: texts('dialog.download'), defaultPath: suggested };
  const window = contents && !contents.isDestroyed() ? BrowserWindow.fromWebContents(contents) : null;
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return filePath === '' ? null : { kind: 'chosen', folder: dirname(filePath), name: basename(filePath) };
}
