import { afterEach, describe, expect, it, vi } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { CRECHES, list, RUGBY } from '../../../e2e/gallery/world/salons.ts';
import { memoryDatabase } from './page-database.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('the folders that main follows', () => {
  it('are told once the whole list is known, and again only when they changed', () => {
    const { stage, asked } = rig((each) => {
      each.chat.world.list = { ...list, total: list.salons.length + 10 };
    });
    expect(asked('files.follow')).toEqual([]);
    stage.chat.tell({ type: 'salons', snapshot: list });
    stage.chat.tell({ type: 'salons', snapshot: { ...list } });
    expect(asked('files.follow')).toHaveLength(1);
    expect(asked('files.follow')[0]).toMatchObject({
      salons: [{ salonId: RUGBY }, { salonId: CRECHES }, {}, {}, {}, {}, {}],
    });
  });

  it('are not told from what was kept of yesterday', () => {
    const { asked } = rig((stage) => {
      stage.chat.world.list = { ...list, connection: 'cached' };
    });
    expect(asked('files.follow')).toEqual([]);
  });
});

describe('the contents of a folder', () => {
  it('are asked for while someone looks, and again when they changed', async () => {
    const { stage, workspace, asked } = rig();
    const entries = workspace.folders.entries(RUGBY, '');
    expect(entries).toBe(workspace.folders.entries(RUGBY, ''));
    stage.main.emit('files', 'entriesChanged', { salonIds: [RUGBY] });
    expect(asked('files.list')).toEqual([]);
    const stop = workspace.folders.entries(RUGBY, '').subscribe(() => undefined);
    await vi.waitFor(() => expect(workspace.folders.entries(RUGBY, '').get().entries).toHaveLength(10));
    stage.main.emit('files', 'entriesChanged', { salonIds: [CRECHES] });
    expect(asked('files.list')).toHaveLength(1);
    stage.main.emit('files', 'entriesChanged', { salonIds: [RUGBY] });
    expect(asked('files.list')).toHaveLength(2);
    stop();
  });
});

describe('the open conversation', () => {
  it('is shown at once when the person comes back to it', () => {
    const { workspace } = rig();
    workspace.navigation.openSalon(RUGBY);
    const shown = workspace.chat.timeline.get();
    expect(shown?.items.length).toBeGreaterThan(0);
    workspace.navigation.openSalon(CRECHES);
    expect(workspace.chat.timeline.get()).toBeNull();
    workspace.navigation.openSalon(RUGBY);
    expect(workspace.chat.timeline.get()).toEqual(shown);
  });

  it('takes nothing that belongs to another', () => {
    const { stage, workspace } = rig();
    workspace.navigation.openSalon(CRECHES);
    stage.chat.tell({
      type: 'timeline',
      snapshot: { salonId: RUGBY, items: [], older: 'start', typing: [], readUpTo: null },
    });
    expect(workspace.chat.timeline.get()).toBeNull();
  });
});

describe('drafts', () => {
  it('are kept per salon after a pause, and gone once sent', async () => {
    vi.useFakeTimers();
    const { workspace } = rig();
    workspace.drafts.write(RUGBY, 'Bonj');
    workspace.drafts.write(RUGBY, 'Bonjour');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await workspace.drafts.read(RUGBY)).toBe('Bonjour');
    expect(await workspace.drafts.read(CRECHES)).toBe('');
    workspace.drafts.write(RUGBY, '');
    expect(await workspace.drafts.read(RUGBY)).toBe('');
  });
});

describe('the end', () => {
  it('leaves nothing of the person who signed out', async () => {
    const { workspace } = rig();
    workspace.navigation.openSalon(RUGBY);
    workspace.drafts.write(RUGBY, 'secret');
    await workspace.load();
    await workspace.clear();
    expect(workspace.chat.list.get()).toBeNull();
    expect(workspace.chat.timeline.get()).toBeNull();
    expect(workspace.folders.overview.get()).toBeNull();
    expect(workspace.navigation.place.get().salonId).toBeNull();
    expect(await workspace.drafts.read(RUGBY)).toBe('');
  });

  it('leaves nobody listening', () => {
    const { stage, layout, workspace } = rig();
    workspace.dispose();
    expect(layout.listenerCount).toBe(0);
    expect(stage.main.listenerCount).toBe(0);
    expect(stage.chat.listenerCount).toBe(0);
    expect(workspace.chat.list.listenerCount).toBe(0);
    expect(workspace.chat.ringing.listenerCount).toBe(0);
  });
});

