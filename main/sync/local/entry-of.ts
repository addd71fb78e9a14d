import type { BigIntStats } from 'node:fs';
import type { LocalEntry } from '../model/entries.ts';

/** What the system tells of a path, as an entry. */
export function entryOf(stats: BigIntStats): LocalEntry {
  const inode = String(stats.ino);
  if (stats.isFile()) {
    return {
      kind: 'file',
      inode,
      size: Number(stats.size),
      modified: stats.mtimeNs,
      changed: stats.ctimeNs,
    };
  }
  if (stats.isDirectory()) return { kind: 'folder', inode, born: stats.birthtimeNs };
  return { kind: 'special', what: stats.isSymbolicLink() ? 'link' : 'other' };
}
