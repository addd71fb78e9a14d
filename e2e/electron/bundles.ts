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
export const STAND_INS: NonNullable<BuildOptions['alias']> = { 'node:sqlite': join(COMPAT, 'sqlite.ts') };

/** The layer's undici (compat/web-globals.ts leaves it there) is the program's too: a second one costs each start time. */
export const sharedUndici = instead(
  'undici',
  /^undici$/,
  "module.exports = globalThis[Symbol.for('undici-node16')];",
);

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
  return instead('electron', /^electron(\/renderer)?$/, contents);
}

/** Puts a module of ours in the place of another, which ours alone may load. */
function instead(name: string, filter: RegExp, contents: string): Plugin {
  const namespace = `instead-of-${name}`;
  return {
    name: namespace,
    setup(plugin) {
      plugin.onResolve({ filter }, (asked) =>
        asked.namespace === namespace ? { path: name, external: true } : { path: name, namespace },
      );
      plugin.onLoad({ filter: /.*/, namespace }, () => ({ contents }));
    },
  };
}

/** Leaves some of the bundled files files of their own, side by side: what several load is loaded once. */
export function sideBySide(...names: readonly string[]): Plugin {
  return {
    name: 'side-by-side',
    setup(plugin) {
      plugin.onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ path }) => {
        const name = path.slice(2, -3);
        return names.includes(name) ? { path: `./${name}.js`, external: true } : undefined;
      });
    },
  };
}

/** Bundles one entry into one file. Throws with esbuild's own words when it can't. */
export async function bundle(options: BuildOptions): Promise<void> {
  await build({ bundle: true, logLevel: 'silent', allowOverwrite: true, ...options });
}
