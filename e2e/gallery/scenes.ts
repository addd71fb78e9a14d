import type { Workspace } from '../../renderer/salons/stores/workspace.ts';
import type { Stage } from './stage.ts';
import { budgetTransfer, busyOverview } from './world/files.ts';
import { list, manySalons, RUGBY, rugbyCall } from './world/salons.ts';
import { everything, longPast } from './world/timeline.ts';

/** A state of the interface that can be looked at. */
export interface Scene {
  readonly name: string;
  /** What main and the chat know before the page starts. */
  readonly before?: (stage: Stage) => void;
  /** What happens once it runs. */
  readonly after?: (stage: Stage, workspace: Workspace) => void | Promise<void>;
}

const openRugby: Scene['after'] = (_, { navigation }) => navigation.openSalon(RUGBY);

/** The rugby salon as in the direction's picture: a call, a file on its way. */
function asPictured(stage: Stage): void {
  stage.world.transfers = [budgetTransfer];
  stage.world.overview = busyOverview;
  stage.chat.change(RUGBY, { call: rugbyCall });
}

/** Every screen with its states, in the order of the program. */
export const scenes: readonly Scene[] = [
  { name: 'salon', before: asPictured, after: openRugby },
  {
    name: 'salon-everything',
    before: (stage) => stage.chat.world.timelines.set(RUGBY, everything),
    after: openRugby,
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
    name: 'salons-thousand',
    before: (stage) => {
      stage.chat.world.list = manySalons(1000);
    },
    after: openRugby,
  },
];
