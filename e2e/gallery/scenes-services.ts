import { galleryBrand } from './brands.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

/** A brand with services beside the salons, and main as it shows one and says how it is. */
function showing(stage: Stage, phase: 'loading' | 'failed'): void {
  stage.world.info = { ...stage.world.info, brand: galleryBrand('saint-etienne') };
  stage.overrides.services = {
    show: ({ id }) => stage.main.emit('services', 'changed', { id, phase, title: '', canGoBack: false }),
  };
}

function service(phase: 'loading' | 'failed'): Scene {
  return {
    name: `service-${phase}`,
    before: (stage) => showing(stage, phase),
    after: (_, { navigation }) => navigation.goToService('agenda'),
  };
}

/** Services of the organisation beside the salons; what its own page draws lies in a view that no scene has. */
export const serviceScenes: readonly Scene[] = [service('loading'), service('failed')];
