import { cp, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import type { BrandPack } from '../../main/brand/load.ts';
import { makeBrand } from '../brand/make.ts';
import { mayBePacked, unwantedIn } from './contents.ts';
import type { Product } from './product.ts';
import type { System } from './targets.ts';

/** A library that is loaded at run time; only what contents.ts lists of it is packed. */
interface Library {
  readonly name: string;
  readonly systems: readonly System[];
}

/** A program that was built, before it has a brand. */
export interface BuiltProgram {
  /** The folder that the paths below, and node_modules, are in. */
  readonly folder: string;
  /** What is packed of it: files and folders. */
  readonly parts: readonly string[];
  /** The script that Electron starts, and how its modules are. */
  readonly main: string;
  readonly type: 'module' | 'commonjs';
  readonly libraries: readonly Library[];
  /** Files that only this build has, beside those that every one may have. */
  readonly alsoAllowed: readonly RegExp[];
}

const Versioned = z.looseObject({ version: z.string() });

/** The program as `npm run build` leaves it in a folder. */
export function builtProgram(folder: string): BuiltProgram {
  return {
    folder,
    parts: ['out/main', 'out/preload', 'out/renderer', 'out/dictionaries'],
    main: 'out/main/index.js',
    type: 'module',
    libraries: [
      { name: 'undici', systems: ['linux', 'windows', 'macos'] },
      { name: 'native-reg', systems: ['windows'] },
      { name: 'node-gyp-build', systems: ['windows'] },
    ],
    alsoAllowed: [],
  };
}

/** A program with its brand, ready to be packed for one system: what goes into the archive, and its icons, which don't. */
export interface Staged {
  readonly app: string;
  readonly brand: string;
}

/** Puts a program and a brand together in the folder `work`. Throws naming files that have no business in a package. */
export async function stage(
  { program, pack, product }: { program: BuiltProgram; pack: BrandPack; product: Product },
  system: System,
  work: string,
): Promise<Staged> {
  const app = join(work, 'app');
  const brand = join(work, 'brand');
  for (const part of program.parts) {
    await mkdir(dirname(join(app, part)), { recursive: true });
    await cp(join(program.folder, part), join(app, part), { recursive: true });
  }
  const libraries = program.libraries.filter(({ systems }) => systems.includes(system));
  for (const { name } of libraries) await takeLibrary(program.folder, name, app);
  await makeBrand(pack, join(app, 'out/brand'));
  await mkdir(brand);
  await rename(join(app, 'out/brand/icons'), join(brand, 'icons'));
  await cp(join(app, 'out/brand/logo.svg'), join(brand, 'logo.svg'));
  const versions = await Promise.all(libraries.map(({ name }) => versionOf(program.folder, name)));
  const manifest = { ...manifestOf(program, product), dependencies: Object.fromEntries(versions) };
  await writeFile(join(app, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const unwanted = await unwantedIn(app, program.alsoAllowed);
  if (unwanted.length > 0)
    throw new Error(`not decided to be in a package (contents.ts): ${unwanted.slice(0, 20).join(', ')}`);
  return { app, brand };
}

async function takeLibrary(root: string, name: string, app: string): Promise<void> {
  const isWanted = async (path: string): Promise<boolean> =>
    (await stat(path)).isDirectory() || mayBePacked(relative(root, path).split(sep).join('/'));
  const place = join('node_modules', name);
  await cp(join(root, place), join(app, place), { recursive: true, filter: isWanted });
}

async function versionOf(root: string, name: string): Promise<[string, string]> {
  const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return [name, Versioned.parse(JSON.parse(text)).version];
}

/** What Electron reads of a program, and what installers show. */
function manifestOf(program: BuiltProgram, product: Product): Record<string, unknown> {
  return {
    name: product.id,
    productName: product.name,
    version: product.version,
    description: product.summary.en,
    author: { name: product.organisation },
    license: 'EUPL-1.2',
    main: program.main,
    type: program.type,
    desktopName: `${product.applicationId}.desktop`,
  };
}
