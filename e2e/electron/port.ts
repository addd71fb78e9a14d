import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { transform } from 'esbuild';
import { buildOnce, CACHE_HOME, fingerprint, fingerprintOfFolder, keepRecent } from '../setup/cache.ts';
import {
  bundle,
  CHROME_108,
  missingIn,
  NODE_16,
  STAND_INS,
  sharedUndici,
  sideBySide,
  UNLIKE_PAGES,
  widerMain,
  widerPreload,
} from './bundles.ts';

const COMPAT = join(import.meta.dirname, 'compat');
const POLYFILLS = 'polyfills-108.js';
/** Parts of the layer that more than one script loads. */
const ONCE = ['globals', 'web-globals'];
/** The end of a script's name that follows another one, which loads the layer before it. */
const BODY = '.body.js';
/** Parts of a program's built output. */
const BUILT = ['main', 'preload', 'renderer', 'dictionaries'];
/** Folders of a program that it reads at run time, beside its built output. */
const CARRIED = ['assets'];
/** Ports that nobody used for this long are removed. */
const KEEP_DAYS = 3;

/** What a program ported to the older Electron needs: its folder, and the module to load before it. */
export interface Ported {
  folder: string;
  layer: string;
}

/**
 * Makes a copy of a built program that the older Electron can run: main's entries bundled to CommonJS for
 * Node 16, preloads and page scripts lowered to Chromium 108. A program that did not change is not ported
 * again. Limits: main's entries are .js or .cjs, side by side in one folder, without top-level await.
 */
export async function portProgram(program: string): Promise<Ported> {
  const manifest: { main?: string } = JSON.parse(await readFile(join(program, 'package.json'), 'utf8'));
  const entry = join(program, manifest.main ?? 'index.js');
  if (!existsSync(entry))
    throw new Error(`${relative(program, entry)} is not there: build the program first`);
  const layer = await compatibilityLayer();
  const built = dirname(dirname(entry));
  const carried = [...BUILT.map((name) => join(built, name)), ...CARRIED.map((name) => join(program, name))];
  const folders = carried.filter((folder) => existsSync(folder));
  const parts = [basename(layer), JSON.stringify(manifest)];
  for (const folder of folders) parts.push(await fingerprintOfFolder(folder));
  const ports = join(program, 'node_modules', '.cache', 'traboule-electron');
  const folder = await buildOnce(join(ports, fingerprint(...parts)), async (work) => {
    await copyProgram(program, folders, work);
    const out = join(work, relative(program, built));
    await Promise.all([
      portMain(join(work, relative(program, dirname(entry))), layer),
      portPreloads(join(out, 'preload')),
      portPages(join(out, 'renderer'), layer),
    ]);
  });
  await keepRecent(folder, KEEP_DAYS);
  return { folder, layer: join(layer, 'electron45.js') };
}

/** The older Electron's missing interfaces, bundled once for each version of their sources. */
async function compatibilityLayer(): Promise<string> {
  const lock = await readFile(join(import.meta.dirname, '../../package-lock.json'));
  const sources = await fingerprintOfFolder(import.meta.dirname);
  const folder = join(CACHE_HOME, 'electron-layer', fingerprint(sources, lock));
  await buildOnce(folder, async (work) => {
    const entryPoints = ['electron45', ...ONCE].map((name) => join(COMPAT, `${name}.ts`));
    await bundle({
      ...NODE_16,
      entryPoints,
      outdir: work,
      plugins: [sideBySide(...ONCE), missingIn({ node: '16.17' })],
    });
    const outfile = join(work, POLYFILLS);
    await bundle({
      ...CHROME_108,
      entryPoints: [join(COMPAT, 'web108.ts')],
      outfile,
      format: 'iife',
      minify: true,
      plugins: [missingIn({ chrome: '108' }, UNLIKE_PAGES)],
    });
  });
  await keepRecent(folder, KEEP_DAYS);
  return folder;
}

