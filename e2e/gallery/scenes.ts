import app from '../../renderer/i18n/fr/app.json';
import chat from '../../renderer/i18n/fr/chat.json';
import common from '../../renderer/i18n/fr/common.json';
import type { Ringing } from '../../renderer/matrix/protocol.ts';
import type { PastCall } from '../../renderer/salons/stores/call-log.ts';
import type { Module } from '../../renderer/salons/stores/navigation.ts';
import type { Workspace } from '../../renderer/salons/stores/workspace.ts';
import { Refusal } from './fake-main.ts';
import { press, read } from './hands.ts';
import type { Stage } from './stage.ts';
import { budgetTransfer, busyOverview } from './world/files.ts';
import { ago, dayAt, ines, karim, NOW, sophie } from './world/people.ts';
import {
  ARCHIVES,
  CRECHES,
  conference,
  INVITED,
  list,
  manySalons,
  POOL,
  RUGBY,
  rugbyCall,
} from './world/salons.ts';
import { coming, everything, longPast, rugby } from './world/timeline.ts';

/** What happens in a scene once the page runs. */
export type After = (stage: Stage, workspace: Workspace) => void | Promise<void>;

/** A state of the interface that can be looked at. */
export interface Scene {
  readonly name: string;
  /** What main and the chat know before the page starts. */
  readonly before?: ((stage: Stage) => unknown) | undefined;
  /** What happens once it runs. */
  readonly after?: After | undefined;
}

function goTo(module: Exclude<Module, 'service'>): After {
  return (_, { navigation }) => navigation.goTo(module);
}

/** What the file server can't be asked for now. */
export const unreachable = (): never => {
  throw new Refusal({
    code: 'unreachable',
    messageKey: 'errors:unreachable.files',
    details: { host: 'fichiers.metropole.example', status: 502 },
    retryable: true,
  });
};

const ring: Ringing = {
  salonId: CRECHES,
  salonName: 'Crèches du 3ᵉ',
  callerName: 'Karim Mansouri',
  conference,
  widgetId: 'w9',
  ringId: '$ring',
  peopleThere: 2,
  until: NOW + 30_000,
};

const pastCalls: readonly PastCall[] = [
  {
    id: 'c1',
    salonId: CRECHES,
    salonName: 'Crèches du 3ᵉ',
    callerName: 'Inès Navarro',
    at: ago(25),
    kind: 'missed',
    fresh: true,
  },
  {
    id: 'c2',
    salonId: RUGBY,
    salonName: 'Coupe du monde de rugby',
    callerName: null,
    at: ago(190),
    kind: 'made',
    fresh: false,
  },
  {
    id: 'c3',
    salonId: POOL,
    salonName: 'Piscine, suivi de chantier',
    callerName: 'Sophie Laurent',
    at: dayAt(1, 15, 0),
    kind: 'answered',
    fresh: false,
  },
  {
    id: 'c4',
    salonId: ARCHIVES,
    salonName: 'Archives municipales',
    callerName: 'Hugo Girard',
    at: dayAt(5, 9, 30),
    kind: 'declined',
    fresh: false,
  },
];

const openRugby: After = (_, { navigation }) => navigation.openSalon(RUGBY);

/** The rugby salon as in the direction's picture: a call, a file on its way. */
function asPictured(stage: Stage): void {
  stage.world.transfers = [budgetTransfer];
  stage.world.overview = busyOverview;
  stage.chat.change(RUGBY, { call: rugbyCall });
}

/** Half of what is asked for is there. */
const letCome: After = async (stage, workspace) => {
  workspace.navigation.openSalon(RUGBY);
  await read('maquette.ifc');
  await press(common.save);
  await press(common.save);
  await press(common.open);
  await read(chat.file.fetchFailed);
  const picture = (name: string) => ({
    key: `${name} ${name === 'slow.png' ? '1200 900' : '64 64'}`,
    maxPixels: 840,
  });
  const told = [
    { ...picture('slow.png'), received: 412_000, total: 1_700_000 },
    { key: 'slow dwg', maxPixels: null, received: 7_730_000, total: 18_400_000 },
  ];
  for (const snapshot of told) stage.chat.tell({ type: 'media-progress', snapshot });
  workspace.media.stopPicture({ ...picture('slow-small.png'), mimeType: 'image/png', size: 240_000 }, 840);
  const file = { salonId: RUGBY, path: 'plans/acces-stade.pdf', bytesTotal: 7_300_000 };
  stage.main.emit('fileActivity', 'runningChanged', [
    { ...file, direction: 'down', bytesDone: 4_500_000, bytesPerSecond: 1_200_000, secondsLeft: 3 },
  ]);
};

