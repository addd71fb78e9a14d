import { join } from 'node:path';
import { z } from 'zod';
import type { FilesOverview } from '../../preload/contract/files.ts';
import type { Handlers } from '../../preload/contract/index.ts';
import { splitUserId } from '../../preload/contract/partners.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Events } from '../contract/events.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import { type Kept, keptFile } from '../store/kept.ts';
import { keptTwice } from '../store/kept-twice.ts';
import { defaultOptions } from '../sync/options.ts';
import { Authors } from './authors.ts';
import { AwayListing } from './away-listing.ts';
import { ChosenFolders } from './chosen-folders.ts';
import { chosenFolderHandlers } from './chosen-handlers.ts';
import type { Conditions } from './conditions.ts';
import { ConflictLabels } from './conflict-labels.ts';
import { Conflicts } from './conflicts.ts';
import { CreationNote, Creations } from './creations.ts';
import { Dav } from './dav.ts';
import { KeptDone } from './done-items.ts';
import type { Engine } from './engine.ts';
import { FileActivity } from './file-activity.ts';
import { EMPTY_FILES, FilesState } from './files-state.ts';
import { FirstRun } from './first-run.ts';
import { FolderChoice } from './folder-choice.ts';
import { FolderCounts } from './folder-counts.ts';
import type { FolderPlace } from './folder-place.ts';
import { filesHandlers, openPlace } from './handlers.ts';
import { Keepsakes } from './keepsakes.ts';
import { KeptNotice, Notices } from './notices.ts';
import type { OfferedFiles } from './offers.ts';
import { makeSureOnline } from './online-check.ts';
import { type FileDesktop, Opener } from './opener.ts';
import { PauseSwitch } from './pause-switch.ts';
import type { LeaveOut } from './protocol.ts';
import { tryAgainWhenRoomIsMade } from './room-made.ts';
import { SalonFolders } from './salon-folders.ts';
import { salonHandlers } from './salon-handlers.ts';
import { type ChildProcess, Supervisor } from './supervisor.ts';
import { KeptTransfer, Transfers } from './transfers.ts';
import { waitingFiles } from './waiting-files.ts';

/** What the files of the program are made from. */
export interface FilesParts {
  /** The program's data folder. */
  readonly data: string;
  readonly conditions: Conditions;
  readonly accounts: Accounts;
  readonly http: Http;
  readonly events: Events;
  readonly offered: OfferedFiles;
  readonly spawn: () => ChildProcess;
  /** Resolves when the window is there: the sync process must not slow it down. */
  readonly calm: Promise<void>;
  readonly desktop: FileDesktop;
  /** Shows how the folders are where the page is not: beside the clock. */
  readonly showOverview: (overview: FilesOverview) => void;
  readonly dialogs: {
    readonly choosePlace: (suggested: string) => Promise<string | null>;
    readonly pickFiles: () => Promise<readonly string[]>;
    readonly chooseFolder: (suggested: string) => Promise<string | null>;
  };
  /** Where the folders' place is suggested. */
  readonly suggestedPlace: string;
  /** How people are called at the file server, of brand or policy. */
  readonly fileUserName: string;
  readonly conflictLabel: () => string;
  /** What the policy says now; asked anew before each look at a folder. */
  readonly decided: () => {
    readonly leaveOut: LeaveOut;
    /** So many deletions at once want a person's word. */
    readonly deletionsToConfirm: number;
  };
  /** The same with the name of the person at this PC. */
  readonly conflictLabelOf: (name: string) => string;
  readonly log: Log;
}

/** The domains of files at work. */
export interface FilesDomain {
  readonly handlers: {
    readonly [D in 'files' | 'salons' | 'fileActivity' | 'chosenFolders']: Handlers<D>;
  };
  /** The place of all folders, null while none was chosen. */
  readonly place: () => string | null;
  /** Opens the place of all folders. */
  readonly openPlace: () => Promise<void>;
  /** Pauses or resumes all folders; `minutes` null: until they are resumed. */
  readonly pause: (paused: boolean, minutes: number | null) => Promise<void>;
  /** Closes every folder and ends the sync process. */
  readonly close: () => Promise<void>;
}

