import { isAbsolute, join } from 'node:path';
import { BrandError } from './load.ts';

/** The pack when nothing is chosen. */
const DEFAULT_BRAND = 'traboule';

/**
 * The folder of the pack to use. `chosen` (TRABOULE_BRAND) is the name of a pack that comes with the program; a
 * program run from its sources also takes the folder of a pack anywhere, for those who make one.
 */
export function brandFolder(chosen: string | undefined, brandsFolder: string, isPackaged: boolean): string {
  if (!chosen) return join(brandsFolder, DEFAULT_BRAND);
  if (isAbsolute(chosen) && !isPackaged) return chosen;
  if (/^[a-z][a-z0-9-]{1,40}$/.test(chosen)) return join(brandsFolder, chosen);
  throw new BrandError(`${chosen} is not the name of a brand pack`);
}
