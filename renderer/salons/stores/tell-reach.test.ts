import { expect, it, vi } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';

it('main hears when the chat loses its server and finds it again, once each, and says what stands in the way', async () => {
  const scene = rig((stage) => {
    stage.world.reach = 'stranger';
  });
  const list = scene.workspace.chat.list.get();
  if (!list) throw new Error('there is no list');
  const become = (connection: 'offline' | 'live' | 'connecting') =>
    scene.stage.chat.tell({ type: 'salons', snapshot: { ...list, connection } });
  for (const connection of ['live', 'offline', 'offline', 'connecting', 'offline'] as const)
    become(connection);
  expect(scene.asked('network.tellReach')).toEqual([{ isReached: false }]);
  await vi.waitFor(() => expect(scene.workspace.network.reach.get()).toBe('stranger'));
  scene.stage.main.emit('network', 'reachChanged', { reach: 'silent' });
  expect(scene.workspace.network.reach.get()).toBe('silent');
  scene.stage.world.reach = 'reached';
  become('live');
  expect(scene.asked('network.tellReach')).toEqual([{ isReached: false }, { isReached: true }]);
  await vi.waitFor(() => expect(scene.workspace.network.reach.get()).toBe('reached'));
});