/** Takes up the folders of the last time; the sync process begins with the first of them. */
export async function openFiles(parts: FilesParts): Promise<FilesDomain> {
  const { data, accounts, http, desktop, log } = parts;
  const state = await keptTwice(join(data, 'files.json'), FilesState, EMPTY_FILES, log);
  const notes = await keptFile(join(data, 'creations.json'), z.array(CreationNote).readonly(), [], log);
  const access = () => accounts.filesAccess();
  const authors = new Authors({ http, access, log });
  const engine = engineOf(parts, authors, (pairId) => folders.rootPathOf(pairId));
  const folders: SalonFolders = await foldersOf(parts, engine, state);
  tryAgainWhenRoomIsMade({ engine, places: () => folders.places(), log });
  const fileIdOf = (place: FolderPlace, path: string) => askFileId(parts, place, path);
  const transfers = await transfersOf(parts, engine, folders, fileIdOf);
  const activity = await activityOf(parts, engine, folders);
  accounts.onChange(({ files }) => {
    if (files.status !== 'none') void folders.accountChanged();
    else void Promise.all([folders.forgetSalons(), transfers.forgetAll(), activity.forgetAll()]);
  });
  const keepsakes = new Keepsakes(join(data, 'undo'));
  await keepsakes.clear();
  const conflicts = new Conflicts({ folders, authors, keepsakes, trash: desktop.trash });
  const pause = new PauseSwitch(folders, (error) => log.error('pause.not-ended', {}, error));
  pause.begin();
  const handlers = {
    files: filesHandlers({
      engine,
      folders,
      counts: new FolderCounts(engine),
      away: new AwayListing(() => davOf(parts)),
      transfers,
      authors,
      conflicts,
      dav: () => davOf(parts),
      opener: new Opener(engine, desktop),
      fileIdOf,
      pause,
      firstRun: new FirstRun({ http, access, folders: () => folders.fileIds() }),
      choice: new FolderChoice({ http, access }),
      desktop,
      offered: parts.offered,
      dialogs: parts.dialogs,
    }),
    salons: salonHandlers(creationsOf(parts, notes, () => state.value.salons)),
    fileActivity: activity.handlers,
    chosenFolders: chosenFolderHandlers(chosenOf(parts, engine, folders)),
  };
  return {
    handlers,
    place: () => folders.overview().place,
    openPlace: () => openPlace(folders, desktop),
    pause: pause.set,
    close: async () => {
      pause.close();
      folders.close();
      parts.conditions.close();
      await conflicts.close();
      await engine.stop();
      await activity.close();
    },
  };
}

function chosenOf(
  { http, accounts, desktop, dialogs }: FilesParts,
  engine: Engine,
  folders: SalonFolders,
): ChosenFolders {
  return new ChosenFolders({
    http,
    access: () => accounts.filesAccess(),
    folders,
    askFolder: dialogs.chooseFolder,
    makeSureOnline: (folderId, signal) => makeSureOnline(engine, folders.placeOf(folderId), signal),
    trash: desktop.trash,
  });
}

/** The file server as the person at this PC. Throws `not-signed-in.files`. */
function davOf({ http, accounts }: FilesParts): Dav {
  const access = accounts.filesAccess();
  if (!access) throw new AppError('not-signed-in.files');
  return new Dav(http, access);
}

/** The engine in its process; the names of conflict copies are asked here. */
function engineOf(
  { http, accounts, spawn, desktop, calm, conflictLabelOf, log }: FilesParts,
  authors: Authors,
  rootPathOf: (pairId: string) => string | null,
): Supervisor {
  const access = () => accounts.filesAccess();
  const labels = new ConflictLabels({ http, access, authors, rootPathOf, labelOf: conflictLabelOf });
  return new Supervisor(spawn, desktop.trash, log, { calm, labelFor: labels.labelFor });
}

