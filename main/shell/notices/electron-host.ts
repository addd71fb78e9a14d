import { Notification } from 'electron';
import { macForm, usedToast, windowsToast } from './forms.ts';
import type { Notice, NoticeHost, NoticeListener } from './notice.ts';
import type { Notifications } from './notifications.ts';
import type { ToastSeal } from './toast-seal.ts';

/** The system's notifications on macOS. */
export const macHost: NoticeHost = {
  show: (notice, listener) => {
    const form = macForm(notice);
    const shown = new Notification({ ...form, actions: [...form.actions] });
    hearUses(shown, notice, listener);
    shown.on('close', listener.closed);
    shown.show();
    return () => shown.close();
  },
};

/** Uses of notices are remembered so long: Windows tells of one by several ways, also after it was taken away. */
const REMEMBERED = 200;

/** The system's notifications on Windows, which wait in its notification centre after they left the screen. */
export class WindowsHost implements NoticeHost {
  readonly #listeners = new Map<string, NoticeListener>();
  readonly #seal: ToastSeal;

  constructor(seal: ToastSeal) {
    this.#seal = seal;
  }

  readonly show = (notice: Notice, listener: NoticeListener): (() => void) => {
    const toastXml = windowsToast(notice, (given) => this.#seal.seal(given, notice.account));
    const shown = new Notification({ id: notice.key, toastXml });
    this.#remember(notice.key, listener);
    hearUses(shown, notice, listener);
    // One that only left the screen is still in the notification centre.
    shown.on('close', ({ reason }) => {
      if (reason !== 'timedOut') listener.closed();
    });
    shown.show();
    return () => shown.close();
  };

  /**
   * From now on also those of an earlier run, which a crash may have left in the notification centre. What another program
   * made up is not heard.
   */
  followUses(notifications: Pick<Notifications, 'use'>): void {
    Notification.handleActivation((details) => {
      const toast = usedToast(details, (sealed) => this.#seal.open(sealed));
      if (!toast) return;
      const listener = this.#listeners.get(toast.key);
      if (listener) listener.used(toast.used.use);
      else notifications.use(toast.used, toast.account);
    });
  }

  #remember(key: string, listener: NoticeListener): void {
    this.#listeners.set(key, listener);
    const [oldest] = this.#listeners.keys();
    if (this.#listeners.size > REMEMBERED && oldest !== undefined) this.#listeners.delete(oldest);
  }
}

function hearUses(shown: Notification, { buttons }: Notice, listener: NoticeListener): void {
  shown.on('click', () => listener.used({ kind: 'open' }));
  shown.on('action', ({ actionIndex }) => {
    const button = buttons[actionIndex];
    if (button) listener.used({ kind: button.use });
  });
  shown.on('reply', ({ reply }) => listener.used({ kind: 'reply', text: reply }));
}
