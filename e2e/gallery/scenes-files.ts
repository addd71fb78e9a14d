import type { FolderEntry } from '../../preload/contract/files.ts';
import errors from '../../renderer/i18n/fr/errors.json';
import files from '../../renderer/i18n/fr/files.json';
import { found, holdFileOver, press, pressLine, pressNamed, read, tick } from './hands.ts';
import { type Scene, unreachable } from './scenes.ts';
import { firstLookOverview, fullOverview, waitingFiles } from './world/file-states.ts';
import {
  budgetTransfer,
  busyOverview,
  clashOverview,
  firstRunOverview,
  onlineOnlyOverview,
  recentItems,
  runningFiles,
} from './world/files.ts';
import { RUGBY } from './world/salons.ts';

const many = (count: number): FolderEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `Relevé ${index + 1}.csv`,
    kind: 'file',
    size: 1000 + index,
    fileCount: 0,
    modifiedAt: null,
    state: 'synced',
  }));

async function openActivity(): Promise<void> {
  (await found<HTMLElement>('[role="tab"][data-key="activity"]')).click();
}

/** The page with the first salon's folder open, once this is in it; then what else is done. */
function inRugby(seen: string, then?: () => Promise<void>): NonNullable<Scene['after']> {
  return async (_, { navigation }) => {
    navigation.goTo('files');
    await pressLine('Coupe du monde de rugby');
    await read(seen);
    await then?.();
  };
}

/** The choice of folders, once it shows them. */
function choosing(seen: string, then?: () => Promise<void>): NonNullable<Scene['after']> {
  return async (_, { navigation }) => {
    navigation.ask({ kind: 'choose-folders', salonId: RUGBY });
    await read(seen);
    await then?.();
  };
}

/** What could leave this PC, once it is shown. */
function freeing(seen: string, then?: () => Promise<void>): NonNullable<Scene['after']> {
  return async (_, { navigation }) => {
    navigation.goTo('files');
    navigation.ask({ kind: 'free-space' });
    await read(seen);
    await then?.();
  };
}

/** Before a place was chosen. */
const placeless: NonNullable<Scene['before']> = ({ world }) => {
  world.overview = { ...world.overview, place: null };
};

