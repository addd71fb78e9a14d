import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const COMPAT = join(import.meta.dirname, 'compat');

/** What the older Electron's main process and its children understand. */
export const NODE_16: BuildOptions = {
  platform: 'node',
  target: 'node16',
  format: 'cjs',
  external: ['electron', 'electron/*', 'fsevents'],
};

/** What its pages understand. */
export const CHROME_108: BuildOptions = { platform: 'browser', target: 'chrome108' };

/** Stand-ins that a bundle of the program's main process gets in the place of what Node 16 has not. */
export const STAND_INS: NonNullable<BuildOptions['alias']> = {
  'node:sqlite': join(COMPAT, 'sqlite.ts'),
  undici: import.meta.resolve('undici-node16').replace('file://', ''),
};

/** Electron's preload module with webUtils, which Electron 22 has not. */
export const widerPreload = wider(
  `module.exports = { ...require('electron'), webUtils: { getPathForFile: (file) => file.path ?? '' } };`,
);

/**
 * Electron's main module with a WebContentsView that windows have a place for: the one of that name in Electron 22 has
 * none, and can't be replaced in the module itself. Nothing is read of the module before it is asked for.
 */
export const widerMain = wider(
  `const electron = require('electron');
   const get = (module, name) => name === 'WebContentsView' ? module.BrowserView : module[name];
   module.exports = new Proxy(electron, { get });`,
);

/** Puts a module of ours in the place of Electron's. */
function wider(contents: string): Plugin {
  return {
    name: 'wider-electron',
    setup(plugin) {
      plugin.onResolve({ filter: /^electron(\/renderer)?$/ }, ({ importer }) =>
        importer === 'wider' ? { path: 'electron', external: true } : { path: 'wider', namespace: 'wider' },
      );
      plugin.onLoad({ filter: /.*/, namespace: 'wider' }, () => ({ contents }));
    },
  };
}

/** Bundles one entry into one file. Throws with esbuild's own words when it can't. */
export async function bundle(options: BuildOptions): Promise<void> {
  await build({ bundle: true, logLevel: 'silent', allowOverwrite: true, ...options });
}
