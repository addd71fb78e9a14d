import { randomBytes } from 'node:crypto';
import type { Notification, NotificationUse, UsedNotification } from '../../../preload/contract/app.ts';
import type { Texts } from '../texts.ts';
import { type NoticeHost, type NoticeRules, noticeOf } from './notice.ts';

/** What notifications work with. */
export interface NotificationParts {
  readonly texts: Texts;
  readonly host: NoticeHost;
  readonly rules: () => NoticeRules;
  /** Brings the window to the front. */
  readonly open: () => void;
  /** Tells the page that something waits for it. */
  readonly tellPage: () => void;
  /** Has the window's place in the taskbar ask for a look, or no longer. */
  readonly attract: (isWanted: boolean) => void;
}

/** Older ones give way: a system's list holds no more than a person would look through. */
const MOST_SHOWN = 50;

/**
 * The system's notifications, and what people did with them until the page takes it: the window may be closed, or its
 * page be loading again, and what somebody wrote must not be lost.
 */
export class Notifications {
  readonly #parts: NotificationParts;
  /** How to take each away that is shown, by its id; the oldest first. */
  readonly #shown = new Map<string, () => void>();
  /** Those of calls: they ask for more than a line in a corner. */
  readonly #ringing = new Set<string>();
  #uses: UsedNotification[] = [];

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** Shows one; another with the same id gives way to it. */
  show(notification: Notification): void {
    const { host, rules, texts } = this.#parts;
    const { id } = notification;
    this.close(id);
    const notice = noticeOf(notification, randomBytes(8).toString('hex'), rules(), texts);
    let isOver = false;
    let hasReplied = false;
    const takeAway = host.show(notice, {
      // A system may tell of one click by several ways; words that somebody wrote count whatever came before.
      used: (use) => {
        if (use.kind === 'reply' ? hasReplied : isOver) return;
        isOver = true;
        hasReplied = use.kind === 'reply';
        if (this.#shown.get(id) === takeAway) this.close(id);
        this.use({ id, salonId: notification.salonId, use });
      },
      closed: () => {
        if (this.#shown.get(id) === takeAway) this.#shown.delete(id);
        if (!this.#shown.has(id)) this.#ring(id, false);
      },
    });
    if (!takeAway) return;
    this.#shown.set(id, takeAway);
    this.#ring(id, notice.isRinging);
    const [oldest] = this.#shown.keys();
    if (this.#shown.size > MOST_SHOWN && oldest !== undefined) this.close(oldest);
  }

  /** Somebody used one, maybe of an earlier run. Who answers or declines goes on with what they were doing. */
  use({ use, ...rest }: UsedNotification): void {
    const used = { ...rest, use: wordsOrOpening(use) };
    this.#uses.push(used);
    if (leadsToWindow(used.use)) this.#parts.open();
    this.#parts.tellPage();
  }

  /** What people did with notifications; asking takes it. */
  readonly takeUses = (): UsedNotification[] => {
    const taken = this.#uses;
    this.#uses = [];
    return taken;
  };

  /** Takes one away; nothing when it is gone already. */
  close(id: string): void {
    const takeAway = this.#shown.get(id);
    this.#shown.delete(id);
    this.#ring(id, false);
    takeAway?.();
  }

  #ring(id: string, isRinging: boolean): void {
    const before = this.#ringing.size > 0;
    if (isRinging) this.#ringing.add(id);
    else this.#ringing.delete(id);
    const now = this.#ringing.size > 0;
    if (now !== before) this.#parts.attract(now);
  }

  /** Takes all away, and what the page has not taken: another person's page must not send words in their own name. */
  closeAll(): void {
    this.#uses = [];
    for (const id of this.#shown.keys()) this.close(id);
  }
}

/** A field that was sent empty is as good as a click. */
function wordsOrOpening(use: NotificationUse): NotificationUse {
  return use.kind === 'reply' && use.text.trim() === '' ? { kind: 'open' } : use;
}

function leadsToWindow({ kind }: NotificationUse): boolean {
  switch (kind) {
    case 'open':
    case 'accept':
      return true;
    case 'decline':
    case 'reply':
      return false;
    default:
      return kind satisfies never;
  }
}
