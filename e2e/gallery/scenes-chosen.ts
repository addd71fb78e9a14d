import errors from '../../renderer/i18n/fr/errors.json';
import files from '../../renderer/i18n/fr/files.json';
import { Refusal } from './fake-main.ts';
import { found, press, pressLine, pressNamed, read, tick } from './hands.ts';
import { type Scene, unreachable } from './scenes.ts';
import { chosenBusyOverview, chosenOnlyOverview, chosenOverview, PROJECTS } from './world/chosen.ts';

/** Refuses as main does. */
function refuse(
  code: 'forbidden' | 'in-use',
  messageKey: 'errors:forbidden.nested-here' | 'errors:in-use.not-online',
): () => never {
  return () => {
    throw new Refusal({ code, messageKey, details: {}, retryable: false });
  };
}

const withChosen: NonNullable<Scene['before']> = ({ world }) => {
  world.overview = chosenOverview;
};

/** The dialog that adds a folder, once it shows them; then what else is done. */
function adding(then?: () => Promise<void>): NonNullable<Scene['after']> {
  return async (_, { navigation }) => {
    navigation.goTo('files');
    navigation.ask({ kind: 'add-folder' });
    await read('Photothèque');
    await then?.();
  };
}

/** The question whether a folder is to be let go; then what else is done. */
function stopping(then?: () => Promise<void>): NonNullable<Scene['after']> {
  return async (_, { navigation }) => {
    navigation.goTo('files');
    navigation.ask({ kind: 'stop-folder', salonId: PROJECTS });
    await read(files.stop.trashHint);
    await then?.();
  };
}

/** Folders that a person chose beside those of their salons. */
export const chosenScenes: readonly Scene[] = [
  {
    name: 'files-chosen',
    before: withChosen,
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read('Règlements intérieurs');
    },
  },
  {
    name: 'files-chosen-busy',
    before: ({ world }) => {
      world.overview = chosenBusyOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await read('Règlements intérieurs');
      (await found('.tree-section:last-of-type')).scrollIntoView({ block: 'end' });
    },
  },
  {
    name: 'files-chosen-only',
    before: ({ world }) => {
      world.overview = chosenOnlyOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await pressLine('Projets');
      await read('Plans');
    },
  },
  {
    name: 'files-chosen-menu',
    before: ({ world }) => {
      world.overview = chosenOnlyOverview;
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      await pressNamed(files.row.menu.replace('{{name}}', 'Projets'));
      await read(files.stop.item);
    },
  },
  {
    name: 'files-add',
    before: withChosen,
    after: adding(async () => {
      (await found<HTMLElement>('[data-key="Photothèque"] button')).click();
      await read('2026');
      await pressLine('Marchés publics');
      await read(files.add.here.replace('{{place}}', ''));
    }),
  },
  { name: 'files-add-none', before: withChosen, after: adding() },
  {
    name: 'files-add-full',
    before: (stage) => {
      withChosen(stage);
      stage.world.estimate = { ...stage.world.estimate, freeBytes: 2_100_000_000, fits: false };
    },
    after: adding(async () => {
      await pressLine('Photothèque');
      await read(files.choose.tooMuch);
    }),
  },
  {
    name: 'files-add-nested-here',
    before: (stage) => {
      withChosen(stage);
      stage.overrides.chosenFolders = { propose: refuse('forbidden', 'errors:forbidden.nested-here') };
    },
    after: adding(async () => {
      await pressLine('Photothèque');
      await read(errors.forbidden['nested-here'].title);
    }),
  },
  {
    name: 'files-add-unreached',
    before: (stage) => {
      stage.overrides.chosenFolders = { browse: unreachable };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      navigation.ask({ kind: 'add-folder' });
      await read(errors.unreachable.files.title);
    },
  },
  {
    name: 'files-add-loading',
    before: (stage) => {
      stage.overrides.chosenFolders = { browse: () => new Promise(() => undefined) };
    },
    after: async (_, { navigation }) => {
      navigation.goTo('files');
      navigation.ask({ kind: 'add-folder' });
      await found('.dialog .skeleton');
    },
  },
  { name: 'files-stop', before: withChosen, after: stopping() },
  {
    name: 'files-stop-not-online',
    before: (stage) => {
      withChosen(stage);
      stage.overrides.chosenFolders = { stop: refuse('in-use', 'errors:in-use.not-online') };
    },
    after: stopping(async () => {
      await tick(files.stop.trash);
      await press(files.stop.submit);
      await read(errors['in-use']['not-online'].title);
    }),
  },
];
