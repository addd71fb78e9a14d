import type { FilesOverview } from '../../preload/contract/files.ts';
import type { OpenDialog } from '../../renderer/salons/stores/navigation.ts';
import type { After, Scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { binaryConflict, busyOverview, noticedOverview, unreachedOverview } from './world/files.ts';
import { POOL, RUGBY } from './world/salons.ts';

const shows = (overview: FilesOverview) => (stage: Stage) => {
  stage.world.overview = overview;
};
const openFiles: After = (_, { navigation }) => navigation.goTo('files');
const openRugby: After = (_, { navigation }) => {
  navigation.openSalon(RUGBY);
  navigation.showSide('folder');
};
const ask =
  (dialog: OpenDialog): After =>
  (_, { navigation }) => {
    navigation.goTo('files');
    navigation.ask(dialog);
  };
const conflict: OpenDialog = {
  kind: 'conflict',
  salonId: RUGBY,
  copyPath: busyOverview.folders[0]?.conflicts[0]?.copyPath ?? '',
};

/** What a person decides about files, and what they are told of them. */
export const decisionScenes: readonly Scene[] = [
  { name: 'files-notices', before: shows(noticedOverview), after: openFiles },
  { name: 'side-notices', before: shows(noticedOverview), after: openRugby },
  { name: 'files-unreached', before: shows(unreachedOverview), after: openFiles },
  { name: 'side-unreached', before: shows(unreachedOverview), after: openRugby },
  { name: 'dialog-conflict', before: shows(busyOverview), after: ask(conflict) },
  {
    name: 'dialog-conflict-binary',
    before: (stage) => {
      stage.world.overview = busyOverview;
      stage.world.conflict = binaryConflict;
    },
    after: ask(conflict),
  },
  {
    name: 'dialog-rename',
    before: shows(busyOverview),
    after: ask({ kind: 'rename', salonId: POOL, path: 'Plans/coupe 1:50.dwg', code: 'name-not-allowed' }),
  },
];
