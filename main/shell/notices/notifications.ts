import { randomBytes } from 'node:crypto';
import type { Notification, NotificationUse, UsedNotification } from '../../../preload/contract/app.ts';
import type { Texts } from '../texts.ts';
import { type NoticeHost, type NoticeRules, noticeOf } from './notice.ts';

/** What notifications work with. */
export interface NotificationParts {
  readonly texts: Texts;
  readonly host: NoticeHost;
  readonly rules: () => NoticeRules;
  /** Id of the account that is shown; null while none is. */
  readonly account: () => string | null;
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
  #uses: { readonly used: UsedNotification; readonly account: string | null }[] = [];

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** Shows one; another with the same id gives way to it. */
  show(notification: Notification): void {
    const { host, rules, texts } = this.#parts;
    const { id } = notification;
    this.close(id);
    const account = this.#parts.account();
    const notice = noticeOf(notification, { key: randomBytes(8).toString('hex'), account }, rules(), texts);
    let isOver = false;
    let hasReplied = false;
    const takeAway = host.show(notice, {
      // A system may tell of one click by several ways; words that somebody wrote count whatever came before.
      used: (use) => {
        if (use.kind === 'reply' ? hasReplied : isOver) return;
        isOver = true;
        hasReplied = use.kind === 'reply';
        if (this.#shown.get(id) === takeAway) this.close(id);
        this.use({ id, salonId: notification.salonId, use }, account);
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
  use({ use, ...rest }: UsedNotification, account: string | null): void {
    const used = { ...rest, use: wordsOrOpening(use) };
    this.#uses.push({ used, account });
    if (leadsToWindow(used.use)) this.#parts.open();
    this.#parts.tellPage();
  }

  /**
   * What people did with notifications of the account that is shown; asking takes it. What is another's waits until that
   * one is: its words must not be sent in this one's name.
   */
  readonly takeUses = (): UsedNotification[] => {
    const shown = this.#parts.account();
    const taken = this.#uses.filter(({ account }) => account === shown);
    this.#uses = this.#uses.filter(({ account }) => account !== shown);
    return taken.map(({ used }) => used);
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

  /** Takes all away that is shown: another account is, or none. What was used of them waits for its own account. */
  closeAll(): void {
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
