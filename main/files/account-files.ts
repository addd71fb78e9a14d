import { join } from 'node:path';
import { z } from 'zod';
import type { FilesOverview } from '../../preload/contract/files.ts';
import { splitUserId } from '../../preload/contract/partners.ts';
import type { OneAccount } from '../accounts/accounts.ts';
import { AppError } from '../contract/app-error.ts';
import type { Events } from '../contract/events.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import { type Kept, keptFile } from '../store/kept.ts';
import { keptTwice } from '../store/kept-twice.ts';
import type { ClientCertificate } from '../sync/api.ts';
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
import type { FileDomains } from './domains.ts';
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
import { LowRoom } from './low-room.ts';
import { KeptNotice, Notices } from './notices.ts';
import type { OfferedFiles } from './offers.ts';
import { makeSureOnline } from './online-check.ts';
import { type FileDesktop, Opener } from './opener.ts';
import { PauseSwitch } from './pause-switch.ts';
import type { LeaveOut } from './protocol.ts';
import { tryAgainWhenRoomIsMade } from './room-made.ts';
import { SalonFolders } from './salon-folders.ts';
import { salonHandlers } from './salon-handlers.ts';
import { KeptTransfer, Transfers } from './transfers.ts';
import { waitingFiles } from './waiting-files.ts';

/** What the files of an account are made from. */
export interface AccountFilesParts {
  readonly account: OneAccount;
  /** Folder of what this PC knows of them. */
  readonly home: string;
  /** The account's share of the engine. */
  readonly engine: Engine;
  readonly conditions: Omit<Conditions, 'close'>;
  readonly http: Http;
  /** The page, as far as it shows this account. */
  readonly events: Pick<Events, 'send'>;
  readonly offered: OfferedFiles;
  readonly desktop: FileDesktop;
  /** Shows how the folders are where the page is not: beside the clock. */
  readonly showOverview: (overview: FilesOverview) => void;
  readonly dialogs: {
    readonly choosePlace: (suggested: string) => Promise<string | null>;
    readonly pickFiles: () => Promise<readonly string[]>;
    readonly chooseFolder: (suggested: string) => Promise<string | null>;
  };
  /** Where the folders' place is suggested. */
  readonly suggestedPlace: () => string;
  /** Places of other accounts on this PC, in which nothing of this one may lie. */
  readonly placesOfOthers: () => Promise<readonly string[]>;
  /** Its place was chosen: others must not lie in it. */
  readonly placeChosen: () => void;
  /** How people are called at the file server, of brand or policy. */
  readonly fileUserName: string;
  readonly conflictLabel: () => string;
  /** What the policy says now; asked anew before each look at a folder. */
  readonly decided: () => {
    readonly leaveOut: LeaveOut;
    /** So many deletions at once want a person's word. */
    readonly deletionsToConfirm: number;
    /** What all folders may take on this PC, in bytes; null for no limit. */
    readonly mostBytes: number | null;
    readonly mayAddFolders: boolean;
    /** Whether the folder of a salon of that name comes to this PC before a person chose. */
    readonly comesAtFirst: (salonName: string) => boolean;
  };
  /** What the file server is shown when it asks for a certificate; null for none. */
  readonly certificate: () => ClientCertificate | null;
  /** The same with the name of the person at this PC. */
  readonly conflictLabelOf: (name: string) => string;
  readonly log: Log;
}

/** The files of one account at work: its folders, what is on the way in them, what it makes. */
export interface AccountFiles {
  readonly handlers: FileDomains;
  /** The place of its folders, null while none was chosen. */
  readonly place: () => string | null;
  readonly overview: () => FilesOverview;
  /** Opens the place of its folders. */
  readonly openPlace: () => Promise<void>;
  /** Pauses or resumes its folders; `minutes` null: until they are resumed. */
  readonly pause: (paused: boolean, minutes: number | null) => Promise<void>;
  /** Whether the account has this pair open. */
  readonly has: (pairId: string) => boolean;
  /** The words in the name of a conflict copy; null for the usual ones. */
  readonly labelFor: (pairId: string, path: string) => Promise<string | null>;
  /** Somebody signed in to its files, or the session ended. */
  readonly accessChanged: () => void;
  /** Somebody signed out of it: what is in the folders stays there, nothing more is told of it. */
  readonly forget: () => Promise<void>;
  /** Closes every folder of it. */
  readonly close: () => Promise<void>;
}

