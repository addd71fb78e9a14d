import { join } from 'node:path';
import { app } from 'electron';
import type { Brand } from '../brand/schema.ts';
import type { Log } from '../log/log.ts';
import type { SettingsInForce } from '../policy/settings.ts';
import { keepEntry } from './autostart-entry.ts';
import { startCommand } from './identity.ts';
import { HIDDEN_SWITCH } from './start-arguments.ts';

/** Lets the session start the program, or not, as policy and person want it now and after each change. */
export function followAutostart(brand: Brand, settings: SettingsInForce, log: Log): void {
  let isOn: boolean | null = null;
  let done = Promise.resolve();
  const follow = (): void => {
    const { autostart } = settings.view().values;
    if (autostart === isOn) return;
    isOn = autostart;
    done = done
      .then(() => startWithSession(brand, autostart))
      .catch((error: unknown) => log.error('autostart.not-set', { autostart }, error));
  };
  follow();
  settings.onChange(follow);
}

/** On Linux Electron knows no sessions: an entry of the person's own does it. */
async function startWithSession(brand: Brand, autostart: boolean): Promise<void> {
  const [program, ...before] = startCommand();
  const args = [...before, HIDDEN_SWITCH];
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: autostart, path: program, args });
    return;
  }
  const file = join(app.getPath('appData'), 'autostart', `${brand.applicationId}.desktop`);
  await keepEntry(file, autostart ? { name: brand.productName, command: [program, ...args] } : null);
}
