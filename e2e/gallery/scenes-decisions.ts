import type { FilesOverview } from '../../preload/contract/files.ts';
import type { OpenDialog } from '../../renderer/salons/stores/navigation.ts';
import { found } from './hands.ts';
import type { After, Scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { pictureOverview } from './world/file-states.ts';
import {
  binaryConflict,
  busyOverview,
  lowRoomOverview,
  noticedOverview,
  unreachedOverview,
} from './world/files.ts';
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
const conflictOf = ({ folders }: FilesOverview): OpenDialog => ({
  kind: 'conflict',
  salonId: RUGBY,
  copyPath: folders[0]?.conflicts[0]?.copyPath ?? '',
});
const conflict = conflictOf(busyOverview);
/** Both versions of the picture, once they are drawn. */
const comparePictures =
  (drawn: string): After =>
  async (stage, workspace) => {
    await ask(conflictOf(pictureOverview))(stage, workspace);
    await found(drawn);
  };

/** What a person decides about files, and what they are told of them. */
export const decisionScenes: readonly Scene[] = [
  { name: 'files-notices', before: shows(noticedOverview), after: openFiles },
  { name: 'files-low-room', before: shows(lowRoomOverview), after: openFiles },
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
    name: 'dialog-conflict-picture',
    before: (stage) => {
      stage.world.overview = pictureOverview;
      stage.world.conflict = binaryConflict;
    },
    after: comparePictures('.picture + .picture img'),
  },
  {
    name: 'dialog-conflict-picture-none',
    before: (stage) => {
      stage.world.overview = pictureOverview;
      stage.world.conflict = binaryConflict;
      stage.overrides.files = { conflictPicture: () => ({ picture: null }) };
    },
    after: comparePictures('.picture + .picture p'),
  },
  {
    name: 'dialog-rename',
    before: shows(busyOverview),
    after: ask({ kind: 'rename', salonId: POOL, path: 'Plans/coupe 1:50.dwg', code: 'name-not-allowed' }),
  },
];
