import { Notification, powerMonitor } from 'electron';
import type { Log } from '../../log/log.ts';
import type { SessionBus } from '../../session-bus/bus.ts';
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
}

/** Notices of the system that the program runs on; `bus` is that of a Linux desktop. Electron must be ready. */
export function systemNotices(bus: SessionBus | null, look: ProgramLook, log: Log): SystemNotices {
  if (bus) return freedesktopNotices(bus, look, log);
  if (process.platform === 'win32') {
    const host = new WindowsHost();
    return { ...withoutBus(host), follow: (notifications) => host.followUses(notifications) };
  }
  return { ...withoutBus(macHost), follow: () => Notification.removeAll() };
}

function withoutBus(host: NoticeHost): Omit<SystemNotices, 'follow'> {
  let isLocked = false;
  powerMonitor.on('lock-screen', () => {
    isLocked = true;
  });
  powerMonitor.on('unlock-screen', () => {
    isLocked = false;
  });
  return { host, isLocked: () => isLocked };
}

/** Where there is no bus nothing is shown, and the log says so. */
function freedesktopNotices(bus: SessionBus, look: ProgramLook, log: Log): SystemNotices {
  let isLocked = false;
  const host = new BusHost(bus, look, log);
  const listen = async (): Promise<void> => {
    await host.open();
    await followScreenLock(bus, (locked) => {
      isLocked = locked;
    });
  };
  listen().catch((error: unknown) => log.warn('session-bus.none', {}, error));
  return { host, isLocked: () => isLocked, follow: () => undefined };
}
