import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuiltProgram, builtProgram } from '../../build/package/stage.ts';
import type { ChosenElectron } from '../electron/choose.ts';
import { portProgram } from '../electron/port.ts';

/** What starts a program that was ported to the older Electron: the layer that makes up for what is missing, then it. */
const START = `require('./layer/electron45.js');
require('./out/main/index.js');
`;

/** In the names of what V8 compiled on this machine. */
const COMPILED = '.compiled';

/**
 * The program that was built in `root`, for the Electron that it is packed with. For the older one it is ported, into
 * `work`, so that a whole package can be tried where the program's own Electron can't be had.
 */
export async function programFor(
  electron: ChosenElectron,
  root: string,
  work: string,
): Promise<BuiltProgram> {
  if (electron.kind !== 'older') return builtProgram(root);
  const { folder, layer } = await portProgram(root);
  const isWanted = (path: string) => path !== join(folder, 'out', 'brand') && !path.includes(COMPILED);
  await cp(join(folder, 'out'), join(work, 'out'), { recursive: true, filter: isWanted });
  await cp(dirname(layer), join(work, 'layer'), { recursive: true, filter: isWanted });
  await bindLayer(join(work, 'out/main'), dirname(layer));
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'start.cjs'), START);
  return {
    folder: work,
    parts: ['out/main', 'out/preload', 'out/renderer', 'layer', 'start.cjs'],
    main: 'start.cjs',
    type: 'commonjs',
    libraries: [],
    alsoAllowed: [
      /^start\.cjs$/,
      /^layer\/(electron45|globals|web-globals|polyfills-108)\.js$/,
      /^out\/main\/node-sqlite3-wasm\.wasm$/,
      /^out\/renderer\/polyfills-108\.js$/,
    ],
  };
}

/** Ported scripts name the layer by its place on this machine; a package carries it along. */
async function bindLayer(main: string, layer: string): Promise<void> {
  const named = JSON.stringify(join(layer, 'globals.js'));
  for (const name of await readdir(main)) {
    if (!name.endsWith('.js')) continue;
    const script = await readFile(join(main, name), 'utf8');
    const bound = script.replaceAll(named, "require('node:path').join(__dirname, '../../layer/globals.js')");
    await writeFile(join(main, name), bound);
  }
}
