import { describe, expect, it } from 'vitest';
import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { CommandError } from '../../matrix/protocol.ts';
import type { ChatPort } from '../stores/chat-port.ts';
import { type CreationPorts, createSalon, type NewSalon, resumeCreation } from './create-salon.ts';

const folder = { server: 'https://fichiers.example', fileId: '42', name: 'Halle', access: 'shares' } as const;
const plan: NewSalon = {
  creationId: '8f8a3f0e-1f0b-4a53-9f6e-0c5b6f3a8d11',
  name: 'Rénovation de la halle',
  people: [{ userId: '@karim:example', displayName: 'Karim', role: 'agent' }],
  withFolder: true,
  membersMayCall: true,
};

const away: ContractError = {
  code: 'unreachable',
  messageKey: 'errors:unreachable.files',
  details: {},
  retryable: true,
};
const offline: CommandError = { code: 'offline', detail: '' };

/** The two servers as they are after each act: a folder, a note of it, a room; each act may fail or lose its answer. */
class Town {
  folders = new Set<string>();
  notes = new Set<string>();
  rooms = new Map<string, string>();
  readonly acts: string[] = [];
  readonly failing = new Set<string>();
  readonly losing = new Set<string>();

  readonly ports: CreationPorts = {
    salons: {
      makeFolder: ({ creationId }) =>
        this.#main('makeFolder', () => {
          this.notes.add(creationId);
          this.folders.add(creationId);
          return { folder, notShared: [] };
        }),
      confirm: ({ creationId }) =>
        this.#main('confirm', () => {
          this.notes.delete(creationId);
          return undefined;
        }),
      undo: ({ creationId }) =>
        this.#main('undo', () => {
          this.folders.delete(creationId);
          this.notes.delete(creationId);
          return undefined;
        }),
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- plays the two commands that the saga uses
    run: (async (name, request: { creationId: string }) => {
      this.acts.push(name);
      if (this.failing.has(name)) return { ok: false, error: offline };
      if (name === 'createSalon') this.rooms.set(request.creationId, '!new:example');
      if (this.losing.has(name)) return { ok: false, error: offline };
      return { ok: true, value: { salonId: this.rooms.get(request.creationId) ?? null } };
    }) as ChatPort['run'],
  };

  async #main<T>(name: string, act: () => T): Promise<Outcome<T>> {
    this.acts.push(name);
    if (this.failing.has(name)) return { ok: false, error: away };
    const value = act();
    if (this.losing.has(name)) return { ok: false, error: away };
    return { ok: true, value };
  }

  /** A salon is whole (folder and room) or not there at all, and main waits for nothing. */
  get settled(): boolean {
    return this.notes.size === 0 && this.folders.size === this.rooms.size;
  }
}

const create = (town: Town, change: Partial<NewSalon> = {}) =>
  createSalon({ ...plan, ...change }, town.ports, () => undefined);

describe('creating a salon', () => {
  it('makes the folder, then the room, then tells main that all is well', async () => {
    const town = new Town();
    const steps: string[] = [];
    const ended = await createSalon(plan, town.ports, (step) => steps.push(step));
    expect(ended).toEqual({ ended: 'made', salonId: '!new:example', notShared: [] });
    expect(steps).toEqual(['folder', 'room', 'confirm']);
    expect(town.acts).toEqual(['makeFolder', 'createSalon', 'confirm']);
    expect(town.settled).toBe(true);
  });

  it('leaves main alone when there is to be no folder', async () => {
    const town = new Town();
    expect(await create(town, { withFolder: false })).toMatchObject({ ended: 'made' });
    expect(town.acts).toEqual(['createSalon']);
  });

  it('leaves nothing when the folder can not be made', async () => {
    const town = new Town();
    town.failing.add('makeFolder');
    expect(await create(town)).toEqual({ ended: 'undone', problem: { from: 'main', error: away } });
    expect(town.settled).toBe(true);
  });

  it('removes a folder whose answer was lost', async () => {
    const town = new Town();
    town.losing.add('makeFolder');
    expect(await create(town)).toMatchObject({ ended: 'undone' });
    expect(town.settled).toBe(true);
  });

  it('removes the folder when the room can not be made', async () => {
    const town = new Town();
    town.failing.add('createSalon');
    expect(await create(town)).toEqual({ ended: 'undone', problem: { from: 'chat', error: offline } });
    expect(town.acts).toEqual(['makeFolder', 'createSalon', 'findCreation', 'undo']);
    expect(town.settled).toBe(true);
  });

  it('finds the room whose answer was lost and finishes', async () => {
    const town = new Town();
    town.losing.add('createSalon');
    expect(await create(town)).toMatchObject({ ended: 'made', salonId: '!new:example' });
    expect(town.settled).toBe(true);
  });

  it('undoes nothing while it can not tell whether the room is there', async () => {
    const town = new Town();
    town.losing.add('createSalon').add('findCreation');
    expect(await create(town)).toMatchObject({ ended: 'unfinished' });
    expect(town.folders.size).toBe(1);
    expect(town.notes.size).toBe(1);
  });

  it('calls the salon made although main could not drop its note', async () => {
    const town = new Town();
    town.failing.add('confirm');
    expect(await create(town)).toMatchObject({ ended: 'made' });
    expect(town.notes.size).toBe(1);
  });

  it('says unfinished when the folder can not be removed', async () => {
    const town = new Town();
    town.failing.add('createSalon').add('undo');
    expect(await create(town)).toMatchObject({ ended: 'unfinished' });
    expect(town.notes.size).toBe(1);
  });
});

describe('resuming after a crash', () => {
  const everyWay = ['makeFolder', 'createSalon', 'findCreation', 'confirm', 'undo'].flatMap((name) => [
    { what: 'fails', name },
    { what: 'loses its answer', name },
  ]);
  it.each(everyWay)('settles everything when $name $what first', async ({ what, name }) => {
    const town = new Town();
    (what === 'fails' ? town.failing : town.losing).add(name);
    await create(town);
    town.failing.clear();
    town.losing.clear();
    for (const creationId of town.notes) expect(await resumeCreation({ creationId }, town.ports)).toBe(true);
    expect(town.settled).toBe(true);
  });

  it('settles a creation that was cut off after any act', async () => {
    for (const cut of ['folder', 'room', 'confirm']) {
      const town = new Town();
      const crash = createSalon(plan, town.ports, (step) => {
        if (step === cut) throw new Error('the program was killed');
      });
      await expect(crash).rejects.toThrow('killed');
      for (const { creationId } of [plan])
        if (town.notes.has(creationId)) await resumeCreation(plan, town.ports);
      expect(town.settled).toBe(true);
    }
  });

  it('waits when the chat can not tell', async () => {
    const town = new Town();
    town.failing.add('createSalon').add('findCreation');
    await create(town);
    expect(await resumeCreation(plan, town.ports)).toBe(false);
    expect(town.notes.size).toBe(1);
  });
});
