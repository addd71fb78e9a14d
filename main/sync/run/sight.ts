import type { Ignoring } from '../discover/ignore.ts';
import type { LocalPath, SyncPath } from '../model/paths.ts';
import type { SyncedTree } from '../model/synced-tree.ts';
import type { FileSystem } from '../ports/file-system.ts';

/** The pair's folder as it is here, and what is known to be the same on the server. */
export interface Sight {
  readonly fileSystem: FileSystem;
  readonly root: LocalPath;
  readonly synced: SyncedTree;
  readonly ignoredBy: Ignoring;
  /** What stays on this side only. */
  readonly leftOut: ReadonlySet<SyncPath>;
}
