import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { Texts } from './texts.ts';

/** The system's own questions to the person. */
export interface Dialogs {
  /** A folder to keep the salons' files in, null when the person cancelled. */
  readonly choosePlace: (suggested: string) => Promise<string | null>;
  /** A folder of this PC in which one of the server is to be kept, null when the person cancelled. */
  readonly chooseFolder: (suggested: string) => Promise<string | null>;
  /** A folder that downloads go to, null when the person cancelled. */
  readonly chooseDownloadFolder: (suggested: string) => Promise<string | null>;
  /** Files to add to a folder, none when the person cancelled. */
  readonly pickFiles: () => Promise<readonly string[]>;
  /** Saves a text where the person says, readable by them only; false when they cancelled. */
  readonly saveText: (suggestedName: string, text: string) => Promise<boolean>;
  /** Saves a zip where the person says, readable by them only; false when they cancelled. */
  readonly saveZip: (suggestedName: string, bytes: Uint8Array) => Promise<boolean>;
}

/** Dialogs that belong to a window. */
export function createDialogs(window: BrowserWindow, texts: Texts): Dialogs {
  const askFolder = async (
    title: 'dialog.choosePlace' | 'dialog.chooseFolder' | 'dialog.chooseDownloadFolder',
    suggested: string,
  ): Promise<string | null> => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: texts(title),
      buttonLabel: texts('dialog.choosePlaceButton'),
      defaultPath: suggested,
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] ?? null;
  };
  return {
    choosePlace: (suggested) => askFolder('dialog.choosePlace', suggested),
    chooseFolder: (suggested) => askFolder('dialog.chooseFolder', suggested),
    chooseDownloadFolder: (suggested) => askFolder('dialog.chooseDownloadFolder', suggested),
    pickFiles: async () => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title: texts('dialog.pickFiles'),
        buttonLabel: texts('dialog.pickFilesButton'),
        properties: ['openFile', 'multiSelections'],
      });
      return filePaths;
    },
    saveText: async (suggestedName, text) => {
      const { filePath } = await dialog.showSaveDialog(window, {
        title: texts('dialog.saveText'),
        defaultPath: join(app.getPath('documents'), `${suggestedName.replaceAll(/[\\/:*?"<>|]/g, '-')}.txt`),
        filters: [{ name: texts('dialog.textFiles'), extensions: ['txt'] }],
      });
      if (!filePath) return false;
      await writeFile(filePath, text, { mode: 0o600 });
      return true;
    },
    saveZip: async (suggestedName, bytes) => {
      const { filePath } = await dialog.showSaveDialog(window, {
        title: texts('dialog.saveZip'),
        defaultPath: join(app.getPath('documents'), suggestedName),
        filters: [{ name: 'ZIP', extensions: ['zip'] }],
      });
      if (!filePath) return false;
      await writeFile(filePath, bytes, { mode: 0o600 });
      return true;
    },
  };
}
