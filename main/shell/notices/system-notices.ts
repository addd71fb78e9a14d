import { Notification, powerMonitor } from 'electron';
import type { Log } from '../../log/log.ts';
import { KeptBus } from '../../session-bus/kept-bus.ts';
import { followScreenLock } from '../../session-bus/screen-lock.ts';
import { BusHost } from './bus-host.ts';
import { macHost, WindowsHost } from './electron-host.ts';
import type { ProgramLook } from './forms.ts';
import type { NoticeHost } from './notice.ts';
import type { Notifications } from './notifications.ts';

/** Notices as this system has them, and whether somebody may see them. */
export interface SystemNotices {
  readonly host: NoticeHost;
  readonly isLocked: () => boolean;
  /** From now on what was left of an earlier run is taken away, or heard. */
  readonly follow: (notifications: Notifications) => void;
  readonly close: () => Promise<void>;
}

/** Notices of the system that the program runs on. Electron must be ready. */
export function systemNotices(look: ProgramLook, log: Log): SystemNotices {
  const { platform } = process;
  if (platform === 'win32') {
    const host = new WindowsHost();
    return { ...withoutBus(host), follow: (notifications) => host.followUses(notifications) };
  }
  if (platform === 'darwin') return { ...withoutBus(macHost), follow: () => Notification.removeAll() };
  return freedesktopNotices(look, log);
}

function withoutBus(host: NoticeHost): Omit<SystemNotices, 'follow'> {
  let isLocked = false;
  powerMonitor.on('lock-screen', () => {
    isLocked = true;
  });
  powerMonitor.on('unlock-screen', () => {
    isLocked = false;
  });
  return { host, isLocked: () => isLocked, close: () => Promise.resolve() };
}

/** What speaks with a Linux desktop is loaded there only; where there is no bus nothing is shown, and the log says so. */
function freedesktopNotices(look: ProgramLook, log: Log): SystemNotices {
  let isLocked = false;
  const bus = new KeptBus(async (onLost) => {
    const { busAddress, openSessionBus } = await import('../../session-bus/session-bus.ts');
    const address = busAddress(process.env);
    if (address === null) throw new Error('the session has no bus');
    return openSessionBus(address, onLost);
  });
  const host = new BusHost(bus, look, log);
  const listen = async (): Promise<void> => {
    await host.open();
    await followScreenLock(bus, (locked) => {
      isLocked = locked;
    });
  };
  listen().catch((error: unknown) => log.warn('session-bus.none', {}, error));
  return { host, isLocked: () => isLocked, follow: () => undefined, close: bus.close };
}
