import type { Notification } from '../../preload/contract/app.ts';
import type { Texts } from './texts.ts';

/** What a person does with a notification. */
export type NotificationAction = 'open' | 'accept' | 'decline';

/** A notification as the system shows it. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Shown where the system can. */
  readonly buttons: readonly string[];
  /** Stays until it is answered, without a sound of the system's: the page rings. */
  readonly isRinging: boolean;
}

/** What the system says about a notification. */
export interface NoticeListener {
  readonly clicked: () => void;
  /** The button of that place. */
  readonly pressed: (index: number) => void;
  readonly closed: () => void;
}

/** Shows a notification and answers the way to take it away; null where the system shows none. */
export type ShowNotice = (notice: Notice, listener: NoticeListener) => (() => void) | null;

/** What notifications work with. */
export interface NotificationParts {
  readonly texts: Texts;
  readonly show: ShowNotice;
  /** Brings the window to the front. */
  readonly open: () => void;
  /** Tells the page what the person did. */
  readonly used: (notification: Notification, action: NotificationAction) => void;
}

const RINGING = [
  { action: 'accept', text: 'ringing.accept' },
  { action: 'decline', text: 'ringing.decline' },
] as const;

/** The system's notifications; ringing has its two buttons. */
export class Notifications {
  readonly #parts: NotificationParts;
  /** How to take each away that is shown, by its id. */
  readonly #shown = new Map<string, () => void>();

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** Shows one; another with the same id gives way to it. */
  show(notification: Notification): void {
    const { id, title, body, kind } = notification;
    this.close(id);
    const isRinging = kind === 'ringing';
    const answers = isRinging ? RINGING : [];
    const takeAway = this.#parts.show(
      { title, body, isRinging, buttons: answers.map(({ text }) => this.#parts.texts(text)) },
      {
        clicked: () => this.#finish(notification, 'open'),
        pressed: (index) => this.#finish(notification, answers[index]?.action ?? 'open'),
        closed: () => {
          if (this.#shown.get(id) === takeAway) this.#shown.delete(id);
        },
      },
    );
    if (takeAway) this.#shown.set(id, takeAway);
  }

  /** Takes one away; nothing when it is gone already. */
  close(id: string): void {
    const takeAway = this.#shown.get(id);
    this.#shown.delete(id);
    takeAway?.();
  }

  /** Takes all away. */
  closeAll(): void {
    for (const id of this.#shown.keys()) this.close(id);
  }

  /** Who declines goes on with what they were doing. */
  #finish(notification: Notification, action: NotificationAction): void {
    this.close(notification.id);
    if (action !== 'decline') this.#parts.open();
    this.#parts.used(notification, action);
  }
}
