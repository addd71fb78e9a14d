import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Handlers } from '../../preload/contract/index.ts';
import type { BrandPack } from '../brand/load.ts';
import type { Log } from '../log/log.ts';
import { installedAs } from '../updates/rules.ts';
import { type UpdaterPort, updaterPort } from '../updates/updater-port.ts';
import { TICK_MS, Updates, updateHandlers } from '../updates/updates.ts';
import type { Foundation } from './foundation.ts';

/** What new versions are made from. */
export interface UpdatesParts {
  readonly pack: BrandPack;
  readonly base: Foundation;
  readonly isInCall: () => boolean;
  /** Resolves when the window had time to fill itself: nothing is looked for before. */
  readonly calm: Promise<void>;
}

/** New versions behind the contract, and the way to stop looking for them. Electron must be ready. */
export function createUpdates({ pack, base, isInCall, calm }: UpdatesParts): {
  readonly handlers: Handlers<'updates'>;
  readonly close: () => Promise<void>;
} {
  const { policy, events, log } = base;
  let loading: Promise<UpdaterPort> | null = null;
  const updates = new Updates({
    updater: () => (loading ??= loadUpdater(log)),
    policy: () => policy.values,
    brand: { ...pack.brand.updates, product: pack.brand.applicationId },
    installed: installedAs(tracesOf(pack.brand.productName)),
    isInCall,
    tell: (state) => events.send('updates', 'changed', state),
    now: () => new Date(),
    log,
  });
  const tick = (): void => void updates.tick();
  const timer = setInterval(tick, TICK_MS);
  void calm.then(tick);
  log.info('updates.state', { status: updates.state.status });
  return {
    handlers: updateHandlers(updates),
    close: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

function tracesOf(productName: string): Parameters<typeof installedAs>[0] {
  return {
    platform: process.platform,
    isPackaged: app.isPackaged,
    hasManagedMark: existsSync(join(process.resourcesPath, 'managed')),
    appImage: process.env['APPIMAGE'],
    hasUninstaller: existsSync(join(dirname(process.execPath), `Uninstall ${productName}.exe`)),
  };
}

/** electron-updater for this system, loaded only where something is looked for. */
async function loadUpdater(log: Log): Promise<UpdaterPort> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  const make = (): AppUpdater => {
    if (process.platform === 'win32') return new NsisUpdater();
    return process.platform === 'darwin' ? new MacUpdater() : new AppImageUpdater();
  };
  const updater = make();
  return updaterPort(updater, () => begin(updater), log);
}

/** Ends this program; the new one takes its place at the end, and begins once this one is gone. */
function begin(updater: AppUpdater): void {
  const image = process.env['APPIMAGE'];
  if (process.platform !== 'linux' || image === undefined) {
    updater.quitAndInstall(true, true);
    return;
  }
  // Begun before this one is gone, it would only hand over to it: so the system is asked to begin it afterwards.
  let place = image;
  updater.on('appimage-filename-updated', (path) => {
    place = path;
  });
  app.once('quit', () => app.relaunch({ execPath: place, args: [] }));
  app.quit();
}
