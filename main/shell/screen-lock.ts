import { powerMonitor } from 'electron';
import type { Log } from '../log/log.ts';
import type { LastingBus } from '../session-bus/bus.ts';
import { followScreenLock } from '../session-bus/screen-lock.ts';

/** Whether somebody may see the screen. */
export interface ScreenLock {
  readonly isLocked: () => boolean;
  readonly onChange: (listener: () => void) => void;
}

/** Follows the lock of the screen; `bus` is that of a Linux desktop, where Electron hears nothing of it. Electron must be ready. */
export function watchScreenLock(bus: LastingBus | null, log: Log): ScreenLock {
  const listeners: (() => void)[] = [];
  let isLocked = false;
  const take = (now: boolean): void => {
    isLocked = now;
    for (const listener of listeners) listener();
  };
  if (bus) {
    followScreenLock(bus, take).catch((error: unknown) => log.warn('screen-lock.unknown', {}, error));
  } else {
    powerMonitor.on('lock-screen', () => take(true));
    powerMonitor.on('unlock-screen', () => take(false));
  }
  return {
    isLocked: () => isLocked,
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}
