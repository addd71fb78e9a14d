import { galleryBrand } from './brands.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

/** A brand that shows its services beside the salons. */
function withServices(stage: Stage): void {
  stage.world.info = { ...stage.world.info, brand: galleryBrand('saint-etienne') };
}

function service(phase: 'loading' | 'failed'): Scene {
  return {
    name: `service-${phase}`,
    before: withServices,
    after: ({ main }, { navigation }) => {
      navigation.goToService('agenda');
      requestAnimationFrame(() =>
        main.emit('services', 'changed', { id: 'agenda', phase, title: '', canGoBack: false }),
      );
    },
  };
}

/** Services of the organisation beside the salons; what its own page draws lies in a view that no scene has. */
export const serviceScenes: readonly Scene[] = [service('loading'), service('failed')];
