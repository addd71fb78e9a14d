import { chmod, lstat, lutimes, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Gives every file and folder of a tree one time and plain rights, so that the umask and the hour of a build are not in
 * what it makes: 755 for folders and what can be run, 644 for the rest, and what is set for its owner's id stays so.
 */
export async function normaliseTree(root: string, date: Date): Promise<void> {
  for (const path of await everything(root)) {
    const found = await lstat(path);
    if (!found.isSymbolicLink()) {
      const canRun = found.isDirectory() || (found.mode & 0o100) !== 0;
      await chmod(path, (found.mode & 0o4000) | (canRun ? 0o755 : 0o644));
    }
    await lutimes(path, date, date);
  }
}

/** What a tree takes on the disk, in kibibytes, as a deb tells it (Debian policy 5.6.20). */
export async function treeKilobytes(root: string): Promise<number> {
  const sizes = await Promise.all(
    (await everything(root)).map(async (path) => {
      const found = await lstat(path);
      return found.isFile() ? Math.ceil(found.size / 1024) : 1;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Itself and all below it; what is inside a folder comes before it, so that its time can be set last. */
async function everything(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return [
    ...entries
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .toReversed(),
    root,
  ];
}
