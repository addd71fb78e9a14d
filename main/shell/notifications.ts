import { Notification as SystemNotification } from 'electron';
import type { Notification } from '../../preload/contract/app.ts';
import type { Texts } from './texts.ts';

/** What a person did with a notification. */
export type Used = (notification: Notification, action: 'open' | 'accept' | 'decline') => void;

/** The system's notifications; ringing has its two buttons where the system can show some. */
export class Notifications {
  readonly #shown = new Map<string, SystemNotification>();
  readonly #texts: Texts;
  readonly #used: Used;

  constructor(texts: Texts, used: Used) {
    this.#texts = texts;
    this.#used = used;
  }

  /** Shows one; another with the same id gives way to it. */
  show(notification: Notification): void {
    if (!SystemNotification.isSupported()) return;
    this.close(notification.id);
    const isRinging = notification.kind === 'ringing';
    const shown = new SystemNotification({
      title: notification.title,
      body: notification.body,
      silent: isRinging, // the page rings
      urgency: isRinging ? 'critical' : 'normal',
      timeoutType: isRinging ? 'never' : 'default',
      actions: isRinging
        ? [
            { type: 'button', text: this.#texts('ringing.accept') },
            { type: 'button', text: this.#texts('ringing.decline') },
          ]
        : [],
    });
    shown.on('click', () => this.#finish(notification, 'open'));
    shown.on('action', (_event, index) => this.#finish(notification, index === 0 ? 'accept' : 'decline'));
    shown.on('close', () => this.#forget(notification.id, shown));
    this.#shown.set(notification.id, shown);
    shown.show();
  }

  /** Takes one away; nothing when it is gone already. */
  close(id: string): void {
    const shown = this.#shown.get(id);
    this.#shown.delete(id);
    shown?.close();
  }

  /** Takes all away. */
  closeAll(): void {
    for (const id of this.#shown.keys()) this.close(id);
  }

  #finish(notification: Notification, action: 'open' | 'accept' | 'decline'): void {
    this.close(notification.id);
    this.#used(notification, action);
  }

  #forget(id: string, shown: SystemNotification): void {
    if (this.#shown.get(id) === shown) this.#shown.delete(id);
  }
}
