import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { withBrand } from './build/brand/make.ts';
import { withDictionaries } from './build/dictionaries/with-dictionaries.ts';
import { leanerIcons, leanerWords } from './build/pages/leaner.ts';

const root = import.meta.dirname;
/** The worker uses the SDK's crypto only; its modules do nothing when loaded, so the client, its sync and its calls stay out. */
const SHAKEN =
  /node_modules\/(matrix-js-sdk|matrix-events-sdk|matrix-widget-api|sdp-transform|bs58|base-x)\//;

/** undici is loaded at run time: where the program is tried in an older Electron, one for older Nodes takes its place. native-reg has a native half. */
const UNBUNDLED = ['electron', 'undici', 'native-reg'];

/** Small, but with the names that a stack trace in a log needs. */
const NAMES_KEPT = { compress: true, mangle: false, codegen: true } as const;

/** Three builds into out/: main (ESM entries side by side), preload (sandboxed, so CommonJS and self-contained), renderer. */
export default defineConfig({
  main: {
    plugins: [
      withBrand(`${root}/assets/brands`, `${root}/out/brand`),
      withDictionaries(`${root}/assets/dictionaries`, `${root}/out/dictionaries`),
    ],
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: `${root}/main/index.ts`, 'sync-process': `${root}/main/files/sync-process.ts` },
        external: UNBUNDLED,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          minify: NAMES_KEPT,
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      isolatedEntries: true, // a sandboxed preload can load no second file
      externalizeDeps: false,
      rolldownOptions: {
        input: { app: `${root}/preload/app.ts`, call: `${root}/preload/call.ts` },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: `${root}/renderer`,
    plugins: [react(), leanerIcons(), leanerWords()],
    /** Worker scripts get a folder of their own: main serves it with their own policy (main/shell/pages.ts). */
    worker: {
      format: 'es',
      rolldownOptions: {
        output: { entryFileNames: 'workers/[name]-[hash].js', minify: true },
        treeshake: { moduleSideEffects: (id) => !SHAKEN.test(id) },
      },
    },
    build: {
      outDir: `${root}/out/renderer`,
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: `${root}/renderer/index.html`, call: `${root}/renderer/calls/window/index.html` },
      },
    },
  },
});
