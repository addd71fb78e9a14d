import type { DoneItem, RunningFile } from '../../../preload/contract/file-activity.ts';
import type {
  ConflictFacts,
  FileAuthor,
  FilesOverview,
  FolderEntry,
  SalonFolder,
  Transfer,
} from '../../../preload/contract/files.ts';
import type { Estimate, FolderContents } from '../../../preload/contract/folder-sizes.ts';
import { ago, dayAt } from './people.ts';
import { ARCHIVES, CRECHES, POOL, RUGBY } from './salons.ts';

export const MO = 1024 * 1024;

/** A salon's folder that is well, but for what `rest` says. */
export const folder = (salonId: string, name: string, rest: Partial<SalonFolder> = {}): SalonFolder => ({
  salonId,
  kind: 'salon',
  name,
  activity: { state: 'up-to-date' },
  fileCount: 128,
  byteCount: 640 * MO,
  lastChange: ago(2),
  problems: [],
  conflicts: [],
  notices: [],
  unwanted: [],
  ...rest,
});

const entry = (path: string, rest: Partial<FolderEntry> = {}): FolderEntry => ({
  path,
  kind: 'file',
  size: 2 * MO,
  fileCount: 0,
  modifiedAt: ago(11),
  state: 'synced',
  ...rest,
});

export const entries: readonly FolderEntry[] = [
  entry('Plans', { kind: 'folder', fileCount: 24 }),
  entry('Courriers', { kind: 'folder', fileCount: 61 }),
  entry('Vidéos', { kind: 'folder', size: 0, state: 'online-only', modifiedAt: null }),
  entry('Budget sécurité.xlsx', { state: 'uploading' }),
  entry('Plan des accès v7.pdf', { size: 3_355_443 }),
  entry('Compte rendu 19 nov.docx', { modifiedAt: ago(200) }),
  entry('Convention.docx', { state: 'conflict' }),
  entry('Parvis.jpg', { modifiedAt: dayAt(5, 10, 0) }),
  entry('Captation 4K.mp4', { size: 3 * 1024 * MO, state: 'online-only', modifiedAt: dayAt(12, 10, 0) }),
  entry('Présentation au conseil.pptx', { state: 'waiting' }),
];

/** The folders that the server has in a salon's. */
export const serverFolders: FolderContents['folders'] = [
  { path: 'Captations', bytes: 14_300 * MO },
  { path: 'Captations/2025', bytes: 9100 * MO },
  { path: 'Captations/2026', bytes: 5200 * MO },
  { path: 'Courriers', bytes: 85 * MO },
  { path: 'Plans', bytes: 420 * MO },
  { path: 'Plans/Anciennes versions', bytes: 310 * MO },
  { path: 'Plans/Parvis', bytes: 96 * MO },
  { path: 'Vidéos', bytes: 2200 * MO },
];

/** Who wrote some of them. */
export const authors: readonly FileAuthor[] = [
  { path: 'Plan des accès v7.pdf', author: { kind: 'other', name: 'Karim Morel' }, at: ago(11) },
  { path: 'Compte rendu 19 nov.docx', author: { kind: 'you' }, at: ago(200) },
  { path: 'Convention.docx', author: { kind: 'other', name: 'Claire Vidal' }, at: ago(92) },
  { path: 'Parvis.jpg', author: { kind: 'other', name: 'Claire Vidal' }, at: dayAt(5, 10, 0) },
];

/** A text in two versions. */
export const textConflict: ConflictFacts = {
  there: {
    kind: 'file',
    size: 4310,
    modifiedAt: ago(92),
    author: { kind: 'other', name: 'Claire Vidal' },
    seen: 'there',
  },
  here: { kind: 'file', size: 4522, modifiedAt: ago(90), author: { kind: 'you' }, seen: 'here' },
  difference: {
    kind: 'lines',
    isCut: false,
    parts: [
      { side: 'skipped', count: 12 },
      { side: 'both', lines: ['Article 3. Accès au stade', ''] },
      { side: 'there', lines: ['Les livraisons se font avant 9 h par la porte nord.'] },
      {
        side: 'here',
        lines: [
          'Les livraisons se font avant 8 h 30 par la porte nord.',
          'Un agent de la ville ouvre la barrière.',
        ],
      },
      { side: 'both', lines: ['', 'Article 4. Sécurité', 'Le plan est affiché à chaque entrée.'] },
      { side: 'here', lines: ['Il est revu tous les mois.'] },
      { side: 'skipped', count: 31 },
    ],
  },
  canUndo: true,
};

/** The same, of a file that is no text, and too large to be kept for an undo. */
export const binaryConflict: ConflictFacts = {
  ...textConflict,
  difference: { kind: 'none', why: 'not-text' },
  canUndo: false,
};

