import ensemble from '../../assets/brands/lyon-ensemble/brand.json';
import ensembleLogo from '../../assets/brands/lyon-ensemble/logo.svg?raw';
import traboule from '../../assets/brands/traboule/brand.json';
import trabouleLogo from '../../assets/brands/traboule/logo.svg?raw';
import type { BrandView } from '../../preload/contract/app.ts';
import { startApp } from '../../renderer/app/start.tsx';
import { appBridge } from '../../renderer/bridge.ts';
import { memoryDatabase } from '../../renderer/salons/stores/page-database.ts';
import { passingMemory } from '../../renderer/salons/stores/view-memory.ts';
import { Clock } from '../../renderer/ui/clock.ts';
import { brandView } from './brand.ts';
import { scenes as mainScenes } from './scenes.ts';
import { badInputScenes } from './scenes-bad-input.ts';
import { settingsScenes } from './scenes-settings.ts';
import { doorScenes } from './scenes-signin.ts';
import { Stage } from './stage.ts';
import { NOW } from './world/people.ts';

declare global {
  interface Window {
    /** For tests: the scenes there are, and the two scripted sides of the one shown. */
    gallery: { readonly scenes: readonly string[]; readonly stage: Stage; ready: boolean };
  }
}

const scenes = [...doorScenes, ...mainScenes, ...settingsScenes, ...badInputScenes];
const PACKS = { traboule: [traboule, trabouleLogo], ensemble: [ensemble, ensembleLogo] } as const;

/** Shows the scene named in the address: `?scene=salon&theme=dark&brand=ensemble&language=en`. */
async function show(): Promise<void> {
  const wanted = new URLSearchParams(location.search);
  const name = wanted.get('scene') ?? 'salon';
  const scene = scenes.find((each) => each.name === name);
  const root = document.querySelector('#root');
  if (!scene || !root) throw new Error(`there is no scene ${name}`);
  const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light';
  const stage = new Stage(
    brand(wanted.get('brand') ?? 'traboule'),
    theme,
    wanted.get('language') === 'en' ? 'en' : 'fr',
  );
  window.gallery = { scenes: scenes.map((each) => each.name), stage, ready: false };
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
  window.gallery.ready = true;
}

function brand(name: string): BrandView {
  const [pack, logo] = name === 'ensemble' ? PACKS.ensemble : PACKS.traboule;
  return brandView(pack, logo);
}

void show();
