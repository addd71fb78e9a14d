import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** The gallery as a page of its own: for `vite` while drawing, and built for the tests. */
export default defineConfig({
  root,
  plugins: [react()],
  base: './',
  server: { host: '127.0.0.1', fs: { allow: [`${root}/../..`] } },
  cacheDir: `${root}/../../node_modules/.cache/gallery`,
  build: { outDir: `${root}/../../out/gallery`, emptyOutDir: true, target: 'chrome108' },
});
