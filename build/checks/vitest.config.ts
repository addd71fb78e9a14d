import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { OrderOfTests } from './order-of-tests.ts';

const root = new URL('../..', import.meta.url).pathname;
const WITH_SERVERS = '**/*.server.test.{ts,tsx}';
const OF_SCREENS = 'e2e/accessibility/*.server.test.ts';
const SYNC = 'e2e/{sync,simulate}/**/*.test.ts';
const HUGE = 'e2e/sync/huge.test.ts';

/**
 * Six groups. `unit`: what needs no server and no window, in a minute. `sync`: the engine between two folders and a
 * server of its own, kills and simulated histories included. `servers`: named `*.server.test.ts`. `screens`: those of
 * them that look at the gallery. `journeys`: the real program; each file has servers, profiles and a display of its own,
 * and the people of a file stay signed in for all its journeys. `huge` takes minutes and gigabytes of disk: it is run by
 * hand only (CONTRIBUTING.md).
 */
export default defineConfig({
  root,
  test: {
    restoreMocks: true,
    // One more than there are processors: a test with servers or windows waits more than it works.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: OrderOfTests },
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['{main,preload,renderer,build,e2e}/**/*.test.{ts,tsx}'],
          exclude: ['node_modules/**', 'e2e/journeys/**', SYNC, WITH_SERVERS],
          testTimeout: 20_000,
          // Modules hold no state, so files may share them: half of the time goes into loading them anew for each.
          isolate: false,
        },
      },
      {
        root,
        test: {
          name: 'sync',
          include: [SYNC],
          exclude: ['node_modules/**', WITH_SERVERS, HUGE],
          testTimeout: 60_000,
          // As above: half a second of each file went into a process of its own.
          isolate: false,
        },
      },
      { root, test: { name: 'huge', include: [HUGE] } },
      {
        root,
        test: {
          name: 'servers',
          include: [`{main,preload,renderer,build,e2e}/${WITH_SERVERS}`],
          exclude: ['node_modules/**', 'e2e/journeys/**', OF_SCREENS],
          testTimeout: 120_000,
          hookTimeout: 90_000,
        },
      },
      {
        root,
        test: {
          name: 'screens',
          include: [OF_SCREENS],
          testTimeout: 120_000,
          hookTimeout: 90_000,
          // Files may share the window of the gallery (e2e/gallery/gallery-test.ts).
          isolate: false,
        },
      },
      {
        root,
        test: {
          name: 'journeys',
          include: ['e2e/journeys/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          bail: 0,
        },
      },
    ],
  },
});
