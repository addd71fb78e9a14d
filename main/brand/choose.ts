import { isAbsolute } from 'node:path';
import { BrandError, type BrandPack, loadBrand } from './load.ts';

/**
 * The brand in use: the one that the program was built with (`built`, its folder). A program that runs from its sources
 * also takes the folder of another that was built, as `chosen` (TRABOULE_BRAND); a name there must be the built one's.
 * Throws BrandError.
 */
export function brandInUse(chosen: string | undefined, built: string, isPackaged: boolean): BrandPack {
  if (!chosen || isPackaged) return loadBrand(built);
  if (isAbsolute(chosen)) return loadBrand(chosen);
  const pack = loadBrand(built);
  if (pack.brand.id === chosen) return pack;
  throw new BrandError(
    `the program was built for ${pack.brand.id}; build it for ${chosen}: TRABOULE_BRAND=${chosen} npm run build`,
  );
}
