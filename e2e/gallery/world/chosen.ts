import type { OfferedFolder } from '../../../preload/contract/chosen-folders.ts';
import type { FilesOverview, SalonFolder } from '../../../preload/contract/files.ts';
import { busyOverview, calmOverview } from './files.ts';
import { ago } from './people.ts';

const MO = 1024 * 1024;
/** A folder that Nadia chose among her files. */
export const PROJECTS = 'folder:5f0c7c3e-6d0b-4e57-9d0a-0d8f2c1b7a10';
const REGULATIONS = 'folder:9b7e1d52-3c1f-4b0e-8a55-6f2d4c9e0b21';

const offer = (path: string, size: number, rest: Partial<OfferedFolder> = {}): OfferedFolder => ({
  path,
  bytes: size * MO,
  sharedBy: null,
  standing: { is: 'free' },
  ...rest,
});

/** What Nadia has on the server. */
export const offered: readonly OfferedFolder[] = [
  offer('Documents', 310),
  offer('Documents/Modèles', 24),
  offer('Documents/Notes de service', 118),
  offer('Marchés publics', 5400, { sharedBy: 'Direction de la commande publique' }),
  offer('Photothèque', 61_000, { sharedBy: 'Claire Vidal' }),
  offer('Photothèque/2025', 27_000, { sharedBy: 'Claire Vidal' }),
  offer('Photothèque/2026', 34_000, { sharedBy: 'Claire Vidal' }),
  offer('Projets', 820, { standing: { is: 'kept', folder: 'Projets' } }),
  offer('Projets/Berges', 310, { standing: { is: 'inside', folder: 'Projets' } }),
  offer('Salons', 2900, { standing: { is: 'around', folder: 'Coupe du monde de rugby' } }),
  offer('Salons/Coupe du monde de rugby', 640, {
    standing: { is: 'kept', folder: 'Coupe du monde de rugby' },
  }),
];

const chosen = (salonId: string, name: string, rest: Partial<SalonFolder>): SalonFolder => ({
  salonId,
  kind: 'chosen',
  name,
  activity: { state: 'up-to-date' },
  fileCount: 96,
  byteCount: 820 * MO,
  lastChange: ago(180),
  problems: [],
  conflicts: [],
  notices: [],
  unwanted: [],
  ...rest,
});

/** Two folders beside those of the salons. */
export const chosenOverview: FilesOverview = {
  ...calmOverview,
  folders: [
    ...calmOverview.folders,
    chosen(PROJECTS, 'Projets', {}),
    chosen(REGULATIONS, 'Règlements intérieurs', {
      fileCount: 12,
      byteCount: 31 * MO,
      lastChange: ago(4000),
    }),
  ],
};

/** The same, one of them coming and the other withdrawn, beside salons with work to do. */
export const chosenBusyOverview: FilesOverview = {
  ...busyOverview,
  folders: [
    ...busyOverview.folders,
    chosen(PROJECTS, 'Projets', {
      activity: {
        state: 'syncing',
        filesLeft: 61,
        bytesDone: 210 * MO,
        bytesTotal: 820 * MO,
        bytesPerSecond: 9 * MO,
        secondsLeft: 68,
      },
    }),
    chosen(REGULATIONS, 'Règlements intérieurs', { activity: { state: 'gone' } }),
  ],
};

/** No salon has a folder, one was chosen. */
export const chosenOnlyOverview: FilesOverview = {
  ...calmOverview,
  folders: [chosen(PROJECTS, 'Projets', {})],
};
