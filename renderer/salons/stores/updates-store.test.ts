import { describe, expect, it, vi } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { budgetTransfer } from '../../../e2e/gallery/world/files.ts';

const READY = { status: 'ready', version: '0.2.0' } as const;

describe('a version that is ready', () => {
  it('is told of once, with a way to begin it, and main learns what is not out yet', async () => {
    const { stage, workspace, asked } = rig();
    await workspace.updates.load();
    stage.main.emit('files', 'transfer', budgetTransfer);
    expect(asked('updates.noteUnsent')).toEqual([]);
    stage.main.emit('updates', 'changed', READY);
    stage.main.emit('updates', 'changed', READY);
    const lines = workspace.toasts.shown.get().filter(({ about }) => about === 'updates');
    expect(lines).toMatchObject([{ act: expect.any(Object) }]);
    await vi.waitFor(() => expect(asked('updates.noteUnsent').at(-1)).toMatchObject({ unsent: 1 }));
  });

  it('begins after main was told how things stand, or says why not', async () => {
    const { stage, workspace, asked } = rig((set) => {
      set.overrides['updates'] = { install: () => ({ outcome: 'in-call' }) };
    });
    stage.main.emit('updates', 'changed', READY);
    await workspace.updates.install();
    expect(asked('updates.noteUnsent').at(-1)).toMatchObject({ unsent: 0 });
    const line = workspace.toasts.shown.get().find(({ about }) => about === 'updates');
    expect(line).toMatchObject({ tone: 'info', act: null });
  });
});
