import type { BrandView } from '../../preload/contract/brand.ts';
import { appBridge } from '../../renderer/bridge.ts';
import { memoryDatabase } from '../../renderer/salons/stores/page-database.ts';
import { passingMemory } from '../../renderer/salons/stores/view-memory.ts';
import { Clock } from '../../renderer/ui/clock.ts';
import { galleryBrand } from './brands.ts';
import { found } from './hands.ts';
import { scenes as mainScenes, type Scene } from './scenes.ts';
import { accountScenes } from './scenes-accounts.ts';
import { badInputScenes } from './scenes-bad-input.ts';
import { type CallScene, callScenes } from './scenes-call.ts';
import { chosenScenes } from './scenes-chosen.ts';
import { decisionScenes } from './scenes-decisions.ts';
import { diagnosticsScenes } from './scenes-diagnostics.ts';
import { downloadScenes } from './scenes-downloads.ts';
import { fileScenes } from './scenes-files.ts';
import { networkScenes } from './scenes-network.ts';
import { overlayScenes } from './scenes-overlays.ts';
import { serviceScenes } from './scenes-services.ts';
import { settingsScenes } from './scenes-settings.ts';
import { doorScenes } from './scenes-signin.ts';
import { Stage } from './stage.ts';
import { NOW } from './world/people.ts';

declare global {
  interface Window {
    /**
     * For tests: the scenes there are, and the scripted sides of the app window in the one shown. Another address is
     * shown without loading the page again in two steps, for the window may change its size between them: `leave` ends
     * the app window in hand and tells whether it could, for the call window comes with other styles; `enter` follows.
     */
    gallery: {
      readonly scenes: readonly string[];
      stage: Stage;
      ready: boolean;
      /** Whether the window in hand follows the person's theme: a call is always dark. */
      readonly themed: boolean;
      readonly leave: (search: string) => boolean;
      readonly enter: (search: string) => Promise<void>;
    };
  }
}

const appScenes = [
  ...doorScenes,
  ...mainScenes,
  ...overlayScenes,
  ...networkScenes,
  ...accountScenes,
  ...settingsScenes,
  ...serviceScenes,
  ...downloadScenes,
  ...diagnosticsScenes,
  ...fileScenes,
  ...chosenScenes,
  ...decisionScenes,
  ...badInputScenes,
];

/** What an address asks for: `?scene=salon&theme=dark&brand=lyon-ensemble&language=en`. */
interface Wanted {
  readonly scene: Scene | CallScene;
  readonly brand: BrandView;
  readonly theme: 'light' | 'dark';
  readonly language: 'fr' | 'en';
}

function wantedBy(search: string): Wanted {
  const wanted = new URLSearchParams(search);
  return {
    scene: sceneNamed(wanted.get('scene') ?? 'salon'),
    brand: galleryBrand(wanted.get('brand') ?? 'traboule'),
    theme: wanted.get('theme') === 'dark' ? 'dark' : 'light',
    language: wanted.get('language') === 'en' ? 'en' : 'fr',
  };
}

/** Shows the scene named in the address. */
async function show(): Promise<void> {
  const root = document.querySelector('#root');
  if (!root) throw new Error('the page has no #root');
  const { scene, brand, theme, language } = wantedBy(location.search);
  let end: (() => void) | null = null;
  const leave = (search: string): boolean => {
    if (!end || isCall(wantedBy(search).scene)) return false;
    end();
    return true;
  };
  const enter = async (search: string): Promise<void> => {
    const next = wantedBy(search);
    if (isCall(next.scene)) throw new Error('a call window is loaded');
    gallery.stage = new Stage(next.brand, next.theme, next.language);
    end = await showAppWindow(root, next.scene, gallery.stage);
  };
  const scenes = [...appScenes, ...callScenes].map((each) => each.name);
  const stage = new Stage(brand, theme, language);
  const gallery = { scenes, stage, ready: false, themed: !isCall(scene), leave, enter };
  window.gallery = gallery;
  if (isCall(scene)) await showCallWindow(root, scene, language, brand);
  else end = await showAppWindow(root, scene, gallery.stage);
  gallery.ready = true;
}

function sceneNamed(name: string): Scene | CallScene {
  const scene = [...appScenes, ...callScenes].find((each) => each.name === name);
  if (!scene) throw new Error(`there is no scene ${name}`);
  return scene;
}

function isCall(scene: Scene | CallScene): scene is CallScene {
  return callScenes.some(({ name }) => name === scene.name);
}

/** Each window comes with its own styles only, as in the program. Gives what ends it. */
async function showAppWindow(root: Element, scene: Scene, stage: Stage): Promise<() => void> {
  const { startApp } = await import('../../renderer/app/start.tsx');
  scene.before?.(stage);
  const { workspace, drawn, dispose } = await startApp({
    root,
    bridge: appBridge(stage.main.api),
    chat: stage.chat,
    clock: new Clock(() => NOW),
    memory: passingMemory(),
    database: memoryDatabase(),
  });
  // What the worker keeps is there at the first drawing.
  stage.chat.tellAll();
  await drawn;
  await scene.after?.(stage, workspace);
  if (workspace.navigation.place.get().dialog) await found('[role=dialog], [role=alertdialog]');
  return dispose;
}

async function showCallWindow(
  root: Element,
  scene: CallScene,
  language: 'fr' | 'en',
  brand: BrandView,
): Promise<void> {
  const { showCall } = await import('./call-stage.tsx');
  await showCall(root, scene, language, brand);
}

void show();
