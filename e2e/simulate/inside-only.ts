import type { FileSystem, Trash } from '../../main/sync/ports/file-system.ts';

/** The same file system, telling of every path outside a folder that is written to. */
export function tellOutside(
  fileSystem: FileSystem,
  isInside: (path: string) => boolean,
  tell: (path: string) => void,
): FileSystem {
  const look = (...paths: readonly string[]): void => {
    for (const path of paths) if (!isInside(path)) tell(path);
  };
  return {
    ...fileSystem,
    write: (path, keep) => {
      look(path);
      return fileSystem.write(path, keep);
    },
    makeFolder: (path) => {
      look(path);
      return fileSystem.makeFolder(path);
    },
    moveExclusive: (from, to) => {
      look(from, to);
      return fileSystem.moveExclusive(from, to);
    },
    replace: (temporary, target, displaced) => {
      look(temporary, target, displaced);
      return fileSystem.replace(temporary, target, displaced);
    },
    putAll: (files) => {
      for (const { at, temporary } of files) look(at, temporary);
      return fileSystem.putAll(files);
    },
    remove: (path) => {
      look(path);
      return fileSystem.remove(path);
    },
    removeEmptyFolder: (path) => {
      look(path);
      return fileSystem.removeEmptyFolder(path);
    },
  };
}

/** The same trash, telling of every path outside a folder that it is given. */
export function tellThrownAway(
  trash: Trash,
  isInside: (path: string) => boolean,
  tell: (path: string) => void,
): Trash {
  return {
    put: (path, isMeant) => {
      if (!isInside(path)) tell(path);
      return trash.put(path, isMeant);
    },
  };
}
