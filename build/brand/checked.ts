import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadBrand } from '../../main/brand/load.ts';

/** Throws when a pack of the folder is wrong, naming each value, or when its id is not its folder's name. */
export function checkBrands(folder: string): void {
  for (const name of readdirSync(folder)) {
    const { id } = loadBrand(join(folder, name)).brand;
    if (id !== name) throw new Error(`the pack in ${name} calls itself ${id}`);
  }
}

/** For the build of main: a wrong pack ends it. */
export function checkedBrands(folder: string): { readonly name: string; readonly buildStart: () => void } {
  return { name: 'checked-brands', buildStart: () => checkBrands(folder) };
}
