import type { BrandView } from '../../preload/contract/brand.ts';
import { appBridge } from '../../renderer/bridge.ts';
import { memoryDatabase } from '../../renderer/salons/stores/page-database.ts';
import { passingMemory } from '../../renderer/salons/stores/view-memory.ts';
import { Clock } from '../../renderer/ui/clock.ts';
import { galleryBrand } from './brands.ts';
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
     * For tests: the scenes there are, and the scripted sides of the app window in the one shown. `turnTo` ends the
     * app window in hand and shows another scene in its place, without loading the page again; it tells whether it
     * could: the call window comes with other styles.
     */
    gallery: {
      readonly scenes: readonly string[];
      stage: Stage;
      ready: boolean;
      readonly turnTo: (scene: string, theme: 'light' | 'dark') => Promise<boolean>;
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

/** Shows the scene named in the address: `?scene=salon&theme=dark&brand=lyon-ensemble&language=en`. */
async function show(): Promise<void> {
  const wanted = new URLSearchParams(location.search);
  const root = document.querySelector('#root');
  if (!root) throw new Error('the page has no #root');
  const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';
  const language = wanted.get('language') === 'en' ? 'en' : 'fr';
  const brand = galleryBrand(wanted.get('brand') ?? 'traboule');
  const newStage = (shade: 'light' | 'dark') => new Stage(brand, shade, language);
  const scene = sceneNamed(wanted.get('scene') ?? 'salon');
  let end: (() => void) | null = null;
  const turnTo = async (name: string, shade: 'light' | 'dark'): Promise<boolean> => {
    const next = sceneNamed(name);
    if (!end || isCall(next)) return false;
    end();
    gallery.stage = newStage(shade);
    end = await showAppWindow(root, next, gallery.stage);
    return true;
  };
  const scenes = [...appScenes, ...callScenes].map((each) => each.name);
  const gallery = { scenes, stage: newStage(theme), ready: false, turnTo };
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
  const { workspace, dispose } = await startApp({
    root,
    bridge: appBridge(stage.main.api),
    chat: stage.chat,
    clock: new Clock(() => NOW),
    memory: passingMemory(),
    database: memoryDatabase(),
  });
  stage.chat.tellAll();
  await scene.after?.(stage, workspace);
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
