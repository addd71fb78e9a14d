import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../e2e/demo/until.ts';
import { NotificationHost } from '../../../e2e/desktop/notification-host.ts';
import { openPrivateBus, type PrivateBus } from '../../../e2e/desktop/private-bus.ts';
import type { NotificationUse } from '../../../preload/contract/app.ts';
import { silentLog } from '../../log/silent.ts';
import { KeptBus } from '../../session-bus/kept-bus.ts';
import { openSessionBus } from '../../session-bus/session-bus.ts';
import { BusHost } from './bus-host.ts';
import type { Notice } from './notice.ts';
import { message, ringing } from './testing.ts';

// Over a real dbus-daemon, with a small desktop on its other side.
const ALL = ['actions', 'body', 'body-markup', 'inline-reply'];

let daemon: PrivateBus;
let desktop: NotificationHost;
let bus: KeptBus;
let host: BusHost;
let told: (NotificationUse | 'closed')[];

beforeEach(async () => {
  daemon = await openPrivateBus();
  desktop = await NotificationHost.open(daemon.address, ALL);
  bus = new KeptBus((onLost) => openSessionBus(daemon.address, onLost));
  host = new BusHost(bus, { name: 'ENSEMBLE', icon: '/icon.png', entry: 'fr.traboule.ensemble' }, silentLog);
  await host.open();
  told = [];
});
afterEach(async () => {
  await bus.close();
  await desktop.close();
  await daemon.close();
});

const show = (notice: Notice) =>
  host.show(notice, { used: (use) => told.push(use), closed: () => told.push('closed') });
const onScreen = () => until('it is on the screen', () => desktop.newest);
/** What was told, once it is as much as is expected. */
const toldOf = async (count: number) => {
  await until('it is told', () => told.length >= count);
  return told;
};

test('a message is shown, and answered in its field', async () => {
  show(message);
  const { id, ...shown } = await onScreen();
  expect(shown).toMatchObject({
    program: 'ENSEMBLE',
    title: 'Rugby & Cie',
    body: 'Nadia\u202f: &lt;b&gt;14 h&lt;/b&gt;',
    actions: { default: 'Ouvrir', 'inline-reply': 'Répondre' },
    hints: {
      urgency: 1,
      'desktop-entry': 'fr.traboule.ensemble',
      'x-kde-reply-placeholder-text': 'Votre réponse',
    },
  });
  desktop.reply(id, 'à 14 h');
  expect(await toldOf(2)).toEqual([{ kind: 'reply', text: 'à 14 h' }, 'closed']);
});

test('a call is accepted, declined or opened, each as its button says', async () => {
  const pressed = [
    ['accept', 'accept'],
    ['decline', 'decline'],
    ['default', 'open'],
  ] as const;
  for (const [action, kind] of pressed) {
    told = [];
    show(ringing);
    const { id, hints, expires } = await onScreen();
    expect({ hints, expires }).toMatchObject({ hints: { 'suppress-sound': true, urgency: 2 }, expires: 0 });
    desktop.press(id, action);
    expect(await toldOf(2)).toEqual([{ kind }, 'closed']);
  }
});

test('what a desktop gives for coming to the front is there while the use is told, once, and for that use only', async () => {
  const tokens: (string | null)[] = [];
  const showTaking = () =>
    host.show(message, {
      used: () => tokens.push(host.takeToken(), host.takeToken()),
      closed: () => told.push('closed'),
    });
  showTaking();
  desktop.press((await onScreen()).id, 'default', 'token-1');
  await toldOf(1);
  showTaking();
  desktop.press((await onScreen()).id, 'default');
  await toldOf(2);
  expect(tokens).toEqual(['token-1', null, null, null]);
  const ofAnother = 4711;
  desktop.press(ofAnother, 'default', 'token-2');
  showTaking();
  await onScreen();
  expect(host.takeToken()).toBeNull();
});

test('a button that is none of ours, and one of a notification that is gone, do nothing', async () => {
  show(ringing);
  const { id } = await onScreen();
  desktop.press(id, 'format-the-disk');
  expect(await toldOf(1)).toEqual(['closed']);
  desktop.press(id, 'accept');
  show(message);
  desktop.reply((await onScreen()).id, 'fin');
  expect(await toldOf(3)).toEqual(['closed', { kind: 'reply', text: 'fin' }, 'closed']);
});

test('one is taken away, also before the desktop has answered', async () => {
  show(message)();
  const takeAway = show(ringing);
  await until(
    'only the second is there',
    () => desktop.newest?.title === ringing.title && desktop.shown.size === 1,
  );
  takeAway();
  await until('nothing is there', () => desktop.shown.size === 0);
  expect(told).toEqual([]);
});

test('another desktop takes over: what the first showed is gone, and the other’s abilities count', async () => {
  show(message);
  await onScreen();
  await desktop.close();
  expect(await toldOf(1)).toEqual(['closed']);
  desktop = await NotificationHost.open(daemon.address, ['actions']);
  show(message);
  expect((await onScreen()).actions).toEqual({ default: 'Ouvrir', write: 'Répondre' });
});

test('without a desktop nothing is shown, and it is said', async () => {
  await desktop.close();
  show(message);
  expect(await toldOf(1)).toEqual(['closed']);
});

test('after the bus itself went and came back notifications are shown and used again', async () => {
  await desktop.close();
  await daemon.close();
  daemon = await openPrivateBus();
  desktop = await NotificationHost.open(daemon.address, ALL);
  await until('the loss is noticed', async () => {
    told = [];
    show(message);
    await until('it is shown or not', () => told.length > 0 || desktop.shown.size > 0);
    return desktop.shown.size > 0;
  });
  desktop.reply((await onScreen()).id, 'encore');
  expect(await toldOf(2)).toEqual([{ kind: 'reply', text: 'encore' }, 'closed']);
});
