import { Notification } from 'electron';
import type { Log } from '../../log/log.ts';
import type { LastingBus } from '../../session-bus/bus.ts';
import { BusHost } from './bus-host.ts';
import { macHost, WindowsHost } from './electron-host.ts';
import type { ProgramLook } from './forms.ts';
import type { NoticeHost } from './notice.ts';
import type { Notifications } from './notifications.ts';
import type { ToastSeal } from './toast-seal.ts';

/** Notices as this system has them. */
export interface SystemNotices {
  readonly host: NoticeHost;
  /** With what the window may come to the front, where a desktop gives such a thing with the use of a notice; asking takes it. */
  readonly takeToken: () => string | null;
  /** From now on what was left of an earlier run is taken away, or heard. */
  readonly follow: (notifications: Notifications) => void;
}

/** Notices of the system that the program runs on; `bus` is that of a Linux desktop. Electron must be ready. */
export function systemNotices(
  bus: LastingBus | null,
  look: ProgramLook,
  seal: ToastSeal,
  log: Log,
): SystemNotices {
  if (bus) return freedesktopNotices(bus, look, log);
  if (process.platform === 'win32') {
    const host = new WindowsHost(seal);
    return { host, takeToken: noToken, follow: (notifications) => host.followUses(notifications) };
  }
  return { host: macHost, takeToken: noToken, follow: () => Notification.removeAll() };
}

/** Where there is no bus nothing is shown, and the log says so. */
function freedesktopNotices(bus: LastingBus, look: ProgramLook, log: Log): SystemNotices {
  const host = new BusHost(bus, look, log);
  host.open().catch((error: unknown) => log.warn('session-bus.none', {}, error));
  return { host, takeToken: host.takeToken, follow: () => undefined };
}

const noToken = (): null => null;
