import { join } from 'node:path';
import compat from 'core-js-compat';
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

/** Timers that no page has, and a clone that a page's own engine makes well enough: to look for its faults takes 14 ms. */
export const UNLIKE_PAGES = ['web.immediate', 'web.structured-clone'];

/**
 * Puts in the place of all of core-js what the standards have and an engine has not: loaded whole, with every proposal
 * looked for, it would take longer than a page's own scripts.
 * @param except modules of core-js to leave out all the same
 */
export function missingIn(
  targets: { readonly chrome: string } | { readonly node: string },
  except: readonly string[] = [],
): Plugin {
  const { list } = compat({ targets, modules: /^(es|web)\./, exclude: except });
  return {
    name: 'missing-in',
    setup(plugin) {
      plugin.onLoad({ filter: /\/core-js\/actual\/index\.js$/ }, () => ({
        contents: list.map((name) => `require('../modules/${name}.js');`).join('\n'),
      }));
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
