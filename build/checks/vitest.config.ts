import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['{main,preload,renderer,build,e2e}/**/*.test.{ts,tsx}'],
    exclude: ['e2e/journeys/**', 'node_modules/**'],
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
