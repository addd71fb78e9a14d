import { relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { ignoring } from '../discover/ignore.ts';
import { knownSyncPath } from '../model/paths.ts';
import type { Hints } from '../ports/hints.ts';

/** Tells of changes below a folder. A hint only: what is missed is found by the next full look. */
export function watchHints(folder: string, moreIgnored: readonly string[]): Hints {
  return {
    watch(onHint) {
      const ignoredBy = ignoring(moreIgnored);
      const watcher: FSWatcher = watch(folder, {
        ignoreInitial: true,
        persistent: true,
        followSymlinks: false,
        ignored: (path, stats) => {
          const above = relative(folder, path).split(sep);
          const name = above.pop() ?? '';
          const kind = stats?.isDirectory() === true ? 'folder' : 'file';
          return name !== '' && ignoredBy(knownSyncPath(above.join('/')), name, kind) !== undefined;
        },
      });
      watcher.on('all', () => onHint('changed'));
      // Too many folders to watch, or one that went away: the regular look finds what it would have told.
      watcher.on('error', () => onHint('changed'));
      return () => watcher.close();
    },
  };
}

/** For sides that tell nothing. */
export const noHints: Hints = { watch: () => () => Promise.resolve() };
