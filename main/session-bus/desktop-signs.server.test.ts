import { createClient, type MessageBus } from 'dbus-native';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../e2e/demo/until.ts';
import { openPrivateBus, type PrivateBus } from '../../e2e/desktop/private-bus.ts';
import { TrayHost } from '../../e2e/desktop/tray-host.ts';
import { KeptBus } from './kept-bus.ts';
import { followScreenLock } from './screen-lock.ts';
import { openSessionBus } from './session-bus.ts';
import { followTrayPanel } from './tray-panel.ts';

// What a desktop tells by itself, over a real dbus-daemon, with who tells it on its other side.
const LOCKER = 'org.gnome.ScreenSaver';
const PATH = '/org/gnome/ScreenSaver';

let daemon: PrivateBus;
let bus: KeptBus;
let said: boolean[];
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  daemon = await openPrivateBus();
  bus = new KeptBus((onLost) => openSessionBus(daemon.address, onLost));
  said = [];
});
afterEach(async () => {
  await bus.close();
  for (const close of closing.splice(0)) await close();
  await daemon.close();
});

const tell = (value: boolean) => said.push(value);
const told = (...values: boolean[]) =>
  until('it is told', () => said.length >= values.length).then(() => values);
function program(): MessageBus {
  const client = createClient({ busAddress: daemon.address });
  closing.push(() => client.close());
  return client;
}
const say = (by: MessageBus, isLocked: boolean) =>
  by.sendSignal(PATH, LOCKER, 'ActiveChanged', 'b', [isLocked]);

/** Somebody who locks the screen, and says whether they have. */
async function locker(isLocked: boolean): Promise<MessageBus> {
  const client = program();
  client.exportInterface({ GetActive: () => isLocked }, PATH, {
    name: LOCKER,
    methods: { GetActive: ['', 'b', [], ['active']] },
  });
  await client.requestName(LOCKER, 0);
  return client;
}
async function panels(hasPanel = true): Promise<TrayHost> {
  const host = await TrayHost.open(daemon.address, hasPanel);
  closing.push(() => host.close());
  return host;
}

test('a locked screen is told of by whoever locks screens, and by nobody else', async () => {
  await followScreenLock(bus, tell);
  const [real, liar] = [await locker(false), program()];
  say(liar, true);
  await liar.getId();
  say(real, true);
  say(real, false);
  expect(said).toEqual(await told(true, false));
});

test('a screen that is locked already is told of as such', async () => {
  await locker(true);
  await followScreenLock(bus, tell);
  expect(said).toEqual([true]);
});

test('one who locks the screen and goes away has not unlocked it; who comes after is asked', async () => {
  const first = await locker(true);
  await followScreenLock(bus, tell);
  await first.close();
  await locker(false);
  expect(said).toEqual(await told(true, false));
});

test('a screen that was locked while the bus was lost is told of', async () => {
  await followScreenLock(bus, tell);
  await daemon.close();
  daemon = await openPrivateBus();
  await locker(true);
  expect(said).toEqual(await told(true));
});

test('a panel is told of when it is there already, and when it goes', async () => {
  const host = await panels();
  await followTrayPanel(bus, tell);
  expect(said).toEqual([true]);
  await host.close();
  expect(said).toEqual(await told(true, false));
});

test('who only knows panels shows no icon until one comes', async () => {
  await followTrayPanel(bus, tell);
  const host = await panels(false);
  host.showPanel(true);
  expect(said).toEqual(await told(true));
  host.showPanel(false);
  expect(said).toEqual(await told(true, false));
});

test('a panel that comes while the bus was lost is told of', async () => {
  await followTrayPanel(bus, tell);
  await daemon.close();
  daemon = await openPrivateBus();
  await panels();
  expect(said).toEqual(await told(true));
});
