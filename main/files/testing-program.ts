import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FilesOverview, type Transfer } from '../../preload/contract/files.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { LocalFailure } from '../sync/model/failures.ts';
import { Authors } from './authors.ts';
import { AwayListing } from './away-listing.ts';
import { ChosenFolders } from './chosen-folders.ts';
import { chosenFolderHandlers } from './chosen-handlers.ts';
import { ConflictLabels } from './conflict-labels.ts';
import { Conflicts } from './conflicts.ts';
import { Dav } from './dav.ts';
import type { Engine } from './engine.ts';
import { EMPTY_FILES, type FilesState } from './files-state.ts';
import { FirstRun } from './first-run.ts';
import { FolderChoice } from './folder-choice.ts';
import { FolderCounts } from './folder-counts.ts';
import { type FilesDomainParts, filesHandlers } from './handlers.ts';
import { Keepsakes } from './keepsakes.ts';
import { type KeptNotice, Notices } from './notices.ts';
import { OfferedFiles } from './offers.ts';
import { makeSureOnline } from './online-check.ts';
import { Opener } from './opener.ts';
import { PauseSwitch } from './pause-switch.ts';
import { SalonFolders } from './salon-folders.ts';
import { Supervisor } from './supervisor.ts';
import { DeskConditions, engineHere } from './testing.ts';
import { type KeptTransfer, Transfers } from './transfers.ts';

const http = createHttp(fetch);

/** What outlives a program. */
interface Kepts {
  readonly state: ReturnType<typeof keptInMemory<FilesState>>;
  readonly transfers: ReturnType<typeof keptInMemory<readonly KeptTransfer[]>>;
}
const freshKepts = (): Kepts => ({
  state: keptInMemory(EMPTY_FILES),
  transfers: keptInMemory<readonly KeptTransfer[]>([]),
});

/** The session of the person, until it ends. */
class Session {
  readonly #access: FilesAccess;
  #isOpen = true;

  constructor(access: FilesAccess) {
    this.#access = access;
  }

  readonly access = (): FilesAccess | null => (this.#isOpen ? this.#access : null);

  end(): void {
    this.#isOpen = false;
  }
}

/** The program has no other account, and nobody before it. */
const ALONE = {
  dialogs: { choosePlace: () => Promise.resolve(null), pickFiles: () => Promise.resolve([]) },
  placesOfOthers: () => Promise.resolve([]),
  placeChosen: () => undefined,
};

function rethrow(error: unknown): never {
  throw error;
}

/** What the program did with the desktop. */
class TestDesktop {
  readonly opened: string[] = [];
  readonly trashed: string[] = [];

