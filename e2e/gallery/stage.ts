import type { AccountList, AccountState, Discovery } from '../../preload/contract/accounts.ts';
import type { AppInfo } from '../../preload/contract/app.ts';
import type { BrandView } from '../../preload/contract/brand.ts';
import type { OfferedFolder } from '../../preload/contract/chosen-folders.ts';
import type { ShownPicture } from '../../preload/contract/conflict-pictures.ts';
import type { DownloadsView } from '../../preload/contract/downloads.ts';
import type { DoneItem, RunningFile, WaitingFiles } from '../../preload/contract/file-activity.ts';
import type {
  ConflictFacts,
  FileAuthor,
  FilesOverview,
  FolderEntry,
  Transfer,
} from '../../preload/contract/files.ts';
import type { Estimate, FolderContents, Freeable } from '../../preload/contract/folder-sizes.ts';
import type { NetworkView, Reach } from '../../preload/contract/network.ts';
import type { PendingCreation } from '../../preload/contract/salons.ts';
import type { DecidedSetting, SettingsView } from '../../preload/contract/settings.ts';
import type { UpdateState } from '../../preload/contract/updates.ts';
import { FakeChat } from './fake-chat.ts';
import { type FakeHandlers, FakeMain } from './fake-main.ts';
import { accountHandlers } from './world/account-handlers.ts';
import { found, listed, signedIn } from './world/accounts.ts';
import { offered } from './world/chosen.ts';
import { type DiagnosticsWorld, diagnosticsHandlers, usualDiagnostics } from './world/diagnostics.ts';
import { downloadHandlers, noDownloads } from './world/downloads.ts';
import { usualFreeable } from './world/file-states.ts';
import { authors, calmOverview, entries, serverFolders, textConflict, usualEstimate } from './world/files.ts';
import { NOW } from './world/people.ts';
import { paintPicture } from './world/picture.ts';
import { list, RUGBY } from './world/salons.ts';
import { SERVICES } from './world/services.ts';
import { usualSettings } from './world/settings.ts';
import { rugby } from './world/timeline.ts';

/** What main knows in the gallery; a scene changes it before the page starts or while it runs. */
export interface MainWorld {
  account: AccountState;
  accounts: AccountList;
  info: AppInfo;
  settings: SettingsView;
  decided: DecidedSetting[];
  update: UpdateState;
  downloads: DownloadsView;
  network: NetworkView;
  reach: Reach;
  overview: FilesOverview;
  estimate: Estimate;
  serverFolders: FolderContents['folders'];
  freeable: Freeable;
  offered: readonly OfferedFolder[];
  entries: readonly FolderEntry[];
  authors: readonly FileAuthor[];
  conflict: ConflictFacts;
  transfers: Transfer[];
  running: RunningFile[];
  waiting: WaitingFiles;
  recent: DoneItem[];
  pending: PendingCreation[];
  discovery: Discovery;
  diagnostics: DiagnosticsWorld;
}

/** The two scripted sides of the page. */
export class Stage {
  readonly world: MainWorld;
  readonly main: FakeMain;
  readonly chat: FakeChat;
  /** Handlers that a scene replaces. */
  readonly overrides: {
    -readonly [D in keyof FakeHandlers]?: Partial<FakeHandlers[D]>;
  } = {};

