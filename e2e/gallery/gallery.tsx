import type { BrandView } from '../../preload/contract/brand.ts';
import { appBridge } from '../../renderer/bridge.ts';
import { memoryDatabase } from '../../renderer/salons/stores/page-database.ts';
import { passingMemory } from '../../renderer/salons/stores/view-memory.ts';
import { Clock } from '../../renderer/ui/clock.ts';
import { galleryBrand } from './brands.ts';
import { scenes as mainScenes, type Scene } from './scenes.ts';
import { badInputScenes } from './scenes-bad-input.ts';
import { type CallScene, callScenes } from './scenes-call.ts';
import { chosenScenes } from './scenes-chosen.ts';
import { decisionScenes } from './scenes-decisions.ts';
import { diagnosticsScenes } from './scenes-diagnostics.ts';
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
    /** For tests: the scenes there are, and the scripted sides of the app window in the one shown. */
    gallery: { readonly scenes: readonly string[]; readonly stage: Stage; ready: boolean };
  }
}

const appScenes = [
  ...doorScenes,
  ...mainScenes,
  ...overlayScenes,
  ...networkScenes,
  ...settingsScenes,
  ...serviceScenes,
  ...diagnosticsScenes,
  ...fileScenes,
  ...chosenScenes,
  ...decisionScenes,
  ...badInputScenes,
];

/** Shows the scene named in the address: `?scene=salon&theme=dark&brand=lyon-ensemble&language=en`. */
async function show(): Promise<void> {
  const wanted = new URLSearchParams(location.search);
  const name = wanted.get('scene') ?? 'salon';
  const root = document.querySelector('#root');
  const scene = [...appScenes, ...callScenes].find((each) => each.name === name);
  if (!scene || !root) throw new Error(`there is no scene ${name}`);
  const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';
  const language = wanted.get('language') === 'en' ? 'en' : 'fr';
  const brand = galleryBrand(wanted.get('brand') ?? 'traboule');
  const stage = new Stage(brand, theme, language);
  const scenes = [...appScenes, ...callScenes].map((each) => each.name);
  window.gallery = { scenes, stage, ready: false };
  await (isCall(scene) ? showCallWindow(root, scene, language, brand) : showAppWindow(root, scene, stage));
  window.gallery.ready = true;
}

function isCall(scene: Scene | CallScene): scene is CallScene {
  return callScenes.some(({ name }) => name === scene.name);
}

/** Each window comes with its own styles only, as in the program. */
async function showAppWindow(root: Element, scene: Scene, stage: Stage): Promise<void> {
  const { startApp } = await import('../../renderer/app/start.tsx');
  scene.before?.(stage);
  const { workspace } = await startApp({
    root,
    bridge: appBridge(stage.main.api),
    chat: stage.chat,
    clock: new Clock(() => NOW),
    memory: passingMemory(),
    database: memoryDatabase(),
  });
  stage.chat.tellAll();
  await scene.after?.(stage, workspace);
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
