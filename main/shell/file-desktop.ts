import { shell } from 'electron';
import type { FileDesktop } from '../files/opener.ts';
import { createTrash } from '../files/trash.ts';

/** Files and the desktop. */
export function fileDesktop(): FileDesktop {
  return {
    open: async (path) => {
      const problem = await shell.openPath(path);
      if (problem !== '') throw new Error(`could not be opened: ${problem}`);
    },
    reveal: (path) => shell.showItemInFolder(path),
    trash: createTrash(process.platform, (path) => shell.trashItem(path)),
  };
}
