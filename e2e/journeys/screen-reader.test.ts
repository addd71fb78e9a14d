import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agent } from '../demo/agent.ts';
import { until } from '../demo/until.ts';
import type { World } from '../demo/world.ts';
import { openPrivateBus, type PrivateBus } from '../desktop/private-bus.ts';
import { type ReadNode, ScreenReader } from '../desktop/screen-reader.ts';
import { stage, troubles } from './stage.ts';

// What a screen reader is told of the real program, over AT-SPI as on a Linux desktop (at-spi2-core).
let world: World;
let bus: PrivateBus;
let reader: ScreenReader;
let nadia: Agent;

beforeAll(async () => {
  world = await stage('screen-reader');
  bus = await openPrivateBus();
  reader = await ScreenReader.open(bus.address);
  // Chromium of old has no other sign that windows may be read at all; that of today asks the bus.
  const env = { DBUS_SESSION_BUS_ADDRESS: bus.address, GNOME_ACCESSIBILITY: '1' };
  nadia = await world.open('nadia', { env });
  await nadia.signIn();
});

afterAll(async () => {
  await world.end();
  await reader.close();
  await bus.close();
});

const SALON = 'Coupe du monde de rugby';
const SALONS = ['Archives municipales', SALON, 'Crèches du 3ᵉ'];

/** Everything on the screen, from the outside to the inside. */
const all = (nodes: readonly ReadNode[]): ReadNode[] =>
  nodes.flatMap((node) => [node, ...all(node.children)]);
const find = async (role: string, name: string) =>
  all(await reader.read()).find((node) => node.role === role && node.name === name);

const isDescribed = () => nadia.program.app.evaluate(({ app }) => app.isAccessibilitySupportEnabled());

test('while no screen reader runs pages are not described: that would cost time with every change', async () => {
  expect(await isDescribed()).toBe(false);
});

test('one that starts later is told of the salons by their names, and of the conversation that is opened', async () => {
  await reader.start();
  await until('pages are described', isDescribed);
  const list = await until('the list is described', () => find('list box', 'Liste des salons'));
  const items = all([list]).filter(({ role }) => role === 'list item');
  const named = SALONS.filter((salon) => items.some(({ name }) => name.startsWith(salon)));
  expect({ named, count: items.length }).toEqual({ named: SALONS, count: SALONS.length });
  await nadia.openSalon(SALON);
  await until('the conversation is described', () => find('static', 'Merci Sophie, je transmets.'));
  expect(troubles(world)).toEqual([]);
});
