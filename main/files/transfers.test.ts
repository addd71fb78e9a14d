import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transfer } from '../../preload/contract/files.ts';
import { AppError } from '../contract/app-error.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import type { SyncEvent } from '../sync/api.ts';
import { type Engine, EngineError } from './engine.ts';
import { FolderReport } from './folder-report.ts';
import { type KeptTransfer, Transfers } from './transfers.ts';

const SALON = '!quais:m.example';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'transfers-'));
  folder = join(root, 'Quais');
});
afterEach(() => rm(root, { recursive: true }));

/** Transfers over an engine whose import is scripted: what it does on a full disk or when it dies can't be had at will. */
function scripted(importFile: () => Promise<string>) {
  const listeners: ((event: SyncEvent) => void)[] = [];
  const engine: Engine = {
    run: async (command) => {
      if (command.type === 'importFile') return { path: await importFile() };
      if (command.type !== 'list') throw new Error(command.type);
      const names = await readdir(folder);
      return names.map((path) => ({ path, kind: 'file', size: 1, mtime: 0, state: 'synced', here: true }));
    },
    onEvent: (listener) => void listeners.push(listener),
    onFresh: () => undefined,
    stop: () => Promise.resolve(),
  };
  const told: Transfer[] = [];
  const trashed: string[] = [];
  const kept = keptInMemory<readonly KeptTransfer[]>([]);
  const owner: { pairId: string | null } = { pairId: 'p' };
  const transfers = new Transfers({
    engine,
    placeOf: () => {
      if (owner.pairId === null) throw new AppError('not-found.folder');
      return {
        pairId: owner.pairId,
        localDir: folder,
        remotePath: '/Salons/Quais',
        unwanted: [],
        report: new FolderReport(),
      };
    },
    fileIdOf: () => Promise.resolve('7'),
    trash: async (path) => {
      trashed.push(path);
      await rm(path);
    },
    kept,
    tell: (transfer) => told.push(transfer),
    log: silentLog,
  });
  const rest = () => {
    const event: SyncEvent = { type: 'state', pair: 'p', at: 1, state: { kind: 'idle', problems: 0 } };
    for (const listener of listeners) listener(event);
  };
  const paste = () => transfers.add(SALON, { kind: 'bytes', name: 'plan.pdf', bytes: Buffer.from('new') });
  return { transfers, told, trashed, kept, rest, paste, owner };
}

/** A colleague's file that has the name already. */
async function colleaguesPlan(): Promise<string> {
  await mkdir(folder, { recursive: true });
  const plan = join(folder, 'plan.pdf');
  await writeFile(plan, 'of a colleague');
  return plan;
}

const failing = (code: string) => () => Promise.reject(new EngineError(code, ''));
const steps = (told: readonly Transfer[]) => told.map(({ step }) => step.step);

describe('a file that could not be copied into the folder', () => {
  it('never takes away a file that has the same name', async () => {
    const plan = await colleaguesPlan();
    const { transfers, told, trashed, paste } = scripted(failing('diskFull'));
    const transfer = await paste();
    await vi.waitFor(() => expect(told.at(-1)?.step).toEqual({ step: 'failed', problem: 'disk-full' }));
    await transfers.stop(transfer.transferId);
    expect(trashed).toEqual([]);
    expect(await readFile(plan, 'utf8')).toBe('of a colleague');
  });

  it('is not taken for a file that has the same name, so that no message tells of the wrong one', async () => {
    await colleaguesPlan();
    const imports = [failing('diskFull'), () => Promise.resolve('plan (2).pdf')];
    const { told, paste, rest } = scripted(
      () => imports.shift()?.() ?? Promise.reject(new Error('a third import')),
    );
    const failed = await paste();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    const other = await paste();
    await writeFile(join(folder, 'plan (2).pdf'), 'new');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    rest();
    const stepsOf = ({ transferId }: Transfer) =>
      steps(told.filter((each) => each.transferId === transferId));
    await vi.waitFor(() => expect(stepsOf(other)).toEqual(['kept', 'done']));
    expect(stepsOf(failed)).toEqual(['failed']);
  });

  it.each(['died', 'closed'])('is put there without the engine when that %s over it', async (code) => {
    const plan = await colleaguesPlan();
    const { told, paste } = scripted(failing(code));
    await paste();
    await vi.waitFor(() =>
      expect(told.at(-1)).toMatchObject({ path: 'plan (2).pdf', step: { step: 'kept' } }),
    );
    expect(await readFile(join(folder, 'plan (2).pdf'), 'utf8')).toBe('new');
    expect(await readFile(plan, 'utf8')).toBe('of a colleague');
  });
});

