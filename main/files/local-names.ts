import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import { folderName, freeName } from './folder-names.ts';

/** Where in the place the salons' folders are. */
export const SALONS = 'Salons';
/** Where in the place other folders are, unless the person has them elsewhere. */
export const OTHERS = 'Dossiers';

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

/**
 * A path in `parent` for another folder that is to be kept equal: of its own name, or with the first number that is free.
 * One with something in it is never taken over, for that would go up.
 */
export async function chooseLocalPath(
  parent: string,
  name: string,
  taken: readonly string[],
): Promise<string> {
  const known = new Set(taken.map((path) => path.toLowerCase()));
  const free = await freeName(folderName(name, OTHERS), async (candidate) => {
    const path = join(parent, candidate);
    return known.has(path.toLowerCase()) || (await holdsSomething(path));
  });
  return join(parent, free);
}

/** Whether something is in a folder, or in its place. */
export async function holdsSomething(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    if (errnoOf(error) === 'ENOTDIR') return true;
    throw error;
  }
}
