import app from '../../renderer/i18n/fr/app.json';
import chat from '../../renderer/i18n/fr/chat.json';
import common from '../../renderer/i18n/fr/common.json';
import salons from '../../renderer/i18n/fr/salons.json';
import { found, holdFileOver, pointAt, pressNamed, read, write } from './hands.ts';
import type { After, Scene } from './scenes.ts';
import { karim } from './world/people.ts';
import { RUGBY } from './world/salons.ts';
import { onePicture } from './world/timeline.ts';

/** In the open salon the hands do something. */
function inSalon(name: string, act: After, before?: Scene['before']): Scene {
  return {
    name,
    before,
    after: async (stage, workspace) => {
      workspace.navigation.openSalon(RUGBY);
      await found('.composer-text');
      await act(stage, workspace);
    },
  };
}

/** What opens over a screen for a moment: lists, menus, hints, short lines. */
export const overlayScenes: readonly Scene[] = [
  inSalon('over-drop', () => holdFileOver('.conversation')),
  inSalon('over-mention', async () => {
    await write('.composer-text', 'Bonjour @');
    await found('.mention-list');
  }),
  inSalon('over-emoji', async () => {
    await pressNamed(chat.compose.emoji);
    await found('.emoji-grid [role=option]');
  }),
  inSalon('over-message', () => pointAt('.message')),
  inSalon('over-delete', async () => {
    await pointAt('.message');
    await pressNamed(chat.actions.delete);
    await read(chat.delete.title);
  }),
  inSalon('over-edit', async () => {
    await pointAt('.message');
    await pressNamed(chat.actions.edit);
    await read(chat.edit.hint);
  }),
  inSalon(
    'over-picture',
    async () => {
      (await found<HTMLElement>('button.image')).click();
      await found('.image-large img');
    },
    (stage) => stage.chat.world.timelines.set(RUGBY, onePicture),
  ),
  inSalon('over-menu', async () => {
    await pressNamed(common.menu);
    await read(chat.menu.leave);
  }),
  inSalon('over-filter', async (_, { navigation }) => {
    navigation.showList();
    await pressNamed(salons.filter.label);
    await read(salons.filter.mentions);
  }),
  inSalon('over-list-search', async (_, { navigation }) => {
    navigation.showList();
    await write('.list-search-input', 'xyz');
  }),
  inSalon('over-toasts', (_, { toasts }) => {
    toasts.show('ok', ({ t }) => t('common:copied'));
    toasts.show('warn', ({ t }) => t('chat:drop.no-place'));
    toasts.show('bad', ({ t }) => t('errors:unreachable.files.title'));
  }),
  inSalon('over-people', async (_, { navigation }) => {
    navigation.ask({ kind: 'new-salon', people: [karim] });
    await write('.people-input', 'in');
    await found('.people-popover [role=option]');
  }),
  inSalon('over-search-typed', async (_, { navigation }) => {
    navigation.ask({ kind: 'search' });
    await write('.search-input', 'sophie');
    await read(app.search.people);
  }),
  inSalon('over-search-nothing', async (_, { navigation }) => {
    navigation.ask({ kind: 'search' });
    await write('.search-input', 'xyz');
    await read(app.search.nothing);
  }),
];