  readonly open = async (path: string): Promise<void> => void this.opened.push(path);
  readonly reveal = (): void => undefined;
  readonly drag = (): void => undefined;
  /** As when a program has a file of what is thrown away open. */
  isTrashShut = false;
  readonly trash = async (path: string): Promise<void> => {
    if (this.isTrashShut) throw new LocalFailure('inUse');
    this.trashed.push(path);
    await rm(path, { recursive: true });
  };
}

/**
 * The files domain of one person's program, with the real engine; for tests.
 *
 * @param home folder of its own for the synced folder, the journals and what can be undone
 * @param kepts what an earlier program kept, as after a restart
 */
export function openFilesProgram(account: FilesAccess, home: string, kepts = freshKepts()) {
  const place = join(home, 'Traboule');
  const session = new Session(account);
  const desktop = new TestDesktop();
  const [{ access }, { trash }] = [session, desktop];
  const dav = () => new Dav(http, account);
  const authors = new Authors({ http, access, log: silentLog });
  const rootPathOf = (pairId: string): string | null => folders.rootPathOf(pairId);
  const labelOf = (name: string): string => `copie en conflit de ${name}`;
  const { labelFor } = new ConflictLabels({ http, access, authors, rootPathOf, labelOf });
  const engine = new Supervisor(engineHere, trash, silentLog, { labelFor });
  const expire = (): Promise<void> => {
    session.end();
    return folders.accountChanged();
  };
  const folders = openFolders({ engine, access, expire, state: kepts.state, home, place });
  const fileIdOf = fileIdIn(dav);
  const told: Transfer[] = [];
  const tell = (transfer: Transfer): void => void told.push(structuredClone(transfer));
  const placeOf = folders.placeOf.bind(folders);
  const kept = kepts.transfers;
  const transfers = new Transfers({ engine, placeOf, fileIdOf, trash, kept, tell, log: silentLog });
  const pause = new PauseSwitch(folders, rethrow);
  const offered = new OfferedFiles();
  const handlers = filesHandlers({
    engine,
    folders,
    transfers,
    authors,
    dav,
    fileIdOf,
    pause,
    offered,
    desktop,
    counts: new FolderCounts(engine),
    away: new AwayListing(dav),
    conflicts: new Conflicts({ folders, authors, keepsakes: new Keepsakes(join(home, 'undo')), trash }),
    lowRoom: { dismiss: () => Promise.resolve() },
    opener: new Opener(engine, desktop),
    firstRun: new FirstRun({ http, access, folders: folders.firstFileIds }),
    choice: new FolderChoice({ http, access }),
    ...ALONE,
  });
  const picked: Picked = { folder: null, mayAdd: true };
  const chosen = chosenHandlers({ engine, folders, access, trash, log: silentLog }, picked);
  const close = async (): Promise<void> => {
    pause.close();
    await folders.close();
    await engine.stop();
  };
  const activity = () => folders.overview().folders[0]?.activity;
  const drop = (salonId: string, path: string) => {
    const [token] = offered.offer([path]);
    return handlers.addFiles({ salonId, files: [token ?? ''] }, new AbortController().signal);
  };
  const seen = { told, desktop, opened: desktop.opened, trashed: desktop.trashed, activity };
  const acts = { drop, expire, close };
  return { ...seen, ...acts, handlers, chosen, picked, folders, transfers, place, kepts };
}

/** What the person answers, and the organisation allows. */
interface Picked {
  folder: string | null;
  mayAdd: boolean;
}

function fileIdIn(dav: () => Dav): FilesDomainParts['fileIdOf'] {
  return async ({ remotePath }, path) => {
    const [entry] = (await dav().list(`${remotePath}/${path}`, '0')) ?? [];
    return entry?.fileId ?? null;
  };
}

/** The files domain of one person's program, with the real engine. */
export type FilesProgram = ReturnType<typeof openFilesProgram>;

function chosenHandlers(
  parts: Omit<
    ConstructorParameters<typeof ChosenFolders>[0],
    'http' | 'makeSureOnline' | 'folders' | 'placesOfOthers' | 'askFolder' | 'mayAdd'
  > & {
    readonly engine: Engine;
    readonly folders: SalonFolders;
  },
  picked: Picked,
) {
  const { engine, folders } = parts;
  return chosenFolderHandlers(
    new ChosenFolders({
      ...parts,
      http,
      placesOfOthers: () => Promise.resolve([]),
      askFolder: () => Promise.resolve(picked.folder),
      mayAdd: () => picked.mayAdd,
      makeSureOnline: (folderId, signal) => makeSureOnline(engine, folders.placeOf(folderId), signal),
    }),
  );
}

interface FoldersParts {
  readonly engine: Engine;
  readonly access: () => FilesAccess | null;
  readonly expire: () => Promise<void>;
  readonly state: Kepts['state'];
  readonly home: string;
  readonly place: string;
}

function openFolders({ engine, access, expire, state, home, place }: FoldersParts): SalonFolders {
  return new SalonFolders({
    engine,
    conditions: new DeskConditions(),
    http,
    access,
    onRefused: () => void expire(),
    state,
    notices: new Notices(keptInMemory<readonly KeptNotice[]>([])),
    journals: join(home, 'journals'),
    suggestedPlace: () => place,
    mayAdd: () => true,
    spaceLimit: () => null,
    lowRoom: () => null,
    certificate: () => null,
    pairOptions: () => ({ conflictLabel: 'copie en conflit', ignore: [] }),
    comesAtFirst: () => true,
    tellOverview: (overview) => FilesOverview.parse(overview),
    tellEntries: () => undefined,
    log: silentLog,
  });
}
