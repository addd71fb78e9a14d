import settings from '../../renderer/i18n/fr/settings.json';
import type { Protection } from '../../renderer/matrix/protocol.ts';
import { press } from './hands.ts';
import type { Scene } from './scenes.ts';
import { NOW } from './world/people.ts';
import { list } from './world/salons.ts';

function opened(state: Protection['state'], then?: () => Promise<void>): NonNullable<Scene['after']> {
  return async (stage, { navigation }) => {
    stage.chat.tell({ type: 'protection', snapshot: { state } });
    navigation.goTo('settings');
    await then?.();
  };
}

/** The settings with their states. */
export const settingsScenes: readonly Scene[] = [
  { name: 'settings', after: opened('ready') },
  {
    name: 'settings-locked',
    before: (stage) => {
      const { values } = stage.world.settings;
      stage.world.settings = {
        values: { ...values, doNotDisturbUntil: NOW + 3_600_000 },
        locked: [
          { key: 'theme', by: 'brand' },
          { key: 'closeToTray', by: 'policy' },
          { key: 'doNotDisturbUntil', by: 'policy' },
        ],
      };
    },
    after: opened('checking'),
  },
  {
    name: 'settings-attention',
    before: (stage) => {
      stage.world.settings.values.doNotDisturbUntil = NOW + 3_600_000;
      stage.world.account = {
        chat: stage.world.account.chat,
        files: { status: 'expired', serverUrl: 'https://fichiers.metropole.example', user: 'n.benali' },
        secrets: 'memory',
      };
    },
    after: opened('needs-setup'),
  },
  {
    name: 'settings-sign-out',
    before: (stage) => {
      stage.chat.world.list = { ...list, connection: 'offline' };
    },
    after: opened('needs-setup', () => press(settings.signOut.open)),
  },
];
