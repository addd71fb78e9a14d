import type { Notification, NotificationUse } from '../../../preload/contract/app.ts';
import type { PolicyValues } from '../../policy/schema/table.ts';
import type { Texts } from '../texts.ts';

/** A button of a notice, and what pressing it means. */
export interface NoticeButton {
  readonly use: 'accept' | 'decline';
  readonly label: string;
}

/** What the system is to show, the same for all systems; `forms.ts` puts it as each wants it. */
export interface Notice {
  /** Names it to the system: sixteen letters and digits, never the same twice. */
  readonly key: string;
  /** Names it to the page. */
  readonly id: string;
  readonly salonId: string;
  /** Id of the account that it is about; null: nobody's. */
  readonly account: string | null;
  readonly title: string;
  readonly body: string;
  /** Stays until it is answered, without a sound of the system's: the page rings. */
  readonly isRinging: boolean;
  /** What clicking on it does, where the system says so. */
  readonly openLabel: string;
  readonly buttons: readonly NoticeButton[];
  /** A line to answer in; null where there is none. */
  readonly reply: { readonly label: string; readonly placeholder: string } | null;
}

/** What a system tells of a notice that it shows. It may tell the same twice, by different ways. */
export interface NoticeListener {
  readonly used: (use: NotificationUse) => void;
  /** It is gone for good, and nobody can use it any more. */
  readonly closed: () => void;
}

/** Shows notices on a system. */
export interface NoticeHost {
  /** Shows one and answers the way to take it away; null where the system shows none. */
  readonly show: (notice: Notice, listener: NoticeListener) => (() => void) | null;
}

/** How much of a notification may be seen, and done with it, at the moment. */
export interface NoticeRules {
  readonly content: PolicyValues['notificationContent'];
  /** Nobody knows who sits before a locked screen: it shows no words, and nothing can be done there. */
  readonly isLocked: boolean;
}

/** A notification with as much in it as an administrator lets others see on a screen. */
export function noticeOf(
  notification: Notification,
  { key, account }: Pick<Notice, 'key' | 'account'>,
  rules: NoticeRules,
  texts: Texts,
): Notice {
  const { id, salonId, kind } = notification;
  const isRinging = kind === 'ringing';
  const hint = texts(isRinging ? 'notification.call' : 'notification.message');
  const content = rules.isLocked ? 'none' : rules.content;
  const mayReply = !isRinging && content === 'text';
  return {
    key,
    id,
    salonId,
    account,
    title: content === 'none' ? texts('notification.title') : notification.title,
    body: content === 'text' ? notification.body : hint,
    isRinging,
    openLabel: texts('notification.open'),
    buttons: isRinging && !rules.isLocked ? answers(texts) : [],
    reply: mayReply
      ? { label: texts('notification.reply'), placeholder: texts('notification.placeholder') }
      : null,
  };
}

function answers(texts: Texts): readonly NoticeButton[] {
  return [
    { use: 'accept', label: texts('ringing.accept') },
    { use: 'decline', label: texts('ringing.decline') },
  ];
}
