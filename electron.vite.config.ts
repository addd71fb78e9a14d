import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
/** Loaded from node_modules at run time: it finds its own files by __dirname. */
const UNBUNDLED = ['electron', /^@jitsi\/electron-sdk/];

/** Three builds into out/: main (ESM entries side by side), preload (sandboxed, so CommonJS and self-contained), renderer. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: `${root}/main/index.ts`, 'sync-process': `${root}/main/files/sync-process.ts` },
        external: UNBUNDLED,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { app: `${root}/preload/app.ts` },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: `${root}/renderer`,
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: `${root}/out/renderer`,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: `${root}/renderer/index.html` } },
    },
  },
});
