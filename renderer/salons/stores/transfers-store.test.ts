import { describe, expect, it, vi } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { budgetTransfer } from '../../../e2e/gallery/world/files.ts';
import { list, RUGBY } from '../../../e2e/gallery/world/salons.ts';

const done = { ...budgetTransfer, step: { step: 'done', fileId: '77' } } as const;

describe('a dropped file', () => {
  it('gets its message once it is on the server, and main may forget it then', async () => {
    const { stage, workspace, ran, asked } = rig();
    stage.main.emit('files', 'transfer', budgetTransfer);
    expect(workspace.transfers.sendings.get()).toMatchObject([{ message: 'later' }]);
    expect(ran('sendFolderFile')).toEqual([]);
    stage.main.emit('files', 'transfer', done);
    await vi.waitFor(() => expect(asked('files.settleTransfer')).toHaveLength(1));
    expect(ran('sendFolderFile')).toMatchObject([
      {
        salonId: RUGBY,
        transactionId: budgetTransfer.transferId,
        path: 'Budget sécurité.xlsx',
        fileId: '77',
      },
    ]);
    expect(workspace.transfers.sendings.get()).toEqual([]);
  });

  it('that was put into a folder by hand gets none, and main may forget it all the same', async () => {
    const { stage, workspace, ran, asked } = rig();
    stage.main.emit('files', 'transfer', { ...budgetTransfer, quiet: true });
    stage.main.emit('files', 'transfer', { ...done, quiet: true });
    await vi.waitFor(() => expect(asked('files.settleTransfer')).toHaveLength(1));
    expect(ran('sendFolderFile')).toEqual([]);
    expect(workspace.transfers.sendings.get()).toEqual([]);
  });

  it('of the last run gets its message too', async () => {
    const { workspace, ran } = rig((stage) => {
      stage.world.transfers = [done];
    });
    await workspace.transfers.load();
    await vi.waitFor(() => expect(ran('sendFolderFile')).toHaveLength(1));
  });

  it('waits with its message for the chat, then sends it under the same name', async () => {
    const { stage, workspace, ran, asked } = rig();
    stage.chat.world.failing.set('sendFolderFile', 'offline');
    stage.main.emit('files', 'transfer', done);
    await vi.waitFor(() =>
      expect(workspace.transfers.sendings.get()).toMatchObject([{ message: 'waiting' }]),
    );
    expect(asked('files.settleTransfer')).toEqual([]);
    stage.chat.world.failing.clear();
    stage.chat.tell({ type: 'salons', snapshot: { ...list, connection: 'offline' } });
    stage.chat.tell({ type: 'salons', snapshot: list });
    await vi.waitFor(() => expect(asked('files.settleTransfer')).toHaveLength(1));
    const tries = ran('sendFolderFile');
    expect(tries).toHaveLength(2);
    expect(tries).toMatchObject(tries.map(() => ({ transactionId: budgetTransfer.transferId })));
  });

  it('keeps a message that was refused until the person tries again', async () => {
    const { stage, workspace, asked } = rig();
    stage.chat.world.failing.set('sendFolderFile', 'refused');
    stage.main.emit('files', 'transfer', done);
    await vi.waitFor(() =>
      expect(workspace.transfers.sendings.get()).toMatchObject([{ message: 'refused' }]),
    );
    stage.chat.world.failing.clear();
    workspace.transfers.sendAgain(budgetTransfer.transferId);
    await vi.waitFor(() => expect(asked('files.settleTransfer')).toHaveLength(1));
  });

  it('leaves the conversation when it was stopped', async () => {
    const { stage, workspace, asked } = rig((each) => {
      each.world.transfers = [budgetTransfer];
    });
    await workspace.transfers.load();
    await workspace.transfers.stop(budgetTransfer.transferId);
    expect(workspace.transfers.sendings.get()).toEqual([]);
    await vi.waitFor(() => expect(asked('files.settleTransfer')).toHaveLength(1));
    expect(stage.chat.ran.some(({ name }) => name === 'sendFolderFile')).toBe(false);
  });

  it('goes by its name on the disk, and as bytes where it lies on none', async () => {
    const { stage, workspace, asked } = rig();
    const token = crypto.randomUUID();
    const offer = vi.spyOn(stage.main.api, 'offer');
    offer.mockResolvedValue([token, null]);
    stage.overrides.files = { addBytes: () => budgetTransfer };
    const bridge = { ...workspace.bridge, offer: stage.main.api.offer };
    const { TransfersStore } = await import('./transfers-store.ts');
    const store = new TransfersStore(bridge, workspace.chat, () => 0);
    await store.addFiles(RUGBY, [new File(['a'], 'plan.pdf'), new File(['b'], 'collé.png')]);
    expect(asked('files.addFiles')).toEqual([{ salonId: RUGBY, files: [token] }]);
    expect(asked('files.addBytes')).toMatchObject([{ name: 'collé.png', bytes: new Uint8Array([98]) }]);
  });

  it('that failed can be put in once more, as long as the page has it', async () => {
    const again = { ...budgetTransfer, transferId: crypto.randomUUID() };
    const begun = [budgetTransfer, again];
    const { stage, workspace } = rig((each) => {
      each.overrides.files = { addFiles: () => begun.splice(0, 1) };
    });
    const { transfers } = workspace;
    await transfers.addFiles(RUGBY, [new File(['a'], 'Budget sécurité.xlsx')]);
    stage.main.emit('files', 'transfer', {
      ...budgetTransfer,
      step: { step: 'failed', problem: 'disk-full' },
    });
    expect(transfers.canAddAgain(budgetTransfer.transferId)).toBe(true);
    expect(await transfers.addAgain(budgetTransfer.transferId)).toBeNull();
    expect(transfers.sendings.get()).toMatchObject([{ transfer: { transferId: again.transferId } }]);
  });

  it('of whose end the news comes before its beginning leaves no card behind', async () => {
    const { stage, workspace, asked } = rig((each) => {
      each.overrides.files = {
        addFiles: async () => {
          each.main.emit('files', 'transfer', done);
          await vi.waitFor(() => expect(each.chat.ran.at(-1)?.name).toBe('sendFolderFile'));
          return [budgetTransfer];
        },
      };
    });
    await workspace.transfers.addFiles(RUGBY, [new File(['a'], 'Budget sécurité.xlsx')]);
    await vi.waitFor(() => expect(asked('files.settleTransfer')).toHaveLength(1));
    stage.main.emit('files', 'transfer', budgetTransfer);
    expect(workspace.transfers.sendings.get()).toEqual([]);
  });

  it('is one of at most two hundred in a request', async () => {
    const { workspace, asked } = rig();
    await workspace.transfers.addFiles(
      RUGBY,
      Array.from({ length: 450 }, (_, index) => new File(['a'], `${index}.txt`)),
    );
    expect(asked('files.addFiles')).toMatchObject([200, 200, 50].map((length) => ({ files: { length } })));
  });
});
