import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import { folderName, freeName } from './folder-names.ts';

/** Where in the place the salons' folders are. */
export const SALONS = 'Salons';

/**
 * A name under `<place>/Salons` for a salon's folder: like no other salon's, and not that of a folder with something in
 * it that we know nothing of, for that would go up to the salon.
 */
export function chooseLocalName(place: string, salonName: string, taken: readonly string[]): Promise<string> {
  const known = new Set(taken.map((name) => name.toLowerCase()));
  return freeName(
    folderName(salonName, 'Salon'),
    async (name) => known.has(name.toLowerCase()) || (await holdsSomething(join(place, SALONS, name))),
  );
}

async function holdsSomething(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    if (errnoOf(error) === 'ENOTDIR') return true;
    throw error;
  }
}