  constructor(brand: BrandView, theme: 'light' | 'dark', language: 'fr' | 'en') {
    this.world = {
      account: signedIn,
      accounts: { accounts: [listed], mayAdd: true, isWhole: true },
      info: {
        version: '0.1.0',
        platform: 'linux',
        language,
        theme,
        reducedEffects: false,
        cacheDays: 0,
        brand,
      },
      settings: usualSettings(theme, language),
      downloads: noDownloads,
      update: { status: 'current', lookedAt: NOW - 3_600_000 },
      network: { question: null, doubtful: [] },
      reach: 'reached',
      overview: calmOverview,
      estimate: usualEstimate,
      serverFolders,
      freeable: usualFreeable,
      offered,
      entries,
      authors,
      conflict: textConflict,
      transfers: [],
      running: [],
      waiting: { files: [], count: 0, bytes: 0 },
      recent: [],
      pending: [],
      discovery: found,
      decided: [],
      diagnostics: usualDiagnostics(),
    };
    this.main = new FakeMain(this.#handlers());
    this.chat = new FakeChat({ list, timelines: new Map([[RUGBY, rugby]]), details: {}, failing: new Map() });
  }

  #handlers(): FakeHandlers {
    const usual = { ...this.#appAndAccounts(), ...this.#work() };
    const names = Object.keys(usual) as (keyof FakeHandlers)[];
    const replaced = names.map((name) => [
      name,
      new Proxy(usual[name], {
        get: (target, request) => Reflect.get({ ...target, ...this.overrides[name] }, request),
      }),
    ]);
    return Object.fromEntries(replaced) as FakeHandlers;
  }

  #appAndAccounts(): Pick<FakeHandlers, 'app' | 'accounts' | 'network' | 'settings' | 'diagnostics'> {
    const { world } = this;
    return {
      diagnostics: diagnosticsHandlers(() => world.diagnostics),
      app: {
        info: () => world.info,
        takeOpening: () => null,
        openLink: () => undefined,
        notify: () => undefined,
        closeNotification: () => undefined,
        takeNotificationUses: () => [],
        setUnread: () => undefined,
        saveText: () => ({ saved: true }),
        copyText: () => undefined,
        log: () => undefined,
      },
      accounts: accountHandlers(world, () => this.main),
      network: {
        view: () => world.network,
        tellReach: () => ({ reach: world.reach }),
        answerProxy: () => undefined,
        chooseCertificate: () => undefined,
      },
      settings: {
        get: () => world.settings,
        decided: () => world.decided,
        change: (values) => {
          const known = Object.entries(values).filter(([, value]) => value !== undefined);
          world.settings = {
            ...world.settings,
            values: { ...world.settings.values, ...Object.fromEntries(known) },
          };
          return world.settings;
        },
      },
    };
  }

  #work(): Pick<
    FakeHandlers,
    'salons' | 'files' | 'fileActivity' | 'chosenFolders' | 'calls' | 'services' | 'downloads' | 'updates'
  > {
    const { world } = this;
    const folder = {
      server: 'https://fichiers.metropole.example',
      fileId: '900',
      name: 'Rénovation',
      access: 'shares',
    } as const;
    return {
      updates: {
        get: () => world.update,
        look: () => undefined,
        fetch: () => undefined,
        install: () => ({ outcome: 'begun' }),
        noteUnsent: () => undefined,
      },
      salons: {
        makeFolder: () => ({ folder, notShared: [] }),
        shareFolder: () => ({ notShared: [] }),
        confirm: () => undefined,
        undo: () => undefined,
        pending: () => world.pending,
      },
      files: this.#files(),
      fileActivity: {
        running: () => world.running,
        waiting: () => world.waiting,
        recent: () => world.recent,
      },
      chosenFolders: this.#chosen(),
      calls: this.#calls(),
      services: SERVICES,
      downloads: downloadHandlers(
        () => world.downloads,
        (view) => {
          world.downloads = view;
          this.main.emit('downloads', 'changed', view);
        },
      ),
    };
  }

  /** What a person decides about two versions, and what they have read. */
  #decisions(): Pick<
    FakeHandlers['files'],
    'dismissNotice' | 'dismissLowRoom' | 'conflict' | 'conflictPicture' | 'settleConflict' | 'undoSettle'
  > {
    const { world } = this;
    return {
      dismissNotice: ({ salonId, code }) =>
        this.show({
          ...world.overview,
          folders: world.overview.folders.map((folder) =>
            folder.salonId === salonId
              ? { ...folder, notices: folder.notices.filter((each) => each.code !== code) }
              : folder,
          ),
        }),
      dismissLowRoom: () => this.show({ ...world.overview, room: null }),
      conflict: () => world.conflict,
      conflictPicture: async ({ side }) => ({ picture: await paintedVersion(side) }),
      settleConflict: () => ({ undo: crypto.randomUUID() }),
      undoSettle: () => undefined,
    };
  }

