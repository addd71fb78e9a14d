import { beforeEach, describe, expect, it } from 'vitest';
import type { Notification } from '../../preload/contract/app.ts';
import { type Notice, type NoticeListener, Notifications } from './notifications.ts';
import { createTexts } from './texts.ts';

const message: Notification = {
  id: 'm1',
  salonId: '!a:b',
  title: 'Rugby',
  body: 'Nadia : oui',
  kind: 'message',
};
const ringing: Notification = {
  id: 'r1',
  salonId: '!a:b',
  title: 'Rugby',
  body: 'Nadia appelle',
  kind: 'ringing',
};

let done: string[];
let notices: { notice: Notice; listener: NoticeListener }[];
let notifications: Notifications;

beforeEach(() => {
  done = [];
  notices = [];
  notifications = new Notifications({
    texts: createTexts(() => 'fr', {}),
    show: (notice, listener) => {
      notices.push({ notice, listener });
      return () => {
        done.push(`away ${notice.body}`);
        listener.closed();
      };
    },
    open: () => done.push('front'),
    used: ({ id }, action) => done.push(`${id} ${action}`),
  });
});
const last = () => {
  const notice = notices.at(-1);
  if (!notice) throw new Error('nothing is shown');
  return notice;
};

describe('a notification', () => {
  it('of a message leads to its salon', () => {
    notifications.show(message);
    expect(last().notice).toEqual({ title: 'Rugby', body: 'Nadia : oui', buttons: [], isRinging: false });
    last().listener.clicked();
    expect(done).toEqual(['away Nadia : oui', 'front', 'm1 open']);
  });

  it('of a call can be answered, and declined without the window coming to the front', () => {
    notifications.show(ringing);
    expect(last().notice.buttons).toEqual(['Répondre', 'Refuser']);
    last().listener.pressed(0);
    notifications.show(ringing);
    last().listener.pressed(1);
    const away = 'away Nadia appelle';
    expect(done).toEqual([away, 'front', 'r1 accept', away, 'r1 decline']);
  });

  it('gives way to another with its id, and is taken away once', () => {
    notifications.show(message);
    const first = last();
    notifications.show({ ...message, body: 'Nadia : non' });
    first.listener.closed();
    notifications.close('m1');
    notifications.close('m1');
    expect(done).toEqual(['away Nadia : oui', 'away Nadia : non']);
  });

  it('is gone with all others when somebody signs out', () => {
    notifications.show(message);
    notifications.show(ringing);
    notifications.closeAll();
    notifications.closeAll();
    expect(done).toEqual(['away Nadia : oui', 'away Nadia appelle']);
  });
});
