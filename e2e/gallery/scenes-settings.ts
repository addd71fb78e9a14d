import type { DecidedSetting } from '../../preload/contract/settings.ts';
import type { UpdateState } from '../../preload/contract/updates.ts';
import settings from '../../renderer/i18n/fr/settings.json';
import type { Protection } from '../../renderer/matrix/protocol.ts';
import { found, press } from './hands.ts';
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

async function showSpeeds(): Promise<void> {
  const row = await found<HTMLElement>('.speed-limit');
  row.closest('.page-body')?.scrollTo({ top: row.offsetTop - 300 });
}

async function showVersions(): Promise<void> {
  const body = (await found<HTMLElement>('.about-mark')).closest('.page-body');
  body?.scrollTo({ top: body.scrollHeight });
}

/** The end of the settings, with a newer version of the program in one state. */
function versions(name: string, update: UpdateState): Scene {
  return {
    name,
    before: (stage) => {
      stage.world.update = update;
    },
    after: opened('ready', showVersions),
  };
}

/** What a metropole would decide: for the PC, for an account, and in its brand. */
const decided: DecidedSetting[] = [
  {
    key: 'allowedServers',
    group: 'Serveurs',
    name: 'Serveurs permis',
    value: '*.metropole.example, visio.grand-territoire.example, fichiers.grand-territoire.example',
    by: 'machine',
    place: '/etc/traboule/policy.json',
  },
  {
    key: 'updateMode',
    group: 'Mises à jour',
    name: 'Nouvelles versions',
    value: 'Ne rien chercher',
    by: 'machine',
    place: String.raw`HKLM\Software\Policies\Traboule\traboule`,
  },
  {
    key: 'language',
    group: 'Programme',
    name: 'Langue',
    value: 'Français',
    by: 'user',
    place: String.raw`HKCU\Software\Policies\Traboule\traboule`,
  },
  {
    key: 'callLobby',
    group: 'Appels',
    name: 'Sas',
    value: 'Oui',
    by: 'brand',
    place: null,
  },
];

/** The settings with their states. */
export const settingsScenes: readonly Scene[] = [
  { name: 'settings', after: opened('ready') },
  {
    name: 'settings-locked',
    before: (stage) => {
      const { values } = stage.world.settings;
      stage.world.settings = {
        values: {
          ...values,
          uploadLimit: { kind: 'share', percent: 40 },
          downloadLimit: { kind: 'fixed', kilobytesPerSecond: 1500 },
        },
        locked: [
          { key: 'theme', by: 'brand' },
          { key: 'closeToTray', by: 'user' },
          { key: 'pauseOnBattery', by: 'machine' },
          { key: 'pauseOnMetered', by: 'machine' },
          { key: 'uploadLimit', by: 'machine' },
          { key: 'downloadLimit', by: 'machine' },
        ],
      };
    },
    after: opened('checking', showSpeeds),
  },
  {
    name: 'settings-decided',
    before: (stage) => {
      stage.world.decided = decided;
    },
    after: opened('ready', async () => {
      const list = await found<HTMLDetailsElement>('.decided');
      list.open = true;
      const section = list.closest('section');
      section?.closest('.page-body')?.scrollTo({ top: section.offsetTop - 90 });
    }),
  },
  {
    name: 'settings-files',
    before: (stage) => {
      stage.world.settings.values = {
        ...stage.world.settings.values,
        uploadLimit: { kind: 'fixed', kilobytesPerSecond: 800 },
        downloadLimit: { kind: 'share', percent: 50 },
      };
    },
    after: opened('ready', showSpeeds),
  },
  {
    name: 'settings-attention',
    before: (stage) => {
      stage.world.settings.values.doNotDisturbUntil = NOW + 3_600_000;
      stage.world.account = {
        ...stage.world.account,
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
  versions('settings-update-off', { status: 'off', why: 'managed' }),
  versions('settings-update-offered', { status: 'offered', version: '0.2.0' }),
  versions('settings-update-fetching', { status: 'fetching', version: '0.2.0', percent: 42 }),
  versions('settings-update-ready', { status: 'ready', version: '0.2.0' }),
  versions('settings-update-untrusted', { status: 'failed', why: 'untrusted' }),
];