/** Takes up the folders of the last time; the sync process begins with the first of them. */
export async function openAccountFiles(parts: AccountFilesParts): Promise<AccountFiles> {
  const { home, log } = parts;
  const state = await keptTwice(join(home, 'files.json'), FilesState, EMPTY_FILES, log);
  const notes = await keptFile(join(home, 'creations.json'), z.array(CreationNote).readonly(), [], log);
  const told = await keptFile(join(home, 'notices.json'), z.array(KeptNotice).readonly(), [], log);
  const lowRoom = lowRoomOf(parts, state, () => tellOverview(parts, folders.overview()));
  const folders = foldersOf(parts, state, new Notices(told), lowRoom);
  void lowRoom.look();
  try {
    return await openWith(parts, { state, notes, folders, lowRoom });
  } catch (error) {
    lowRoom.close();
    // They are opened again: two who write the same files would undo each other's changes.
    await folders.close();
    throw error;
  }
}

/** What else an account's files are made from, once its folders are at work. */
interface Begun {
  readonly state: Kept<FilesState>;
  readonly notes: CreationsNotes;
  readonly folders: SalonFolders;
  readonly lowRoom: LowRoom;
}

async function openWith(parts: AccountFilesParts, begun: Begun): Promise<AccountFiles> {
  const { home, account, http, engine, desktop, log } = parts;
  const { state, notes, folders, lowRoom } = begun;
  const access = account.filesAccess;
  const authors = new Authors({ http, access, log });
  tryAgainWhenRoomIsMade({ engine, places: () => folders.places(), log });
  const fileIdOf = (place: FolderPlace, path: string) => askFileId(parts, place, path);
  const transfers = await transfersOf(parts, folders, fileIdOf);
  const activity = await activityOf(parts, folders);
  const keepsakes = new Keepsakes(join(home, 'undo'));
  await keepsakes.clear();
  const conflicts = new Conflicts({ folders, authors, keepsakes, trash: desktop.trash });
  const rootPathOf = (pairId: string) => folders.rootPathOf(pairId);
  const labels = new ConflictLabels({ http, access, authors, rootPathOf, labelOf: parts.conflictLabelOf });
  const pause = new PauseSwitch(folders, (error) => log.error('pause.not-ended', {}, error));
  pause.begin();
  const handlers = {
    files: filesHandlers({
      ...parts,
      folders,
      counts: new FolderCounts(engine),
      away: new AwayListing(() => davOf(parts)),
      transfers,
      authors,
      conflicts,
      lowRoom,
      dav: () => davOf(parts),
      opener: new Opener(engine, desktop),
      fileIdOf,
      pause,
      firstRun: new FirstRun({ http, access, folders: folders.firstFileIds }),
      choice: new FolderChoice({ http, access }),
    }),
    salons: salonHandlers(creationsOf(parts, notes, () => state.value.salons)),
    fileActivity: activity.handlers,
    chosenFolders: chosenFolderHandlers(chosenOf(parts, folders)),
  };
  return {
    handlers,
    place: () => folders.overview().place,
    overview: () => folders.overview(),
    openPlace: () => openPlace(folders, desktop),
    pause: pause.set,
    has: (pairId) => rootPathOf(pairId) !== null,
    labelFor: labels.labelFor,
    accessChanged: () => void folders.accountChanged(),
    forget: async () => {
      await Promise.all([folders.forgetSalons(), transfers.forgetAll(), activity.forgetAll()]);
    },
    close: async () => {
      pause.close();
      lowRoom.close();
      const ended = folders.close();
      await conflicts.close();
      await engine.stop();
      await Promise.all([ended, activity.close(), notes.settled()]);
    },
  };
}

function chosenOf(
  { account, http, engine, desktop, dialogs, placesOfOthers, decided, log }: AccountFilesParts,
  folders: SalonFolders,
): ChosenFolders {
  return new ChosenFolders({
    http,
    access: account.filesAccess,
    folders,
    placesOfOthers,
    mayAdd: () => decided().mayAddFolders,
    askFolder: dialogs.chooseFolder,
    makeSureOnline: (folderId, signal) => makeSureOnline(engine, folders.placeOf(folderId), signal),
    trash: desktop.trash,
    log,
  });
}