/** The states of the files page beside its first look. */
export const fileScenes: readonly Scene[] = [
  {
    name: 'files-tree',
    before: (stage) => {
      stage.world.overview = busyOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await pressLine('Coupe du monde de rugby');
      await pressLine('Plans');
      await read('Parvis.jpg');
    },
  },
  {
    name: 'files-tree-loading',
    before: (stage) => {
      stage.overrides.files = { list: () => new Promise(() => undefined) };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await pressLine('Coupe du monde de rugby');
      await found('.tree .skeleton');
    },
  },
  {
    name: 'files-tree-drop',
    after: inRugby('Parvis.jpg', () => holdFileOver('.tree-row-entry')),
  },
  {
    name: 'files-pause-menu',
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read('Coupe du monde de rugby');
      await press(files.pause);
      await read(files.pauseFor.hour);
    },
  },
  {
    name: 'files-first-run',
    before: (stage) => {
      stage.world.overview = firstRunOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read(files.estimate.endsAt.replace(' {{time}}', ''));
    },
  },
  {
    name: 'files-first-look',
    before: (stage) => {
      stage.world.overview = firstLookOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read(files.summary.estimating);
    },
  },
  {
    name: 'files-online-only',
    before: (stage) => {
      placeless(stage);
      stage.world.estimate = { ...stage.world.estimate, freeBytes: 2_100_000_000, fits: false };
      stage.overrides.files = {
        choosePlace: () => {
          stage.show(onlineOnlyOverview);
          return { place: onlineOnlyOverview.place };
        },
      };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await press(files.place.choose);
      await read(files.place.chosen);
    },
  },
  {
    name: 'salon-online-only',
    before: (stage) => {
      stage.world.overview = onlineOnlyOverview;
    },
    after: async (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.showSide('folder');
      await read(files.place.away);
    },
  },
  {
    name: 'files-row-menu-online-only',
    after: inRugby('Vidéos', () => pressNamed(files.row.menu.replace('{{name}}', 'Vidéos'))),
  },
  {
    name: 'files-tree-online-only',
    after: inRugby('Vidéos', async () => {
      await pressLine('Vidéos');
      await read('Captation 4K.mp4');
    }),
  },
  {
    name: 'files-tree-online-only-pressed',
    after: inRugby('Vidéos', async () => {
      await pressLine('Vidéos');
      await found('.tree-row-away[aria-level="3"]');
      await pressLine('Captation 4K.mp4');
      await read(files.keepHere.itsFolder);
    }),
  },
  {
    name: 'files-choose',
    after: choosing('Captations', async () => {
      await pressNamed(files.choose.inside.replace('{{name}}', 'Captations'));
      await tick('2025');
      await tick('Courriers');
    }),
  },
  {
    name: 'files-choose-online-only',
    before: (stage) => {
      stage.world.overview = busyOverview;
    },
    after: choosing('Captations', () => tick(files.choose.keep)),
  },
  {
    name: 'files-full',
    before: (stage) => {
      stage.world.overview = fullOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read(files.act.free);
    },
  },
  {
    name: 'files-free-space',
    after: freeing(files.space.online, () => tick('Captations')),
  },
  {
    name: 'files-free-space-unsent',
    after: freeing(files.space.online, () => tick('Menus')),
  },
  {
    name: 'files-free-space-none',
    before: (stage) => {
      stage.world.freeable = { folders: [], freeBytes: 180_000_000 };
    },
    after: freeing(files.space.none.title),
  },
  {
    name: 'files-choose-unknown',
    before: (stage) => {
      stage.overrides.files = { contents: unreachable };
    },
    after: choosing(errors.unreachable.files.title),
  },
  {
    name: 'files-tree-thousands',
    before: (stage) => {
      stage.world.entries = many(5000);
    },
    after: inRugby('Relevé 1.csv'),
  },
  {
    name: 'files-tree-empty',
    before: (stage) => {
      stage.world.entries = [];
    },
    after: inRugby(files.note.empty),
  },
  {
    name: 'files-row-menu',
    after: inRugby('Convention.docx', () =>
      pressNamed(files.row.menu.replace('{{name}}', 'Convention.docx')),
    ),
  },
  {
    name: 'files-activity',
    before: (stage) => {
      stage.world.overview = busyOverview;
      stage.world.transfers = [budgetTransfer];
      stage.world.running = runningFiles;
      stage.world.recent = recentItems;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await openActivity();
      await read('Ancien plan.pdf');
    },
  },
  {
    name: 'files-activity-waiting',
    before: (stage) => {
      stage.world.overview = busyOverview;
      stage.world.running = runningFiles;
      stage.world.waiting = waitingFiles;
      stage.world.recent = recentItems;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await openActivity();
      await read('Bassin.dwg');
    },
  },
  {
    name: 'files-activity-none',
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await openActivity();
      await read(files.activity.none.title);
    },
  },
  {
    name: 'files-place-full',
    before: (stage) => {
      placeless(stage);
      stage.world.estimate = { ...stage.world.estimate, freeBytes: 2_100_000_000, fits: false };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read(files.estimate.full);
    },
  },
  {
    name: 'files-place-unknown',
    before: (stage) => {
      placeless(stage);
      stage.overrides.files = { estimate: unreachable };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read(files.estimate.unknown);
    },
  },
  {
    name: 'files-name-clash',
    before: (stage) => {
      stage.world.overview = clashOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read('Claire Vidal');
    },
  },
  {
    name: 'files-add-locked',
    before: (stage) => {
      stage.world.overview = { ...stage.world.overview, mayAdd: false };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read(files.add.locked);
    },
  },
];
