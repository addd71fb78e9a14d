import type { Scene } from './scenes.ts';
import { someDownloads } from './world/downloads.ts';

/** Files that a person keeps on this PC outside of the folders. */
export const downloadScenes: readonly Scene[] = [
  {
    name: 'downloads',
    before: ({ world }) => {
      world.downloads = someDownloads;
    },
    after: (_, { navigation }) => navigation.ask({ kind: 'downloads' }),
  },
  { name: 'downloads-none', after: (_, { navigation }) => navigation.ask({ kind: 'downloads' }) },
];
