import type { Notification } from '../../preload/contract/app.ts';
import type { PolicyValues } from '../policy/schema/table.ts';
import type { Texts } from './texts.ts';

/** A notification with as much in it as an administrator lets others see on a screen. */
export function withAllowedContent(
  notification: Notification,
  content: PolicyValues['notificationContent'],
  texts: Texts,
): Notification {
  const body = texts(notification.kind === 'ringing' ? 'notification.call' : 'notification.message');
  switch (content) {
    case 'text':
      return notification;
    case 'salon':
      return { ...notification, body };
    case 'none':
      return { ...notification, title: texts('notification.title'), body };
  }
}
