import type { ScreenSource } from '../../preload/contract/calls.ts';
import type { ConferenceEvent, Problem } from '../../renderer/calls/window/conference.ts';
import call from '../../renderer/i18n/fr/call.json';
import type { CallStage } from './call-stage.tsx';
import { read } from './hands.ts';

/** A state of the call window that can be looked at. */
export interface CallScene {
  readonly name: string;
  /** The person enters without microphone and camera. */
  readonly muted?: boolean;
  /** The conference can't be opened, and why. */
  readonly problem?: Problem;
  /** What happens once the window is there; nothing while it connects. */
  readonly after?: (stage: CallStage) => void | Promise<void>;
}

const ME = 'me';
const KARIM = 'karim';
const SOPHIE = 'sophie';
const INES = 'ines';

/** Four people are in the call and Karim speaks. */
const FOUR: readonly ConferenceEvent[] = [
  { type: 'joined', me: ME, name: 'Nadia Benali' },
  { type: 'person-joined', id: KARIM, name: 'Karim Mansouri' },
  { type: 'person-joined', id: SOPHIE, name: 'Sophie Laurent' },
  { type: 'person-joined', id: INES, name: 'Inès Navarro' },
  { type: 'moderator', id: ME, is: true },
  { type: 'speaker', id: KARIM },
];

/** Four people are there; what happens then comes once the devices are as the person wished. */
const happen =
  (...events: readonly ConferenceEvent[]) =>
  async ({ tell }: CallStage): Promise<void> => {
    for (const event of FOUR) tell(event);
    await new Promise((resolve) => setTimeout(resolve));
    for (const event of events) tell(event);
  };

function failed(problem: Problem): CallScene {
  return { name: `call-${problem}`, problem };
}

/** A plain picture instead of a screen. */
function picture(colour: string): string {
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="${colour}"/><rect x="24" y="24" width="190" height="130" rx="6" fill="#fff" opacity=".8"/></svg>`;
  return `data:image/svg+xml;base64,${btoa(drawn)}`;
}

const SOURCES: readonly ScreenSource[] = [
  { id: 'screen:1', name: 'Screen 1', kind: 'screen', thumbnail: picture('#24557a') },
  { id: 'screen:2', name: 'Screen 2', kind: 'screen', thumbnail: picture('#1f6b46') },
  { id: 'window:1', name: 'Budget sécurité.xlsx', kind: 'window', thumbnail: picture('#5d554a') },
  { id: 'window:2', name: 'Plan des accès, version 7', kind: 'window', thumbnail: picture('#8a3320') },
];

/** The call window with its states. */
export const callScenes: readonly CallScene[] = [
  { name: 'call-connecting', muted: true },
  { name: 'call-joined', after: happen() },
  { name: 'call-knock', after: happen({ type: 'knock', id: 'k1', name: 'Bureau Thévenet' }) },
  {
    name: 'call-people',
    after: async (stage) => {
      await happen({ type: 'hand', id: SOPHIE, up: true })(stage);
      stage.model.showPane('people');
    },
  },
  { name: 'call-sharing', after: happen({ type: 'sharing', on: true }) },
  {
    name: 'call-trouble',
    after: happen({ type: 'device-trouble', device: 'microphone', trouble: 'missing' }),
  },
  {
    name: 'call-sources',
    after: async (stage) => {
      await happen()(stage);
      stage.offer(SOURCES);
      await read(call.sources.title);
    },
  },
  failed('unreachable'),
  failed('certificate'),
  failed('refused'),
  { name: 'call-lost', after: happen({ type: 'failed', problem: 'lost' }) },
];