/** Everything in order. */
export const calmOverview: FilesOverview = {
  place: '/home/nadia/Traboule',
  suggestedPlace: '/home/nadia/Traboule',
  paused: false,
  pausedUntil: null,
  mayAdd: true,
  spaceLimit: null,
  room: null,
  folders: [
    folder(RUGBY, 'Coupe du monde de rugby', { unwanted: ['Vidéos'] }),
    folder(CRECHES, 'Crèches du 3ᵉ', { fileCount: 212, byteCount: 180 * MO, lastChange: ago(25) }),
    folder(ARCHIVES, 'Archives municipales', {
      fileCount: 604,
      byteCount: 1.9 * 1024 * MO,
      lastChange: ago(44),
    }),
    folder(POOL, 'Piscine, suivi de chantier', {
      fileCount: 57,
      byteCount: 310 * MO,
      lastChange: dayAt(1, 14, 0),
    }),
  ].map((each) => ({ ...each, byteCount: Math.round(each.byteCount) })),
};

/** A person took the place without keeping anything in it yet. */
export const onlineOnlyOverview: FilesOverview = {
  ...calmOverview,
  folders: calmOverview.folders.map((each) => ({
    ...each,
    fileCount: 0,
    byteCount: 0,
    lastChange: null,
    unwanted: [''],
  })),
};

/** All of it is on its way for the first time. */
export const firstRunOverview: FilesOverview = {
  ...calmOverview,
  folders: calmOverview.folders.map((each, index) => ({
    ...each,
    fileCount: 0,
    byteCount: 0,
    lastChange: null,
    activity: {
      state: 'syncing',
      filesLeft: 1200 - 240 * index,
      bytesDone: (90 + 11 * index) * MO,
      bytesTotal: (900 - 70 * index) * MO,
      bytesPerSecond: 2.1 * MO,
      secondsLeft: 1540 - 100 * index,
    },
  })),
};

/** Uploads, a conflict, a guard, a problem. */
export const busyOverview: FilesOverview = {
  ...calmOverview,
  folders: [
    folder(RUGBY, 'Coupe du monde de rugby', {
      activity: {
        state: 'syncing',
        filesLeft: 3,
        bytesDone: 42 * MO,
        bytesTotal: 60 * MO,
        bytesPerSecond: 2.4 * MO,
        secondsLeft: 8,
      },
      conflicts: [
        {
          path: 'Convention.docx',
          copyPath: 'Convention (copie en conflit 2026-11-21 091500).docx',
          at: ago(90),
        },
      ],
    }),
    folder(CRECHES, 'Crèches du 3ᵉ', { fileCount: 212, byteCount: 180 * MO, lastChange: ago(25) }),
    folder(ARCHIVES, 'Archives municipales', {
      fileCount: 604,
      byteCount: 2_040_109_466,
      lastChange: ago(44),
      activity: {
        state: 'guarded',
        guard: {
          id: 'archives',
          reason: 'many-deletions',
          side: 'here',
          count: 412,
          examples: ['Inventaire/1901.pdf', 'Inventaire/1902.pdf', 'Inventaire/1903.pdf'],
        },
      },
    }),
    folder(POOL, 'Piscine, suivi de chantier', {
      fileCount: 57,
      byteCount: 310 * MO,
      lastChange: dayAt(1, 14, 0),
      problems: [
        { path: 'Rapport final.docx', code: 'file-in-use', retryAt: ago(-2), detail: 'EBUSY' },
        { path: 'Plans/coupe 1:50.dwg', code: 'name-not-allowed', retryAt: null, detail: 'colon' },
      ],
    }),
    folder('!cabinet:metropole.example', 'Cabinet, préparation conseil du 12 décembre', {
      fileCount: 9,
      byteCount: 92 * MO,
      lastChange: dayAt(5, 9, 0),
      activity: { state: 'gone' },
    }),
  ],
};

/** A colleague gave a file a name that this PC can't have beside its own. */
export const clashOverview: FilesOverview = {
  ...calmOverview,
  folders: [
    folder(RUGBY, 'Coupe du monde de rugby', {
      problems: [{ path: 'convention.docx', code: 'name-clash', retryAt: null, detail: 'caseClash' }],
    }),
    ...calmOverview.folders.slice(1),
  ],
};

/** A file on its way, more than half done. */
export const budgetTransfer: Transfer = {
  transferId: '6f2c1b4e-5a0d-4c7b-9a51-0f8f6d2f7a11',
  salonId: RUGBY,
  path: 'Budget sécurité.xlsx',
  size: 10 * MO,
  step: { step: 'uploading', bytesDone: Math.round(6.2 * MO), secondsLeft: 4 },
};

