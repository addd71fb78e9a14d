import { type AppBridge, appBridge } from '../../renderer/bridge.ts';
import { frenchWords } from '../../renderer/i18n/testing.ts';
import { memoryDatabase } from '../../renderer/salons/stores/page-database.ts';
import { passingMemory } from '../../renderer/salons/stores/view-memory.ts';
import { Workspace } from '../../renderer/salons/stores/workspace.ts';
import { Clock } from '../../renderer/ui/clock.ts';
import type { Layout } from '../../renderer/ui/layout.ts';
import { Store } from '../../renderer/ui/store.ts';
import { galleryBrand } from './brands.ts';
import { Stage } from './stage.ts';
import { NOW } from './world/people.ts';

/** A workspace between the scripted main of the gallery, whose words go through the contract, and its scripted chat. */
export interface Rig {
  readonly stage: Stage;
  readonly bridge: AppBridge;
  readonly layout: Store<Layout>;
  readonly workspace: Workspace;
  /** What main was asked for under a name, in order. */
  readonly asked: (channel: string) => readonly unknown[];
  /** What the chat was asked for under a name, in order. */
  readonly ran: (name: string) => readonly unknown[];
}

/** Builds it; `before` changes what the two sides know, `database` is what the page keeps. */
export function rig(before: (stage: Stage) => void = () => undefined, database = memoryDatabase()): Rig {
  const stage = new Stage(galleryBrand('traboule'), 'light', 'fr');
  before(stage);
  const bridge = appBridge(stage.main.api);
  const layout = new Store<Layout>('wide');
  const workspace = new Workspace({
    bridge,
    chat: stage.chat,
    info: stage.world.info,
    account: stage.world.account,
    settings: stage.world.settings,
    layout,
    clock: new Clock(() => NOW),
    memory: passingMemory(),
    database,
    speak: (phrase) => phrase(frenchWords),
  });
  stage.chat.tellAll();
  return {
    stage,
    bridge,
    layout,
    workspace,
    asked: (channel) => stage.main.asked.flatMap((each) => (each.channel === channel ? [each.payload] : [])),
    ran: (name) => stage.chat.ran.flatMap((each) => (each.name === name ? [each.request] : [])),
  };
}