/** The file server as the person at this PC. Throws `not-signed-in.files`. */
function davOf({ account, http }: AccountFilesParts): Dav {
  const access = account.filesAccess();
  if (!access) throw new AppError('not-signed-in.files');
  return new Dav(http, access);
}

function tellOverview({ events, showOverview }: AccountFilesParts, overview: FilesOverview): void {
  events.send('files', 'overviewChanged', overview);
  showOverview(overview);
}

function lowRoomOf(
  { engine, home, log }: AccountFilesParts,
  state: Kept<FilesState>,
  tell: () => void,
): LowRoom {
  return new LowRoom({
    engine,
    paths: () => [home, ...(state.value.place === null ? [] : [state.value.place])],
    read: {
      get: () => state.value.lowRoomRead,
      set: (lowRoomRead) => state.set({ ...state.value, lowRoomRead }),
    },
    tell,
    log,
  });
}

function foldersOf(
  parts: AccountFilesParts,
  state: Kept<FilesState>,
  notices: Notices,
  lowRoom: LowRoom,
): SalonFolders {
  const { account, home, engine, http, events, log } = parts;
  return new SalonFolders({
    engine,
    conditions: parts.conditions,
    http,
    access: account.filesAccess,
    onRefused: () => void account.filesExpired(),
    state,
    notices,
    journals: join(home, 'sync'),
    suggestedPlace: parts.suggestedPlace,
    mayAdd: () => parts.decided().mayAddFolders,
    spaceLimit: () => parts.decided().mostBytes,
    lowRoom: () => lowRoom.toTell(),
    certificate: parts.certificate,
    pairOptions: () => {
      const { leaveOut, deletionsToConfirm, mostBytes } = parts.decided();
      const guard = { ...defaultOptions.guard, files: deletionsToConfirm };
      const room = mostBytes === null ? {} : { mostBytes };
      return { ...leaveOut, ...room, guard, conflictLabel: parts.conflictLabel() };
    },
    comesAtFirst: (name) => parts.decided().comesAtFirst(name),
    tellOverview: (overview) => tellOverview(parts, overview),
    tellEntries: (salonIds) => events.send('files', 'entriesChanged', { salonIds }),
    log,
  });
}

async function transfersOf(
  { home, engine, desktop, events, log }: AccountFilesParts,
  folders: SalonFolders,
  fileIdOf: (place: FolderPlace, path: string) => Promise<string | null>,
): Promise<Transfers> {
  const transfers = new Transfers({
    engine,
    placeOf: (salonId) => folders.placeOf(salonId),
    fileIdOf,
    trash: desktop.trash,
    kept: await keptFile(join(home, 'transfers.json'), z.array(KeptTransfer).readonly(), [], log),
    tell: (transfer) => events.send('files', 'transfer', transfer),
    log,
  });
  await transfers.takeUp();
  return transfers;
}

async function activityOf(
  { home, engine, events, log }: AccountFilesParts,
  folders: SalonFolders,
): Promise<FileActivity> {
  return new FileActivity({
    engine,
    kept: await keptFile(join(home, 'recent.json'), z.array(KeptDone).readonly(), [], log),
    salonsOf: (pairId) => folders.foldersOf(pairId),
    waiting: () => waitingFiles({ engine, places: () => folders.places() }),
    tellRunning: (running) => events.send('fileActivity', 'runningChanged', running),
    tellRecent: (newestId) => events.send('fileActivity', 'recentChanged', newestId),
    log,
  });
}

function creationsOf(
  { account, http, events, fileUserName }: AccountFilesParts,
  notes: CreationsNotes,
  salons: () => FilesState['salons'],
): Creations {
  return new Creations({
    http,
    notes,
    access: () => {
      const access = account.filesAccess();
      if (!access) throw new AppError('not-signed-in.files');
      return access;
    },
    mapping: () => ({ template: fileUserName, ownServer: splitUserId(account.chatUser() ?? '')[1] }),
    linksTo: ({ fileId }) => salons().filter(({ folder }) => folder.fileId === fileId).length,
    tellPending: (pending) => events.send('salons', 'pendingChanged', pending),
  });
}

type CreationsNotes = ConstructorParameters<typeof Creations>[0]['notes'];

/** The file id of something in a salon's folder; null when nobody can tell now. */
async function askFileId(
  { account, http, log }: AccountFilesParts,
  place: FolderPlace,
  path: string,
): Promise<string | null> {
  const access = account.filesAccess();
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
