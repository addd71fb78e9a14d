// Makes a brand ready for the program: its pack's data and drawings, and icons drawn from the mark. A program holds one
// brand, so that nothing of another is in it. By hand: node build/brand/make.ts ID FOLDER
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BrandError, type BrandPack, loadBrand } from '../../main/brand/load.ts';
import { brandOfBuild, PACKS } from './chosen.ts';
import { drawIcons } from './icons.ts';

/** Reads a pack of that name. Throws BrandError when it is wrong, or when its id is not its folder's name. */
export function loadPack(name: string, packs = PACKS): BrandPack {
  if (!/^[\w-]+$/.test(name)) throw new BrandError(`${name} is not the name of a brand pack`);
  const pack = loadBrand(join(packs, name));
  if (pack.brand.id !== name) throw new BrandError(`the pack in ${name} calls itself ${pack.brand.id}`);
  return pack;
}

/** Writes a pack with its icons into a folder, which holds nothing else afterwards. */
export async function makeBrand({ folder, logoSvg }: BrandPack, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const name of ['brand.json', 'logo.svg', 'ornament.svg']) await cp(join(folder, name), join(to, name));
  await drawIcons(logoSvg, to);
}

/** For the build of main: puts the brand beside what is built; a wrong pack ends the build. */
export function withBrand(
  packs: string,
  to: string,
): { readonly name: string; readonly buildStart: () => Promise<void> } {
  return {
    name: 'with-brand',
    buildStart: () => makeBrand(loadPack(brandOfBuild(process.env), packs), to),
  };
}

if (import.meta.main) {
  const [name, to] = process.argv.slice(2);
  if (name === undefined || to === undefined) throw new Error('node build/brand/make.ts ID FOLDER');
  await makeBrand(loadPack(name), to);
}
