import { isOwnName } from '../../main/sync/discover/own-names.ts';
import type { Inode, MemoryDisk } from '../../main/sync/testing/memory-disk.ts';
import { respelled, type Side } from './side.ts';

/** A folder of a disk. */
export function localSide(disk: MemoryDisk, root: string): Side {
  const at = (path: string): string => `${root}${path}`;
  const walk = (path: string, kind: 'file' | 'folder'): string[] => {
    const found: string[] = [];
    for (const name of disk.names(at(path))) {
      const below = `${path}/${name}`;
      const inode = isOwnName(name) ? undefined : disk.find(at(below));
      if (inode?.kind === kind) found.push(below);
      if (inode?.kind === 'folder') found.push(...walk(below, kind));
    }
    return found;
  };
  const contents = (path: string): Uint8Array[] => {
    const inode = disk.find(at(path));
    if (inode === undefined) return [];
    if (inode.kind === 'file') return [inode.content];
    return disk.names(at(path)).flatMap((name) => contents(`${path}/${name}`));
  };
  const open = openFiles(disk);
  return {
    files: () => walk('', 'file'),
    folders: () => walk('', 'folder'),
    keepOpen: (path) => open.keep(at(path)),
    writeOpen: (contentAfter) => open.write(contentAfter),
    read: (path) => disk.find(at(path))?.content ?? new Uint8Array(),
    // People see no difference between spellings of one name, and neither do the dialogs that they use.
    exists: (path) => disk.find(at(path)) !== undefined || disk.find(at(respelled(path))) !== undefined,
    isFile: (path) => disk.find(at(path))?.kind === 'file',
    spell: (path, choice) => (choice % 2 === 0 ? path : respelled(path)),
    write: (path, content, keepTime) => {
      const before = disk.find(at(path))?.modified;
      disk.write(at(path), content, keepTime ? before : undefined);
    },
    makeFolder: (path) => disk.makeFolder(at(path)),
    rename: (from, to) => disk.rename(at(from), at(to)),
    remove: (path) => {
      // Whoever removes a file has no use for what a program still writes to it.
      open.close(at(path));
      if (disk.find(at(path))?.kind === 'folder') disk.removeAll(at(path));
      else disk.remove(at(path));
    },
    contents,
    touch: (path) => {
      const inode = disk.find(at(path));
      if (inode !== undefined) disk.setTime(inode, inode.changed + 5_000_000_000n);
    },
    setTime: (path, seconds) => {
      const inode = disk.find(at(path));
      if (inode !== undefined) disk.setTime(inode, BigInt(seconds) * 1_000_000_000n);
    },
    writeLike: (path, _, content) => {
      disk.write(at(path), content);
    },
    share: () => undefined,
    misstate: (path, content) => {
      disk.write(at(path), content);
    },
  };
}

/** What programs have open for writing: the files themselves, whatever their names become. */
function openFiles(disk: MemoryDisk): {
  readonly keep: (path: string) => void;
  readonly write: Side['writeOpen'];
  readonly close: (path: string) => void;
} {
  const open = new Set<Inode>();
  const close = (path: string): void => {
    const inode = disk.find(path);
    if (inode === undefined) return;
    inode.isOpen = false;
    for (const name of inode.kind === 'folder' ? disk.names(path) : []) close(`${path}/${name}`);
  };
  return {
    close,
    keep: (path) => {
      const inode = disk.find(path);
      if (inode === undefined) return;
      inode.isOpen = true;
      open.add(inode);
    },
    write: (contentAfter) => {
      for (const inode of open) {
        if (inode.isOpen) disk.setContent(inode, contentAfter(inode.content));
        inode.isOpen = false;
      }
      open.clear();
    },
  };
}
