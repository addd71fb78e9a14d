import { join } from 'node:path';

/** Where the packs are that come with the sources. */
export const PACKS = join(import.meta.dirname, '../../assets/brands');
/** The brand when none is named. */
const NEUTRAL = 'traboule';

/** The name of the brand that a build is for: TRABOULE_BRAND, else the neutral one. */
export function brandOfBuild(env: NodeJS.ProcessEnv): string {
  return env['TRABOULE_BRAND'] || NEUTRAL;
}
