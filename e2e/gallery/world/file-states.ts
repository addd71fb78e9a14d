import type { WaitingFiles } from '../../../preload/contract/file-activity.ts';
import type { FilesOverview } from '../../../preload/contract/files.ts';
import type { Freeable } from '../../../preload/contract/folder-sizes.ts';
import { calmOverview, firstRunOverview, MO } from './files.ts';
import { ago } from './people.ts';
import { ARCHIVES, CRECHES, POOL, RUGBY } from './salons.ts';

/** A picture in two versions. */
export const pictureOverview: FilesOverview = {
  ...calmOverview,
  folders: calmOverview.folders.map((each) =>
    each.salonId === RUGBY
      ? {
          ...each,
          conflicts: [
            {
              path: 'Photos/Parvis.jpg',
              copyPath: 'Photos/Parvis (copie en conflit 2026-11-21 091500).jpg',
              at: ago(90),
            },
          ],
        }
      : each,
  ),
};

/** Many files that wait for their turn. */
export const waitingFiles: WaitingFiles = {
  count: 244,
  bytes: 1210 * MO,
  files: [
    { salonId: RUGBY, path: 'Présentation au conseil.pptx', direction: 'up', bytes: 18 * MO },
    { salonId: ARCHIVES, path: 'Inventaire/Registre 1915-1920.pdf', direction: 'down', bytes: 210 * MO },
    { salonId: ARCHIVES, path: 'Inventaire/Registre 1921-1930.pdf', direction: 'down', bytes: 180 * MO },
    { salonId: POOL, path: 'Plans/Bassin.dwg', direction: 'down', bytes: 4 * MO },
  ],
};

/** What could leave this PC, one folder of which is not all online. */
export const usualFreeable: Freeable = {
  freeBytes: 180 * MO,
  folders: [
    { salonId: RUGBY, path: 'Captations', files: 212, bytes: 14_300 * MO, unsent: 0 },
    { salonId: ARCHIVES, path: '', files: 604, bytes: 1946 * MO, unsent: 0 },
    { salonId: RUGBY, path: 'Plans', files: 24, bytes: 420 * MO, unsent: 0 },
    {
      salonId: POOL,
      path: 'Photos du chantier, du terrassement à la pose des bassins',
      files: 48,
      bytes: 240 * MO,
      unsent: 0,
    },
    { salonId: CRECHES, path: 'Menus', files: 61, bytes: 85 * MO, unsent: 2 },
  ],
};

/** A disk without room for what is to come. */
export const fullOverview: FilesOverview = {
  ...calmOverview,
  folders: calmOverview.folders.map((each) =>
    each.salonId === RUGBY
      ? {
          ...each,
          problems: [
            {
              path: 'Captations/Finale.mp4',
              code: 'disk-full',
              retryAt: ago(-10),
              detail: 'diskFull size=4294967296',
            },
          ],
        }
      : each,
  ),
};

/** Before anybody knows how much there is to come. */
export const firstLookOverview: FilesOverview = {
  ...firstRunOverview,
  folders: firstRunOverview.folders.map((each) => ({ ...each, activity: { state: 'scanning' } })),
};
