import type { OwnFile } from '../discover/local.ts';
import {
  joinSync,
  type LocalName,
  type LocalPath,
  nameKey,
  rootPath,
  type SyncPath,
} from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';

/**
 * Finds a file of the engine's own wherever it is in the pair's folder, also where nobody looks: in folders that are left
 * alone. Costs a look at all of it. Throws LocalFailure when a folder can't be looked into.
 */
export async function findOwn(
  name: LocalName,
  root: LocalPath,
  fileSystem: Pick<FileSystem, 'join' | 'list'>,
): Promise<OwnFile | undefined> {
  const folders: { readonly at: LocalPath; readonly path: SyncPath }[] = [{ at: root, path: rootPath }];
  for (const { at: folder, path: folderPath } of folders) {
    const { entries } = await fileSystem.list(folder);
    for (const found of entries) {
      const at = fileSystem.join(folder, found.name);
      if (found.name === name) return { name, at, folder, folderPath };
      if (found.entry.kind === 'folder')
        folders.push({ at, path: joinSync(folderPath, nameKey(found.name)) });
    }
  }
  return undefined;
}
