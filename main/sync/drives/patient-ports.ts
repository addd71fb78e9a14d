import type { PairConfig } from '../api.ts';
import { noHints } from '../local/watch-hints.ts';
import { localPath } from '../model/paths.ts';
import type { SyncPorts } from '../ports/sync-ports.ts';
import type { Drive } from './drive.ts';
import { patientFileSystem, patientTrash } from './patient-file-system.ts';
import { patientHints } from './patient-hints.ts';

/** How a folder's drive is treated. */
export interface Treatment {
  /** It is never asked in the thread that all folders share. */
  readonly isAside: boolean;
  /** Its changes are listened to; else they are found by looking. */
  readonly isWatched: boolean;
}

/** The ports of a pair that ask its drive, each of whose answers is waited for only so long. */
export function patientPorts(
  { fileSystem, trash, makeFolders, localHints }: SyncPorts,
  drive: Drive,
  { isAside, isWatched }: Treatment,
): Pick<SyncPorts, 'fileSystem' | 'trash' | 'makeFolders' | 'localHints'> {
  const patient = patientFileSystem(fileSystem, drive, { isAside });
  return {
    fileSystem: patient,
    trash: patientTrash(trash, drive),
    makeFolders: (path) => drive.work(() => makeFolders(path)),
    localHints: (config: PairConfig) =>
      isWatched
        ? patientHints(localHints(config), drive, () => fileSystem.resolve(localPath(config.localDir)))
        : noHints,
  };
}