/** Every screen with its states, in the order of the program. */
export const scenes: readonly Scene[] = [
  { name: 'salon', before: asPictured, after: openRugby },
  {
    name: 'salon-everything',
    before: (stage) => stage.chat.world.timelines.set(RUGBY, everything),
    after: openRugby,
  },
  {
    name: 'salon-coming',
    before: (stage) => {
      stage.chat.world.timelines.set(RUGBY, coming);
      stage.overrides.files = { open: () => new Promise(() => undefined) };
    },
    after: letCome,
  },
  {
    name: 'salon-long',
    before: (stage) => stage.chat.world.timelines.set(RUGBY, longPast(120, 'more')),
    after: openRugby,
  },
  { name: 'salon-none-open', after: () => undefined },
  {
    name: 'salons-loading',
    before: (stage) => {
      stage.chat.world.list = null;
    },
    after: () => read(common.loading),
  },
  {
    name: 'salons-empty',
    before: (stage) => {
      stage.chat.world.list = { ...list, salons: [], total: 0 };
    },
  },
  {
    name: 'salons-offline',
    before: (stage) => {
      stage.chat.world.list = { ...list, connection: 'offline' };
    },
    after: openRugby,
  },
  {
    name: 'salons-offline-stranger',
    before: (stage) => {
      stage.chat.world.list = { ...list, connection: 'offline' };
      stage.world.reach = 'stranger';
      // An organisation that lets few links be opened.
      const error = { code: 'forbidden', messageKey: 'errors:forbidden.link-host' } as const;
      stage.overrides.app = {
        openLink: () => {
          throw new Refusal({ ...error, details: {}, retryable: false });
        },
      };
    },
    after: openRugby,
  },
  {
    name: 'salon-members',
    after: async (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.showSide('members');
    },
  },
  {
    name: 'salon-board',
    after: (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.showSide('board');
    },
  },
  { name: 'salon-invited', after: (_, { navigation }) => navigation.openSalon(INVITED) },
  {
    name: 'salon-no-place',
    before: (stage) => {
      stage.world.overview = { ...stage.world.overview, place: null, folders: [] };
    },
    after: openRugby,
  },
  {
    name: 'files',
    before: (stage) => {
      stage.world.overview = busyOverview;
    },
    after: goTo('files'),
  },
  { name: 'files-calm', after: goTo('files') },
  {
    name: 'files-place',
    before: (stage) => {
      stage.world.overview = { ...stage.world.overview, place: null, folders: [] };
    },
    after: goTo('files'),
  },
  {
    name: 'files-none',
    before: (stage) => {
      stage.world.overview = { ...stage.world.overview, folders: [] };
    },
    after: goTo('files'),
  },
  {
    name: 'files-signed-out',
    before: (stage) => {
      stage.world.account = { ...stage.world.account, files: { status: 'none' } };
    },
    after: goTo('files'),
  },
  {
    name: 'files-expired-paused',
    before: (stage) => {
      const { files } = stage.world.account;
      if (files.status !== 'none')
        stage.world.account = { ...stage.world.account, files: { ...files, status: 'expired' } };
      const folders = stage.world.overview.folders.map((folder) => ({
        ...folder,
        activity: { state: 'paused' as const, reason: 'person' as const },
      }));
      stage.world.overview = { ...stage.world.overview, folders, paused: true };
    },
    after: goTo('files'),
  },
  {
    name: 'files-on-battery',
    before: (stage) => {
      const folders = stage.world.overview.folders.map((folder) => ({
        ...folder,
        activity: { state: 'paused' as const, reason: 'battery' as const },
      }));
      stage.world.overview = { ...stage.world.overview, folders };
    },
    after: goTo('files'),
  },
  {
    name: 'files-error',
    before: (stage) => {
      stage.overrides.files = { overview: unreachable };
    },
    after: goTo('files'),
  },
  {
    name: 'dialog-guard',
    before: asPictured,
    after: (_, { navigation }) => {
      navigation.goTo('files');
      navigation.ask({ kind: 'guard', salonId: ARCHIVES });
    },
  },
  {
    name: 'calls-empty',
    before: (stage) => stage.chat.change(POOL, { call: null }),
    after: goTo('calls'),
  },
  {
    name: 'calls',
    before: asPictured,
    after: (_, { calls, navigation }) => {
      for (const call of pastCalls) calls.log.add(call);
      navigation.goTo('calls');
    },
  },
  {
    name: 'ringing',
    before: asPictured,
    after: (stage, { navigation }) => {
      navigation.openSalon(RUGBY);
      stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    },
  },
  {
    name: 'ringing-quiet',
    before: (stage) => {
      asPictured(stage);
      stage.world.settings.values.doNotDisturbUntil = NOW + 3_600_000;
    },
    after: (stage, { navigation }) => {
      navigation.openSalon(RUGBY);
      stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    },
  },
  {
    name: 'part-failed',
    after: async (stage, { navigation }) => {
      navigation.openSalon(RUGBY);
      await read('Le plan des accès est à jour');
      // A message without its content: no worker sends one, and no view can draw it.
      const [broken] = structuredClone(rugby.items);
      if (broken) Reflect.deleteProperty(broken, 'content');
      stage.chat.tell({ type: 'timeline', snapshot: { ...rugby, items: broken ? [broken] : [] } });
      await read(app.failed.title);
    },
  },
  {
    name: 'new-salon',
    before: asPictured,
    after: (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.ask({ kind: 'new-salon', people: [karim, ines, sophie] });
    },
  },
  {
    name: 'new-salon-failed',
    before: (stage) => {
      stage.chat.world.failing.set('createSalon', 'offline');
    },
    after: async (_, { navigation, creations }) => {
      navigation.ask({ kind: 'new-salon', people: [karim] });
      await creations.create({
        creationId: '8f8a3f0e-1f0b-4a53-9f6e-0c5b6f3a8d11',
        name: 'Halle',
        people: [],
        withFolder: true,
        membersMayCall: true,
      });
    },
  },
  {
    name: 'invite',
    after: (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.ask({ kind: 'invite', salonId: RUGBY });
    },
  },
  {
    name: 'leave',
    after: (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.ask({ kind: 'leave', salonId: RUGBY });
    },
  },
  {
    name: 'search',
    before: asPictured,
    after: (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.ask({ kind: 'search' });
    },
  },
  {
    name: 'shortcuts',
    after: (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      navigation.ask({ kind: 'shortcuts' });
    },
  },
  {
    name: 'salons-thousand',
    before: (stage) => {
      stage.chat.world.list = manySalons(1000);
    },
    after: openRugby,
  },
];