describe('a file that is stopped while it is copied', () => {
  it.each(['before', 'after'])(
    'is taken out again when it is there, also %s the page let it go',
    async (when) => {
      await colleaguesPlan();
      const copied = Promise.withResolvers<string>();
      const { transfers, trashed, paste, kept } = scripted(() => copied.promise);
      const transfer = await paste();
      await transfers.stop(transfer.transferId);
      if (when === 'after') await transfers.settle(transfer.transferId);
      await writeFile(join(folder, 'plan (2).pdf'), 'new');
      copied.resolve('plan (2).pdf');
      await vi.waitFor(() => expect(trashed).toEqual([join(folder, 'plan (2).pdf')]));
      expect(kept.value).toHaveLength(when === 'after' ? 0 : 1);
      expect(await readdir(folder)).toEqual(['plan.pdf']);
    },
  );
});

describe('what somebody dropped before they signed out', () => {
  it('is told to nobody else, and to them when they are back', async () => {
    await colleaguesPlan();
    const { transfers, told, paste, owner } = scripted(() => Promise.resolve('plan (2).pdf'));
    const transfer = await paste();
    await vi.waitFor(() => expect(steps(told)).toEqual(['kept']));
    owner.pairId = null;
    expect(transfers.list()).toEqual([]);
    owner.pairId = 'of another person';
    expect(transfers.list()).toEqual([]);
    owner.pairId = 'p';
    expect(transfers.list()).toMatchObject([{ transferId: transfer.transferId, path: 'plan (2).pdf' }]);
  });
});

describe('a file put into a folder of a salon', () => {
  const add = (transfers: Transfers, into: string) =>
    transfers.add(SALON, { kind: 'bytes', name: 'plan.pdf', bytes: Buffer.from('new') }, into);

  it('is followed under its path there, and is no message', async () => {
    const { transfers, told } = scripted(() => Promise.resolve('Plans/plan (2).pdf'));
    await mkdir(join(folder, 'Plans'), { recursive: true });
    expect(await add(transfers, 'Plans')).toMatchObject({ path: 'Plans/plan.pdf', quiet: true });
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ path: 'Plans/plan (2).pdf', quiet: true }));
    expect(await add(transfers, '')).toMatchObject({ path: 'plan.pdf', quiet: true });
  });

  it('lies there also when the engine died over it', async () => {
    const { transfers, told } = scripted(failing('died'));
    await mkdir(join(folder, 'Plans'), { recursive: true });
    await add(transfers, 'Plans');
    await vi.waitFor(() =>
      expect(told.at(-1)).toMatchObject({ path: 'Plans/plan.pdf', step: { step: 'kept' } }),
    );
    expect(await readFile(join(folder, 'Plans', 'plan.pdf'), 'utf8')).toBe('new');
  });

  it('goes nowhere through a link that leads out of the salon', async () => {
    const { transfers, told } = scripted(failing('died'));
    await mkdir(folder, { recursive: true });
    await symlink(root, join(folder, 'out'));
    await add(transfers, 'out');
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ step: { step: 'failed' } }));
    expect(await readdir(root)).toEqual(['Quais']);
  });
});