describe('creations that were cut off', () => {
  const pending = {
    creationId: '8f8a3f0e-1f0b-4a53-9f6e-0c5b6f3a8d11',
    name: 'Halle',
    folder: { server: 'https://f.example', fileId: '1', name: 'Halle', access: 'shares' },
  } as const;

  it('are settled once the chat is there', async () => {
    const { stage, workspace, asked } = rig((each) => {
      each.world.pending = [pending];
      each.chat.world.list = { ...list, connection: 'cached' };
    });
    await workspace.creations.load();
    expect(asked('salons.undo')).toEqual([]);
    stage.chat.tell({ type: 'salons', snapshot: list });
    await vi.waitFor(() => expect(asked('salons.undo')).toEqual([{ creationId: pending.creationId }]));
  });

  it('are not those of the one who creates right now', async () => {
    const { stage, workspace, asked } = rig((each) => {
      each.overrides.salons = {
        makeFolder: () => {
          each.main.emit('salons', 'pendingChanged', [pending]);
          return { folder: pending.folder, notShared: [] };
        },
      };
    });
    const plan = { name: 'Halle', people: [], withFolder: true, membersMayCall: true };
    await workspace.creations.create({ ...plan, creationId: pending.creationId });
    expect(asked('salons.undo')).toEqual([]);
    expect(asked('salons.confirm')).toHaveLength(1);
    expect(stage.chat.ran.filter(({ name }) => name === 'createSalon')).toHaveLength(1);
  });
});

describe('what is written while another account is about to be shown', () => {
  it('is kept too: the chat takes a moment to end', async () => {
    const { promise: chatEnded, resolve: endChat } = Promise.withResolvers<undefined>();
    const database = memoryDatabase();
    const { stage, workspace, asked } = rig(undefined, database);
    const run = stage.chat.run.bind(stage.chat);
    vi.spyOn(stage.chat, 'run').mockImplementation(async (name, request) => {
      if (name === 'stop') await chatEnded;
      return run(name, request);
    });
    const going = workspace.accounts.add();
    await vi.waitFor(() => expect(stage.chat.run).toHaveBeenCalledWith('stop', { wipe: false }));
    workspace.drafts.write(RUGBY, 'et demain ?');
    endChat(undefined);
    await vi.waitFor(() => expect(asked('accounts.add')).toHaveLength(1));
    expect(await database.read('drafts', RUGBY)).toBe('et demain ?');
    await going;
  });

  it('is kept too where the chat has not said yet that it has the message', async () => {
    const database = memoryDatabase();
    const { workspace } = rig(undefined, database);
    workspace.drafts.write(RUGBY, 'à la réunion');
    workspace.drafts.hold(RUGBY, 'à la réunion');
    workspace.drafts.write(RUGBY, '');
    await workspace.accounts.add();
    expect(await database.read('drafts', RUGBY)).toBe('à la réunion');
  });
});

describe('what the policy allows', () => {
  it('holds at once when it changes: services that are not offered any more are left, old conversations go', () => {
    const { stage, workspace } = rig();
    const name = { fr: 'Agenda', en: 'Calendar' };
    const agenda = {
      id: 'agenda',
      name,
      icon: 'calendar',
      url: 'https://a.example/',
      opens: 'view',
    } as const;
    stage.main.emit('app', 'offersChanged', { cacheDays: 0, services: [agenda] });
    expect(workspace.offers.get().services).toEqual([agenda]);
    workspace.navigation.goToService('agenda');
    const run = vi.spyOn(workspace.chat, 'run');
    stage.main.emit('app', 'offersChanged', { cacheDays: 7, services: [] });
    expect(workspace.navigation.place.get().module).toBe('salons');
    expect(run).toHaveBeenCalledWith('keepFor', { days: 7 });
  });
});