async function foldersOf(parts: FilesParts, engine: Engine, state: Kept<FilesState>): Promise<SalonFolders> {
  const { data, accounts, http, events, log } = parts;
  return new SalonFolders({
    engine,
    conditions: parts.conditions,
    http,
    access: () => accounts.filesAccess(),
    onRefused: () => void accounts.filesExpired(),
    state,
    notices: new Notices(await keptFile(join(data, 'notices.json'), z.array(KeptNotice).readonly(), [], log)),
    journals: join(data, 'sync'),
    suggestedPlace: parts.suggestedPlace,
    pairOptions: () => {
      const { leaveOut, deletionsToConfirm } = parts.decided();
      const guard = { ...defaultOptions.guard, files: deletionsToConfirm };
      return { ...leaveOut, guard, conflictLabel: parts.conflictLabel() };
    },
    tellOverview: (overview) => {
      events.send('files', 'overviewChanged', overview);
      parts.showOverview(overview);
    },
    tellEntries: (salonIds) => events.send('files', 'entriesChanged', { salonIds }),
    log,
  });
}

async function transfersOf(
  { data, desktop, events, log }: FilesParts,
  engine: Engine,
  folders: SalonFolders,
  fileIdOf: (place: FolderPlace, path: string) => Promise<string | null>,
): Promise<Transfers> {
  const transfers = new Transfers({
    engine,
    placeOf: (salonId) => folders.placeOf(salonId),
    fileIdOf,
    trash: desktop.trash,
    kept: await keptFile(join(data, 'transfers.json'), z.array(KeptTransfer).readonly(), [], log),
    tell: (transfer) => events.send('files', 'transfer', transfer),
    log,
  });
  await transfers.takeUp();
  return transfers;
}

async function activityOf(
  { data, events, log }: FilesParts,
  engine: Engine,
  folders: SalonFolders,
): Promise<FileActivity> {
  return new FileActivity({
    engine,
    kept: await keptFile(join(data, 'recent.json'), z.array(KeptDone).readonly(), [], log),
    salonsOf: (pairId) => folders.foldersOf(pairId),
    waiting: () => waitingFiles({ engine, places: () => folders.places() }),
    tellRunning: (running) => events.send('fileActivity', 'runningChanged', running),
    tellRecent: (newestId) => events.send('fileActivity', 'recentChanged', newestId),
    log,
  });
}

function creationsOf(
  { http, accounts, events, fileUserName }: FilesParts,
  notes: CreationsNotes,
  salons: () => FilesState['salons'],
): Creations {
  return new Creations({
    http,
    notes,
    access: () => {
      const access = accounts.filesAccess();
      if (!access) throw new AppError('not-signed-in.files');
      return access;
    },
    mapping: () => ({ template: fileUserName, ownServer: splitUserId(accounts.chatUser() ?? '')[1] }),
    linksTo: ({ fileId }) => salons().filter(({ folder }) => folder.fileId === fileId).length,
    tellPending: (pending) => events.send('salons', 'pendingChanged', pending),
  });
}

type CreationsNotes = ConstructorParameters<typeof Creations>[0]['notes'];

/** The file id of something in a salon's folder; null when nobody can tell now. */
async function askFileId(
  { accounts, http, log }: FilesParts,
  place: FolderPlace,
  path: string,
): Promise<string | null> {
  const access = accounts.filesAccess();
  if (!access || place.remotePath === null) return null;
  try {
    const [entry] = (await new Dav(http, access).list(`${place.remotePath}/${path}`, '0')) ?? [];
    return entry?.fileId ?? null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.info('transfer.no-file-id', { about: error.about });
    return null;
  }
}
