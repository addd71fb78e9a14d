import type { BrandPack } from '../brand/load.ts';
import { allowedServices } from '../services/allowed.ts';
import { ServiceDesk } from '../services/service-desk.ts';
import type { Desktop } from './desktop.ts';
import type { Foundation } from './foundation.ts';
import { watchMemory } from './memory.ts';
import { createServiceDesktop } from './service-views.ts';

/**
 * Brings the brand's services, their views and the contract together; `partition` is the shown account's. When memory is
 * short, views that nobody needs are let go first. Electron must be ready.
 */
export function createServices(
  { brand }: BrandPack,
  base: Foundation,
  { window, downloads }: Desktop,
  partition: () => string,
): ServiceDesk {
  const { events, policy, rules, log } = base;
  const desk = new ServiceDesk({
    services: () => allowedServices(brand.services, policy.values.allowedServices),
    desktop: createServiceDesktop({ window, partition, rules, downloads, log }),
    changed: (state) => events.send('services', 'changed', state),
    left: (step) => events.send('services', 'left', { step }),
  });
  watchMemory(events, desk.letGo, log);
  policy.onChange(() => desk.endUnoffered());
  return desk;
}
