import { app } from 'electron';
import type { Brand } from '../brand/schema.ts';
import { dataFolder } from '../store/data-folder.ts';
import { keyStoreName, noteKeyStoreName } from '../store/key-store-name.ts';
import { toastActivator } from './notices/toast-activator.ts';

/**
 * Makes the program known to the system under the brand's name, with a data folder of its own. The switch
 * `--user-data-dir` beats that folder (two programs side by side). Must run before Electron is ready: until then it has the
 * name by which the key store knows it, which Electron takes then.
 */
export function nameProgram(brand: Brand): void {
  app.setAppUserModelId(brand.applicationId);
  if (process.platform === 'win32') app.setToastActivatorCLSID(toastActivator(brand.applicationId));
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', dataFolder(app.getPath('appData'), brand));
  }
  app.setName(keyStoreName(app.getPath('userData'), brand.productName));
  if (app.isPackaged) app.setAsDefaultProtocolClient(brand.scheme);
}

/** From now on the name that people read; the one of the key store is noted. The profile is there, Electron is ready. */
export function nameForPeople(brand: Brand): void {
  noteKeyStoreName(app.getPath('userData'), app.getName());
  app.setName(brand.productName);
}

/**
 * What starts this program: itself, with the arguments that it needs. An AppImage runs from a place of the moment; an
 * Electron that is not packaged is told what to run.
 */
export function startCommand(): [string, ...string[]] {
  const program = process.env['APPIMAGE'] ?? process.execPath;
  return app.isPackaged ? [program] : [program, app.getAppPath()];
}