/** Two files on their way, one of them the dropped one. */
export const runningFiles: RunningFile[] = [
  {
    salonId: RUGBY,
    path: budgetTransfer.path,
    direction: 'up',
    bytesDone: Math.round(6.2 * MO),
    bytesTotal: 10 * MO,
    bytesPerSecond: 1.4 * MO,
    secondsLeft: 3,
  },
  {
    salonId: ARCHIVES,
    path: 'Inventaire/Registre des délibérations 1901-1914.pdf',
    direction: 'down',
    bytesDone: 12 * MO,
    bytesTotal: 210 * MO,
    bytesPerSecond: MO,
    secondsLeft: 198,
  },
];

const done = (id: number, path: string, rest: Partial<DoneItem>): DoneItem => ({
  id,
  salonId: RUGBY,
  path,
  from: null,
  deed: 'fetched',
  size: 2 * MO,
  at: ago(2),
  ...rest,
});

/** What was done last, each kind of deed once. */
export const recentItems: DoneItem[] = [
  done(8, 'Plan des accès v7.pdf', { deed: 'sent' }),
  done(7, 'Compte rendu 19 nov.docx', { at: ago(11) }),
  done(6, 'Plans', { deed: 'folder-sent', at: ago(25) }),
  done(5, 'Photos du parvis', { deed: 'folder-fetched', at: ago(26), salonId: POOL }),
  done(4, 'Plans/Accès nord.dwg', { deed: 'moved-there', from: 'Accès nord.dwg', at: ago(40) }),
  done(3, 'Convention signée.docx', { deed: 'moved-here', from: 'Convention.docx', at: ago(61) }),
  done(2, 'Brouillon.odt', { deed: 'removed-there', at: dayAt(1, 16, 0) }),
  done(1, 'Ancien plan.pdf', { deed: 'removed-here', at: dayAt(1, 15, 0), salonId: CRECHES }),
];

/** What the engine did and tells. */
export const noticedOverview: FilesOverview = {
  ...calmOverview,
  folders: [
    folder(RUGBY, 'Coupe du monde de rugby', {
      notices: [
        {
          code: 'restored',
          files: [
            {
              path: 'Plans/Accès nord.pdf',
              keptPath: 'Plans/Accès nord (copie en conflit de Nadia Berger 2026-11-21 091500).pdf',
            },
            { path: 'Plans/Ancien plan.pdf', keptPath: null },
          ],
          count: 2,
          at: ago(5),
        },
        {
          code: 'left-out-size',
          files: [{ path: 'Films/Parvis.mov', keptPath: null }],
          count: 1,
          at: ago(20),
        },
        { code: 'compared-anew', files: [{ path: '', keptPath: null }], count: 1, at: ago(90) },
      ],
    }),
    folder(CRECHES, 'Crèches du 3ᵉ', {
      notices: [
        {
          code: 'no-trash',
          files: [{ path: 'Menus/Avril.docx', keptPath: '.traboule-trash' }],
          count: 14,
          at: ago(30),
        },
        {
          code: 'recovered',
          files: [
            {
              path: 'copie en conflit',
              keptPath: 'copie en conflit (copie en conflit 2026-11-21 091500)',
            },
          ],
          count: 1,
          at: ago(60),
        },
      ],
    }),
  ],
};

/** Before the first run: it fits. */
export const usualEstimate: Estimate = {
  folders: 7,
  bytes: Math.round(3.1 * 1024 * MO),
  unknown: 0,
  freeBytes: 118 * 1024 * MO,
  fits: true,
};

/** Little room is left on this PC, and the organisation allows only so much of it. */
export const lowRoomOverview: FilesOverview = {
  ...calmOverview,
  spaceLimit: 20 * 1024 * MO,
  room: { level: 'low', freeBytes: 3200 * MO },
};

/** Servers and a drive that are not reached for reasons that a person can do something about, and a folder that is stopped. */
export const unreachedOverview: FilesOverview = {
  ...calmOverview,
  folders: [
    folder(RUGBY, 'Coupe du monde de rugby', { activity: { state: 'offline', why: 'certificate' } }),
    folder(CRECHES, 'Crèches du 3ᵉ', { activity: { state: 'offline', why: 'other-server' } }),
    folder(ARCHIVES, 'Archives municipales', {
      activity: { state: 'failed', why: 'other-program', detail: 'journalInUse' },
    }),
    folder(POOL, 'Piscine, suivi de chantier', {
      activity: { state: 'failed', why: 'drive-silent', detail: 'driveSilent' },
    }),
  ],
};
