import { beforeEach, describe, expect, it } from 'vitest';
import type { Notification, NotificationUse } from '../../../preload/contract/app.ts';
import { createTexts } from '../texts.ts';
import type { Notice, NoticeListener } from './notice.ts';
import { Notifications } from './notifications.ts';

const message: Notification = {
  id: 'm1',
  salonId: '!a:b',
  title: 'Rugby',
  body: 'Nadia : oui',
  kind: 'message',
};
const ringing: Notification = { ...message, id: 'r1', body: 'Nadia appelle', kind: 'ringing' };
const reply = (text: string): NotificationUse => ({ kind: 'reply', text });

let done: string[];
let attracted: boolean[];
let notices: { notice: Notice; listener: NoticeListener }[];
let notifications: Notifications;
let account: string | null;

beforeEach(() => {
  account = 'nadia';
  done = [];
  attracted = [];
  notices = [];
  notifications = new Notifications({
    texts: createTexts(() => 'fr', {}),
    host: {
      show: (notice, listener) => {
        notices.push({ notice, listener });
        return () => {
          done.push(`away ${notice.body}`);
          listener.closed();
        };
      },
    },
    rules: () => ({ content: 'text', isLocked: false }),
    account: () => account,
    open: () => done.push('front'),
    tellPage: () => done.push('page'),
    attract: (isWanted) => attracted.push(isWanted),
  });
});
const shown = (notification: Notification) => {
  notifications.show(notification);
  const last = notices.at(-1);
  if (!last) throw new Error('nothing is shown');
  return last;
};
const uses = () => notifications.takeUses().map(({ id, use }) => [id, use]);

describe('a notification', () => {
  it('of a message leads to its salon, and its use is taken once', () => {
    shown(message).listener.used({ kind: 'open' });
    expect(done).toEqual(['away Nadia : oui', 'front', 'page']);
    expect(notifications.takeUses()).toEqual([{ id: 'm1', salonId: '!a:b', use: { kind: 'open' } }]);
    expect(notifications.takeUses()).toEqual([]);
  });

  it('is answered, and a call declined, without the window coming to the front', () => {
    shown(message).listener.used(reply('oui'));
    shown(ringing).listener.used({ kind: 'decline' });
    expect(done).not.toContain('front');
    shown(ringing).listener.used({ kind: 'accept' });
    expect(done).toContain('front');
    expect(uses()).toEqual([
      ['m1', reply('oui')],
      ['r1', { kind: 'decline' }],
      ['r1', { kind: 'accept' }],
    ]);
  });

  it('that is answered with nothing leads to its salon', () => {
    shown(message).listener.used(reply(' \n'));
    expect(done).toContain('front');
    expect(uses()).toEqual([['m1', { kind: 'open' }]]);
  });

  it('counts once, however often and by how many ways the system tells of it', () => {
    const { listener } = shown(ringing);
    listener.used({ kind: 'decline' });
    listener.used({ kind: 'decline' });
    listener.used({ kind: 'accept' });
    expect(uses()).toEqual([['r1', { kind: 'decline' }]]);
  });

  it('never loses words, even if a click came before them', () => {
    const { listener } = shown(message);
    listener.used({ kind: 'open' });
    listener.used(reply('oui'));
    listener.used(reply('oui'));
    expect(uses()).toEqual([
      ['m1', { kind: 'open' }],
      ['m1', reply('oui')],
    ]);
  });

  it('of an earlier run is heard too', () => {
    notifications.use({ id: 'old', salonId: '!a:b', use: reply('oui') }, 'nadia');
    expect(uses()).toEqual([['old', reply('oui')]]);
    expect(done).toEqual(['page']);
  });

  it('gives way to another with its id, and is taken away once', () => {
    const first = shown(message);
    shown({ ...message, body: 'Nadia : non' });
    first.listener.closed();
    notifications.close('m1');
    notifications.close('m1');
    expect(done).toEqual(['away Nadia : oui', 'away Nadia : non']);
  });

  it('that takes the place of one leaves the newer alone when the older is used late', () => {
    const first = shown(message);
    shown({ ...message, body: 'Nadia : non' });
    done = [];
    first.listener.used({ kind: 'open' });
    expect(done).toEqual(['front', 'page']);
  });

  it('is gone with all others when somebody signs out', () => {
    shown(message);
    shown(ringing);
    notifications.closeAll();
    notifications.closeAll();
    expect(done).toEqual(['away Nadia : oui', 'away Nadia appelle']);
  });

  it('that was answered while no page was there is not sent in the name of who signs in next', () => {
    shown(message).listener.used(reply('oui'));
    notifications.closeAll();
    account = 'bruno';
    expect(uses()).toEqual([]);
    account = 'nadia';
    expect(uses()).toEqual([['m1', reply('oui')]]);
  });

  it('of a call asks for a look until it was used or is over, one of a message never', () => {
    shown(message);
    expect(attracted).toEqual([]);
    const { listener } = shown(ringing);
    shown({ ...ringing, id: 'r2' });
    expect(attracted).toEqual([true]);
    listener.used({ kind: 'decline' });
    expect(attracted).toEqual([true]);
    notifications.close('r2');
    expect(attracted).toEqual([true, false]);
  });

  it('gives way when there are very many', () => {
    for (let n = 0; n < 60; n += 1) shown({ ...message, id: `m${n}`, body: `${n}` });
    expect(done).toEqual(Array.from({ length: 10 }, (_, n) => `away ${n}`));
  });
});
