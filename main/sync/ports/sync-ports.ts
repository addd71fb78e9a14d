import type { PairConfig } from '../api.ts';
import type { LocalPath } from '../model/paths.ts';
import type { Clock } from './clock.ts';
import type { ConflictLabels } from './conflict-labels.ts';
import type { FileSystem, Trash } from './file-system.ts';
import type { FolderLocks } from './folder-locks.ts';
import type { Hints } from './hints.ts';
import type { JournalDatabases } from './journal-database.ts';
import type { Random } from './random.ts';
import type { Remote } from './remote.ts';
import type { Room } from './room.ts';

/** Everything of the world that the engine touches. */
export interface SyncPorts {
  readonly fileSystem: FileSystem;
  readonly trash: Trash;
  /** Shared by pairs that are opened together. */
  readonly room: Room;
  readonly conflictLabels: ConflictLabels;
  /** Makes a folder with all that are missing above it: for the pair's root only. */
  readonly makeFolders: (path: LocalPath) => Promise<void>;
  readonly databases: JournalDatabases;
  readonly locks: FolderLocks;
  readonly clock: Clock;
  readonly random: Random;
  /** Opens the server of a pair; the pair closes it. */
  readonly openRemote: (config: PairConfig) => Remote;
  /** Tells when something may have changed on the disk. */
  readonly localHints: (config: PairConfig) => Hints;
  /** Tells when something may have changed on the server. */
  readonly remoteHints: (config: PairConfig) => Hints;
}
