import { Notification } from 'electron';
import type { ShowNotice } from './notifications.ts';

/** Shows a notification of the system's. */
export const showSystemNotice: ShowNotice = ({ title, body, buttons, isRinging }, listener) => {
  if (!Notification.isSupported()) return null;
  const shown = new Notification({
    title,
    body,
    silent: isRinging,
    urgency: isRinging ? 'critical' : 'normal',
    timeoutType: isRinging ? 'never' : 'default',
    actions: buttons.map((text) => ({ type: 'button', text })),
  });
  shown.on('click', listener.clicked);
  shown.on('action', (_event, index) => listener.pressed(index));
  shown.on('close', listener.closed);
  shown.show();
  return () => shown.close();
};
