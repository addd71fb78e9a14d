// Interfaces of Electron 45 that Electron 22 has not, for trying the program only. Loaded before it in its main process.
import './globals.ts';
import Module from 'node:module';
import electron from 'electron';
import { addKeyring } from './keyring.ts';
import { addNetwork } from './network.ts';
import { addViews, View, WebContentsView } from './views.ts';

addNetwork(electron);
addKeyring(electron.safeStorage);
addViews(electron.BrowserWindow);

const webUtils = { getPathForFile: (file: File & { path?: string }) => file.path ?? '' };
const extra: Record<string | symbol, unknown> = { View, WebContentsView, webUtils };
const wider = new Proxy(electron, {
  get: (target, name) => (name in extra ? extra[name] : Reflect.get(target, name)),
  has: (target, name) => name in extra || name in target,
});
const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
const load = loader._load;
loader._load = (request, ...rest) =>
  request === 'electron' || request === 'electron/main' ? wider : load.call(loader, request, ...rest);
