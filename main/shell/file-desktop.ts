import { nativeImage, shell, type WebContents } from 'electron';
import type { FileDesktop } from '../files/opener.ts';
import { createTrash } from '../files/trash.ts';

/** What is dragged looks like this, in points. */
const DRAGGED_SIZE = 48;

/** Files and the desktop; they are dragged out of a window, under a picture of the program. */
export function fileDesktop(window: WebContents, icon: string): FileDesktop {
  const dragged = nativeImage.createFromPath(icon).resize({ width: DRAGGED_SIZE, height: DRAGGED_SIZE });
  return {
    open: async (path) => {
      const problem = await shell.openPath(path);
      if (problem !== '') throw new Error(`could not be opened: ${problem}`);
    },
    reveal: (path) => shell.showItemInFolder(path),
    drag: (path) => window.startDrag({ file: path, icon: dragged }),
    trash: createTrash(process.platform, (path) => shell.trashItem(path)),
  };
}