  #files(): FakeHandlers['files'] {
    const { world } = this;
    return {
      overview: () => world.overview,
      follow: () => undefined,
      choosePlace: () => {
        this.show({ ...world.overview, place: world.overview.suggestedPlace });
        return { place: world.overview.suggestedPlace };
      },
      estimate: () => world.estimate,
      list: ({ salonId, path }) => {
        const { unwanted = [] } = world.overview.folders.find((each) => each.salonId === salonId) ?? {};
        const isAway = unwanted.some((folder) => folder === '' || `${path}/`.startsWith(`${folder}/`));
        const entries = path === '' ? world.entries : filesIn(path, world.entries);
        return entries.map((entry) => (isAway ? { ...entry, state: 'online-only' } : entry));
      },
      authors: ({ path }) =>
        world.authors.map((each) => ({ ...each, path: path === '' ? each.path : `${path}/${each.path}` })),
      addFiles: () => [],
      addBytes: () => world.transfers[0] ?? never(),
      pickFiles: () => [],
      transfers: () => world.transfers,
      settleTransfer: () => undefined,
      stopTransfer: ({ transferId }) => {
        const transfer = world.transfers.find((each) => each.transferId === transferId);
        if (transfer) this.main.emit('files', 'transfer', { ...transfer, step: { step: 'stopped' } });
      },
      open: () => undefined,
      stopOpening: () => undefined,
      reveal: () => undefined,
      overrulePause: () => undefined,
      fileId: () => ({ fileId: '4711' }),
      drag: () => undefined,
      contents: ({ path }) => ({
        folders: world.serverFolders.filter((folder) => parentOf(folder.path) === path),
        fileBytes: path === '' ? 48_000_000 : 0,
        freeBytes: 34_000_000_000,
      }),
      freeable: () => world.freeable,
      choose: () => undefined,
      openPlace: () => undefined,
      pause: ({ paused, minutes }) =>
        this.show({
          ...world.overview,
          paused,
          pausedUntil: minutes === null ? null : NOW + minutes * 60_000,
        }),
      retry: () => undefined,
      rename: () => undefined,
      decideGuard: () => undefined,
      ...this.#decisions(),
    };
  }

  #chosen(): FakeHandlers['chosenFolders'] {
    const { world } = this;
    return {
      browse: ({ path }) => world.offered.filter((folder) => parentOf(folder.path) === path),
      propose: ({ path, where }) => ({
        proposal: {
          proposalId: crypto.randomUUID(),
          localPath: `${where === 'ask' ? '/media/nadia/Disque' : '/home/nadia/Traboule/Dossiers'}/${path.slice(path.lastIndexOf('/') + 1)}`,
          bytes: world.offered.find((folder) => folder.path === path)?.bytes ?? null,
          freeBytes: world.estimate.freeBytes,
          fits: world.estimate.fits,
        },
      }),
      add: () => ({ folderId: `folder:${crypto.randomUUID()}` }),
      stop: ({ folderId, copy }) => {
        const folders = world.overview.folders.filter(({ salonId }) => salonId !== folderId);
        this.show({ ...world.overview, folders });
        return { copy: copy === 'keep' ? 'kept' : 'trashed' };
      },
    };
  }

  #calls(): FakeHandlers['calls'] {
    return {
      domains: () => ['meet.metropole.example'],
      probe: () => ({ auth: 'none' }),
      open: ({ salonId }) => {
        this.main.emit('calls', 'changed', { salonId, phase: { phase: 'joining' } });
        return { isNew: true };
      },
      connect: () => undefined,
      leave: ({ salonId }) => {
        this.main.emit('calls', 'changed', { salonId, phase: { phase: 'left' } });
      },
    };
  }

  /** Changes the folders and tells the page. */
  readonly show = (overview: FilesOverview): void => {
    this.world.overview = overview;
    this.main.emit('files', 'overviewChanged', overview);
  };
}

/** Two pictures that differ in their shape. */
async function paintedVersion(side: 'here' | 'there'): Promise<ShownPicture> {
  const picture = await paintPicture(side === 'here' ? 'parvis 900 600' : 'parvis 640 640');
  return { type: 'image/png', bytes: new Uint8Array(await picture.arrayBuffer()) };
}

function never(): never {
  throw new Error('this scene has no transfer');
}

/** The same files in another folder. */
function filesIn(folder: string, entries: readonly FolderEntry[]): FolderEntry[] {
  return entries
    .filter(({ kind }) => kind === 'file')
    .map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }));
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