async function copyProgram(program: string, folders: readonly string[], work: string): Promise<void> {
  for (const folder of folders) {
    const filter = (path: string) => !path.endsWith('.map');
    await cp(folder, join(work, relative(program, folder)), { recursive: true, filter });
  }
  const { type: _type, ...manifest } = JSON.parse(await readFile(join(program, 'package.json'), 'utf8'));
  await writeFile(join(work, 'package.json'), JSON.stringify(manifest, null, 2));
}

async function portMain(folder: string, layer: string): Promise<void> {
  const scripts = await scriptsIn(folder);
  const modules = scripts.filter((file) => extname(file) === '.mjs').map((file) => basename(file));
  if (modules.length > 0) throw new Error(`${modules.join(', ')}: name main's outputs .js or .cjs`);
  const entryPoints = await entriesOf(scripts);
  const work = join(folder, 'ported');
  // All at once: one after the other, each would carry what was ported before it, and that what was before it.
  await bundle({
    ...NODE_16,
    entryPoints,
    outdir: work,
    outbase: folder,
    alias: STAND_INS,
    minifyWhitespace: true,
    define: {
      'import.meta.url': '__importMetaUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: { js: `const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
    plugins: [widerMain, sharedUndici],
  });
  for (const script of scripts) await rm(script);
  for (const entry of entryPoints) await placeEntry(join(work, basename(entry)), entry, layer);
  await rm(work, { recursive: true });
  const wasm = createRequire(import.meta.url).resolve('node-sqlite3-wasm');
  await cp(join(dirname(wasm), 'node-sqlite3-wasm.wasm'), join(folder, 'node-sqlite3-wasm.wasm'));
}

/** Scripts but those that others load, which have a hash in their names: a bundle of one has in it whatever it loads. */
async function entriesOf(scripts: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(scripts.map((file) => readFile(file, 'utf8')));
  const isPart = (file: string) =>
    /-[\w-]{8}\.c?js$/.test(file) && texts.some((text) => text.includes(`./${basename(file)}`));
  return scripts.filter((file) => !isPart(file));
}

/** The layer keeps what was compiled of each script that comes after it: so an entry is a line, and its body follows. */
async function placeEntry(ported: string, entry: string, layer: string): Promise<void> {
  const body = entry.replace(/\.c?js$/, BODY);
  await rename(ported.replace(/\.cjs$/, '.js'), body);
  const globals = JSON.stringify(join(layer, 'globals.js'));
  await writeFile(entry, `require(${globals}); require('./${basename(body)}');\n`);
}

async function portPreloads(folder: string): Promise<void> {
  for (const file of await scriptsIn(folder))
    await bundle({
      ...CHROME_108,
      entryPoints: [file],
      outfile: file,
      format: 'cjs',
      plugins: [widerPreload],
    });
}

async function portPages(folder: string, layer: string): Promise<void> {
  if (!existsSync(folder)) return;
  const polyfills = await readFile(join(layer, POLYFILLS), 'utf8');
  for (const file of await scriptsIn(folder)) {
    const { code } = await transform(await readFile(file, 'utf8'), { target: 'chrome108', loader: 'js' });
    await writeFile(
      file,
      `${isModule(code) ? `import "${toPolyfills(folder, file)}";` : polyfills}\n${code}`,
    );
  }
  for (const file of await filesIn(folder, /\.css$/)) {
    const { code } = await transform(await readFile(file, 'utf8'), { target: 'chrome108', loader: 'css' });
    await writeFile(file, code);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, POLYFILLS), polyfills);
}

/** A module runs the polyfills once for its page or worker by importing them; a classic script carries them. */
function isModule(code: string): boolean {
  return /^\s*(import\b(?!\s*\()|export\b)|;\s*export\s*\{/m.test(code) || code.includes('import.meta');
}

function toPolyfills(folder: string, file: string): string {
  const path = relative(dirname(file), join(folder, POLYFILLS));
  return path.startsWith('.') ? path : `./${path}`;
}

const scriptsIn = (folder: string) => filesIn(folder, /\.(c|m)?js$/);

async function filesIn(folder: string, pattern: RegExp): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => pattern.test(name)).map((name) => join(folder, name));
}
