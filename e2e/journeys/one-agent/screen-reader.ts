import { expect, test } from 'vitest';
import { until } from '../../demo/until.ts';
import type { ReadNode } from '../../desktop/screen-reader.ts';
import { troubles } from '../stage.ts';
import { type OneAgent, SALON } from './one-agent.ts';

const SALONS = ['Archives municipales', SALON, 'Crèches du 3ᵉ'];

/** What a screen reader is told of the real program, over AT-SPI as on a Linux desktop (at-spi2-core). */
export function screenReader(here: () => OneAgent): void {
  const find = async (role: string, name: string) =>
    all(await here().reader.read()).find((node) => node.role === role && node.name === name);
  const isDescribed = () =>
    here().nadia.program.app.evaluate(({ app }) => app.isAccessibilitySupportEnabled());

  test('while no screen reader runs pages are not described: that would cost time with every change', async () => {
    expect(await isDescribed()).toBe(false);
  });

  test('one that starts later is told of the salons by their names, and of the conversation that is opened', async () => {
    const { world, nadia, reader } = here();
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
}

/** Everything on the screen, from the outside to the inside. */
const all = (nodes: readonly ReadNode[]): ReadNode[] =>
  nodes.flatMap((node) => [node, ...all(node.children)]);
