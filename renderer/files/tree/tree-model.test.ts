import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Rig, rig } from '../../../e2e/gallery/rig.ts';
import { calmOverview } from '../../../e2e/gallery/world/files.ts';
import { RUGBY } from '../../../e2e/gallery/world/salons.ts';
import { TreeModel } from './tree-model.ts';

let used: Rig | undefined;
afterEach(() => used?.workspace.dispose());

async function shown() {
  used = rig();
  const { workspace, stage, asked } = used;
  await workspace.folders.load();
  const model = new TreeModel(workspace.folders, 'salon');
  const stop = model.start();
  const keys = () => model.rows.get().map(({ key }) => key);
  const lists = () => asked('files.list');
  return { model, stop, keys, lists, stage, workspace };
}

describe('the tree', () => {
  it('asks for what is in a folder when it is expanded, not before', async () => {
    const { model, keys, lists } = await shown();
    expect(keys()).toHaveLength(calmOverview.folders.length);
    expect(lists()).toEqual([]);
    model.expand(RUGBY, '');
    await vi.waitFor(() => expect(keys()).toContain(`${RUGBY} Plans`));
    expect(lists()).toEqual([{ salonId: RUGBY, path: '' }]);
  });

  it('stays fresh where it is open, and asks no more about what is closed', async () => {
    const { model, keys, lists, stage } = await shown();
    model.expand(RUGBY, '');
    model.expand(RUGBY, 'Plans');
    await vi.waitFor(() => expect(keys()).toContain(`${RUGBY} Plans/Parvis.jpg`));
    model.collapse(RUGBY, 'Plans');
    expect(keys()).not.toContain(`${RUGBY} Plans/Parvis.jpg`);
    const before = lists().length;
    stage.main.emit('files', 'entriesChanged', { salonIds: [RUGBY] });
    await vi.waitFor(() => expect(lists().length).toBeGreaterThan(before));
    expect(lists().slice(before)).toEqual([{ salonId: RUGBY, path: '' }]);
  });

  it('opens again as it was when its salon is opened again', async () => {
    const { model, keys } = await shown();
    model.expand(RUGBY, '');
    model.expand(RUGBY, 'Plans');
    await vi.waitFor(() => expect(keys()).toContain(`${RUGBY} Plans/Parvis.jpg`));
    model.collapse(RUGBY, '');
    model.expand(RUGBY, '');
    await vi.waitFor(() => expect(keys()).toContain(`${RUGBY} Plans/Parvis.jpg`));
  });

  it('listens to nothing once it is not shown any more', async () => {
    const { model, stop, workspace } = await shown();
    model.expand(RUGBY, '');
    const listeners = workspace.folders.overview.listenerCount;
    stop();
    expect(workspace.folders.overview.listenerCount).toBe(listeners - 1);
    model.expand(RUGBY, 'Plans');
    expect(model.rows.get().some(({ key }) => key === `${RUGBY} Plans/Parvis.jpg`)).toBe(false);
  });
});
