import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FilesAccess } from '../accounts/accounts.ts';
import { HttpError } from '../http/http-error.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import type { Engine } from './engine.ts';
import { EMPTY_FILES, type FilesState, type FollowedSalon } from './files-state.ts';
import { type KeptNotice, Notices } from './notices.ts';
import { SalonFolders } from './salon-folders.ts';
import { DeskConditions } from './testing.ts';

const SERVER = 'https://files.example';
let place: string;
let opened: SalonFolders[];
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'salon-folders-'));
  opened = [];
});
afterEach(async () => {
  for (const folders of opened) await folders.close();
  await rm(place, { recursive: true });
});

const salon = (id: string, fileId: string, name: string): FollowedSalon => ({
  salonId: `!${id}:m.example`,
  name,
  folder: { server: SERVER, fileId, name, access: 'shares' },
});

/** The folders of a program whose server is away: where each lies on this PC is known all the same. */
function program(
  state = keptInMemory<FilesState>({ ...EMPTY_FILES, place }),
  comesAtFirst: (name: string) => boolean = () => true,
) {
  let user: string | null = 'nadia';
  const engine: Engine = {
    run: () => Promise.resolve([]),
    onEvent: () => undefined,
    onFresh: () => undefined,
    stop: () => Promise.resolve(),
  };
  const folders = new SalonFolders({
    engine,
    conditions: new DeskConditions(),
    http: () => Promise.reject(new HttpError('offline')),
    access: (): FilesAccess | null =>
      user === null ? null : { serverUrl: SERVER, userId: user, loginName: user, appPassword: 'x' },
    onRefused: () => undefined,
    state,
    notices: new Notices(keptInMemory<readonly KeptNotice[]>([])),
    journals: join(place, 'journals'),
    suggestedPlace: () => place,
    mayAdd: () => true,
    spaceLimit: () => null,
    lowRoom: () => null,
    certificate: () => null,
    pairOptions: () => ({ conflictLabel: 'copy', ignore: [] }),
    comesAtFirst,
    tellOverview: () => undefined,
    tellEntries: () => undefined,
    log: silentLog,
  });
  opened.push(folders);
  const dirOf = (id: string) => vi.waitFor(() => folders.placeOf(`!${id}:m.example`).localDir);
  const become = async (next: string | null) => {
    user = next;
    await (next === null ? folders.forgetSalons() : folders.accountChanged());
  };
  return { folders, state, dirOf, become };
}

describe("a salon's place on this PC", () => {
  it('is its own, also when two salons have one name, or names that differ in capitals only', async () => {
    const { folders, dirOf } = program();
    await folders.follow([salon('a', '1', 'Quais'), salon('b', '2', 'Quais'), salon('c', '3', 'QUAIS')]);
    const dirs = [await dirOf('a'), await dirOf('b'), await dirOf('c')];
    expect(new Set(dirs.map((dir) => dir.toLowerCase())).size).toBe(3);
  });

  it('stays when the salon is renamed, by one or by another', async () => {
    const { folders, dirOf } = program();
    await folders.follow([salon('a', '1', 'Quais')]);
    const before = await dirOf('a');
    await folders.follow([salon('a', '1', 'Berges'), salon('b', '2', 'Quais')]);
    expect(await dirOf('a')).toBe(before);
    expect(await dirOf('b')).not.toBe(before);
  });

  it('is the same after signing out and in again, and nobody else’s', async () => {
    const { folders, dirOf, become } = program();
    await folders.follow([salon('a', '1', 'Quais')]);
    const nadias = await dirOf('a');
    await mkdir(nadias, { recursive: true });
    await writeFile(join(nadias, 'plan.txt'), 'hers');
    await become(null);
    expect(() => folders.placeOf('!a:m.example')).toThrow('not-found.folder');
    await become('karim');
    await folders.follow([salon('a', '1', 'Quais')]);
    expect(await dirOf('a')).not.toBe(nadias);
    await become(null);
    await become('nadia');
    await folders.follow([salon('a', '1', 'Quais')]);
    expect(await dirOf('a')).toBe(nadias);
  });

  it('is never a folder with something in it that nobody knows', async () => {
    const { folders, dirOf } = program();
    const taken = join(place, 'Salons', 'Quais');
    await mkdir(taken, { recursive: true });
    await writeFile(join(taken, 'private.txt'), 'mine');
    await folders.follow([salon('a', '1', 'Quais')]);
    expect(await dirOf('a')).not.toBe(taken);
  });

  it('is chosen once: another choice changes nothing', async () => {
    const { folders, dirOf } = program();
    await folders.follow([salon('a', '1', 'Quais')]);
    const before = await dirOf('a');
    expect(await folders.choosePlace(join(place, 'elsewhere'), 'none')).toBe(place);
    expect(await dirOf('a')).toBe(before);
    expect(folders.placeOf('!a:m.example').unwanted).toEqual([]);
  });

  it('has nothing in it at first when a person takes the place to choose later, nor of a salon that comes then', async () => {
    const state = keptInMemory<FilesState>(EMPTY_FILES);
    const { folders, dirOf } = program(state);
    const following = folders.follow([salon('a', '1', 'Quais')]);
    await Promise.all([following, folders.choosePlace(place, 'none')]);
    await folders.follow([salon('a', '1', 'Quais'), salon('b', '2', 'Parc')]);
    await dirOf('b');
    expect(folders.overview().folders.map(({ unwanted }) => unwanted)).toEqual([[''], ['']]);
    await folders.choose(folders.placeOf('!b:m.example').pairId, []);
    const again = program(state).folders;
    await again.follow(['a', 'b', 'c'].map((id, index) => salon(id, String(index + 1), id)));
    await vi.waitFor(() => expect(again.placeOf('!c:m.example').unwanted).toEqual(['']));
    expect(again.overview().folders.map(({ unwanted }) => unwanted)).toEqual([[''], [], ['']]);
  });

  it('has nothing in it at first where the organisation does not let the folder come, until a person wants it', async () => {
    const { folders, dirOf } = program(keptInMemory<FilesState>(EMPTY_FILES), (name) => name === 'Quais');
    const salons = [salon('a', '1', 'Quais'), salon('b', '2', 'Parc')];
    await Promise.all([folders.follow(salons), folders.choosePlace(place, 'all')]);
    await dirOf('b');
    expect(folders.firstFileIds()).toEqual(['1']);
    expect(folders.overview().folders.map(({ unwanted }) => unwanted)).toEqual([[], ['']]);
    await folders.choose(folders.placeOf('!b:m.example').pairId, []);
    await folders.follow([salon('a', '1', 'Quais 2'), salon('b', '2', 'Parc 2')]);
    expect(folders.overview().folders.map(({ unwanted }) => unwanted)).toEqual([[], []]);
  });
});
