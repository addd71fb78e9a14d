import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import { FilesOverview, type Transfer } from '../../preload/contract/files.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { createHttp } from '../http/http.ts';
import { silentLog } from '../log/silent.ts';
import { keptInMemory } from '../store/kept.ts';
import { Authors } from './authors.ts';
import { ConflictLabels } from './conflict-labels.ts';
import { Conflicts } from './conflicts.ts';
import { Dav } from './dav.ts';
import { EMPTY_FILES, type FilesState } from './files-state.ts';
import { FirstRun } from './first-run.ts';
import { FolderChoice } from './folder-choice.ts';
import { FolderCounts } from './folder-counts.ts';
import { filesHandlers } from './handlers.ts';
import { Keepsakes } from './keepsakes.ts';
import { type KeptNotice, Notices } from './notices.ts';
import { OfferedFiles } from './offers.ts';
import { Opener } from './opener.ts';
import { PauseSwitch } from './pause-switch.ts';
import { SalonFolders } from './salon-folders.ts';
import { Supervisor } from './supervisor.ts';
import { DeskConditions, engineHere } from './testing.ts';
import { type KeptTransfer, Transfers } from './transfers.ts';

const http = createHttp(fetch);
const SALON = '!quais:m.example';
const never = new AbortController().signal;

let root: string;
let nextcloud: Awaited<ReturnType<typeof startNextcloud>>;
let closers: (() => Promise<void>)[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
  closers = [];
  nextcloud = await startNextcloud({
    dataDir: join(root, 'cloud'),
    users: ['nadia', 'karim'].map((uid) => ({ uid, password: uid, displayName: uid })),
  });
});
afterEach(async () => {
  await Promise.all(closers.map((close) => close()));
  await nextcloud.stop();
  await rm(root, { recursive: true });
});

const accessOf = (user: string): FilesAccess => ({
  serverUrl: nextcloud.url,
  userId: user,
  loginName: user,
  appPassword: user,
});

async function dav(
  user: string,
  method: string,
  path: string,
  body?: string,
  more: Record<string, string> = {},
) {
  const authorization = `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
  const url = `${nextcloud.url}/remote.php/dav/files/${user}${path.split('/').map(encodeURIComponent).join('/')}`;
  return fetch(url, { method, headers: { authorization, ...more }, ...(body === undefined ? {} : { body }) });
}

async function makeRemoteFolder(name: string): Promise<string> {
  await dav('nadia', 'MKCOL', '/Salons');
  await dav('nadia', 'MKCOL', `/Salons/${name}`);
  const [entry] = (await new Dav(http, accessOf('nadia')).list(`/Salons/${name}`, '0')) ?? [];
  return entry?.fileId ?? '';
}

interface Kepts {
  state: ReturnType<typeof keptInMemory<FilesState>>;
  transfers: ReturnType<typeof keptInMemory<readonly KeptTransfer[]>>;
}
const freshKepts = (): Kepts => ({
  state: keptInMemory(EMPTY_FILES),
  transfers: keptInMemory<readonly KeptTransfer[]>([]),
});

/** The files domain of one person's program, with the real engine. */
function program(user: string, kepts = freshKepts()) {
  const place = join(root, user, 'Traboule');
  const trashed: string[] = [];
  const trash = async (path: string) => {
    trashed.push(path);
    await rm(path, { recursive: true });
  };
  let signedIn = true;
  const access = () => (signedIn ? accessOf(user) : null);
  const authors = new Authors({ http, access, log: silentLog });
  const { labelFor } = new ConflictLabels({
    http,
    access,
    authors,
    rootPathOf: (pairId) => folders.rootPathOf(pairId),
    labelOf: (name) => `copie en conflit de ${name}`,
  });
  const engine = new Supervisor(engineHere, trash, silentLog, { labelFor });
  const told: Transfer[] = [];
  const opened: string[] = [];
  const shown: string[] = [];
  const folders: SalonFolders = new SalonFolders({
    engine,
    conditions: new DeskConditions(),
    http,
    access,
    onRefused: () => {
      signedIn = false;
      void folders.accountChanged();
    },
    state: kepts.state,
    notices: new Notices(keptInMemory<readonly KeptNotice[]>([])),
    journals: join(root, user, 'journals'),
    suggestedPlace: place,
    pairOptions: () => ({ conflictLabel: 'copie en conflit', ignore: [] }),
    tellOverview: (overview) => FilesOverview.parse(overview),
    tellEntries: () => undefined,
    log: silentLog,
  });
  const fileIdOf = async ({ remotePath }: { readonly remotePath: string | null }, path: string) => {
    const [entry] = (await new Dav(http, accessOf(user)).list(`${remotePath}/${path}`, '0')) ?? [];
    return entry?.fileId ?? null;
  };
  const transfers = new Transfers({
    engine,
    placeOf: (salonId) => folders.placeOf(salonId),
    fileIdOf,
    trash,
    kept: kepts.transfers,
    tell: (transfer) => told.push(structuredClone(transfer)),
    log: silentLog,
  });
  const desktop = {
    open: async (path: string) => {
      opened.push(path);
    },
    reveal: (path: string) => {
      shown.push(path);
    },
    trash,
    drag: (path: string) => {
      shown.push(path);
    },
  };
  const offered = new OfferedFiles();
  const pause = new PauseSwitch(folders, (error) => {
    throw error;
  });
  const handlers = filesHandlers({
    engine,
    folders,
    counts: new FolderCounts(engine),
    transfers,
    authors,
    dav: () => new Dav(http, accessOf(user)),
    conflicts: new Conflicts({ folders, authors, keepsakes: new Keepsakes(join(root, user, 'undo')), trash }),
    opener: new Opener(engine, desktop),
    fileIdOf,
    pause,
    firstRun: new FirstRun({ http, access, folders: () => folders.fileIds() }),
    choice: new FolderChoice({ http, access }),
    offered,
    desktop,
    dialogs: { choosePlace: () => Promise.resolve(null), pickFiles: () => Promise.resolve([]) },
  });
  const close = async () => {
    pause.close();
    folders.close();
    await engine.stop();
  };
  closers.push(close);
  const activity = () => folders.overview().folders[0]?.activity;
  const drop = (path: string) => {
    const [token] = offered.offer([path]);
    return handlers.addFiles({ salonId: SALON, files: [token ?? ''] }, never);
  };
  const expire = async () => {
    signedIn = false;
    await folders.accountChanged();
  };
  return {
    handlers,
    folders,
    engine,
    transfers,
    told,
    opened,
    shown,
    trashed,
    drop,
    activity,
    close,
    expire,
    place,
    kepts,
  };
}

type Program = ReturnType<typeof program>;
const follow = async (one: Program, fileId: string, name = 'Quais') => {
  await one.handlers.choosePlace({ how: 'suggested', keep: 'all' }, never);
  const folder = { server: nextcloud.url, fileId, name, access: 'shares' as const };
  await one.handlers.follow({ salons: [{ salonId: SALON, name, folder }] }, never);
};
const settled = (one: Program) =>
  vi.waitFor(() => expect(one.activity()).toEqual({ state: 'up-to-date' }), { timeout: 10_000 });
const stepOf = (one: Program, transfer: Transfer | undefined) =>
  one.told.findLast(({ transferId }) => transferId === transfer?.transferId)?.step;

describe("a salon's folder", { timeout: 30_000 }, () => {
  it('leaves this PC when it is to be online only, once all is online, and comes back when it is wanted again', async () => {
    const fileId = await makeRemoteFolder('Quais');
    const nadia = program('nadia');
    await follow(nadia, fileId);
    await settled(nadia);
    await mkdir(join(nadia.place, 'Salons/Quais/Plans'), { recursive: true });
    await writeFile(join(nadia.place, 'Salons/Quais/Plans/a.txt'), 'not online yet');
    await nadia.handlers.choose({ salonId: SALON, unwanted: [''] }, never);
    await vi.waitFor(async () => expect(await readdir(join(nadia.place, 'Salons/Quais'))).toEqual([]), {
      timeout: 15_000,
    });
    expect(await nadia.handlers.contents({ salonId: SALON, path: '' }, never)).toMatchObject({
      folders: [{ path: 'Plans', bytes: 14 }],
      fileBytes: 0,
    });
    expect(nadia.folders.overview().folders[0]).toMatchObject({ unwanted: [''] });
    await nadia.handlers.choose({ salonId: SALON, unwanted: [] }, never);
    await vi.waitFor(
      async () =>
        expect(await readFile(join(nadia.place, 'Salons/Quais/Plans/a.txt'), 'utf8')).toBe('not online yet'),
      { timeout: 15_000 },
    );
  });

  it('takes a dropped file to the other person, byte for byte, and says how far it is', async () => {
    const fileId = await makeRemoteFolder('Quais');
    const body = new URLSearchParams({
      path: '/Salons/Quais',
      shareType: '0',
      shareWith: 'karim',
      permissions: '15',
    });
    const authorization = `Basic ${Buffer.from('nadia:nadia').toString('base64')}`;
    await fetch(`${nextcloud.url}/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json`, {
      method: 'POST',
      body,
      headers: { authorization, 'ocs-apirequest': 'true' },
    });
    const [nadia, karim] = [program('nadia'), program('karim')];
    await Promise.all([follow(nadia, fileId), follow(karim, fileId)]);
    await Promise.all([settled(nadia), settled(karim)]);

    const content = 'été\n'.repeat(50_000);
    await writeFile(join(root, 'plan.txt'), content);
    const [transfer] = await nadia.drop(join(root, 'plan.txt'));
    expect(transfer).toMatchObject({ salonId: SALON, path: 'plan.txt', step: { step: 'copying' } });
    await vi.waitFor(() => expect(stepOf(nadia, transfer)).toMatchObject({ step: 'done' }), {
      timeout: 10_000,
    });
    expect(stepOf(nadia, transfer)).toMatchObject({ fileId: expect.stringMatching(/^\d+$/) });
    expect(nadia.told.map(({ step }) => step.step)).toContain('kept');

    await karim.handlers.retry({ salonId: SALON, path: null }, never);
    const there = join(karim.place, 'Salons', 'Quais', 'plan.txt');
    await vi.waitFor(async () => expect(await readFile(there, 'utf8')).toBe(content), { timeout: 10_000 });
    await vi.waitFor(() =>
      expect(karim.folders.overview().folders[0]).toMatchObject({
        fileCount: 1,
        byteCount: 250_000 + 50_000,
      }),
    );
    const [entry] = await karim.handlers.list({ salonId: SALON, path: '' }, never);
    expect(entry).toMatchObject({
      path: 'plan.txt',
      kind: 'file',
      size: Buffer.byteLength(content),
      state: 'synced',
    });
    await karim.handlers.open({ salonId: SALON, path: 'plan.txt' }, never);
    expect(karim.opened).toEqual([there]);
  });

  it('keeps what is dropped offline, over a restart, and sends it later', async () => {
    const fileId = await makeRemoteFolder('Quais');
    const first = program('nadia');
    await follow(first, fileId);
    await settled(first);
    nextcloud.control.addFault({ times: 0, effect: { kind: 'drop' } });
    await writeFile(join(root, 'note.txt'), 'note');
    const [transfer] = await first.drop(join(root, 'note.txt'));
    await vi.waitFor(() => expect(stepOf(first, transfer)).toMatchObject({ step: 'kept' }), {
      timeout: 5000,
    });
    await vi.waitFor(() => expect(first.activity()?.state).toBe('offline'), { timeout: 10_000 });
    await first.close();
    nextcloud.control.clearFaults();

    const second = program('nadia', first.kepts);
    await second.transfers.takeUp();
    expect(await second.handlers.transfers(undefined, never)).toMatchObject([{ path: 'note.txt' }]);
    await vi.waitFor(() => expect(stepOf(second, transfer)).toMatchObject({ step: 'done' }), {
      timeout: 15_000,
    });
    expect(await (await dav('nadia', 'GET', '/Salons/Quais/note.txt')).text()).toBe('note');
    await second.handlers.settleTransfer({ transferId: transfer?.transferId ?? '' }, never);
    expect(await second.handlers.transfers(undefined, never)).toEqual([]);
  });

  it('takes a file that is dropped before the first run made the folder', async () => {
    const fileId = await makeRemoteFolder('Quais');
    nextcloud.control.addFault({
      method: 'PROPFIND',
      path: '*/Quais',
      times: 1,
      effect: { kind: 'delay', ms: 1500 },
    });
    const one = program('nadia');
    await follow(one, fileId);
    await vi.waitFor(() => expect(one.folders.placeOf(SALON).report).not.toBeNull());
    const transfer = await one.handlers.addBytes(
      { salonId: SALON, name: 'early.txt', bytes: Buffer.from('e') },
      never,
    );
    await vi.waitFor(() => expect(stepOf(one, transfer)).toMatchObject({ step: 'done' }), {
      timeout: 15_000,
    });
    expect(await (await dav('nadia', 'GET', '/Salons/Quais/early.txt')).text()).toBe('e');
  });

  it('takes pasted bytes, gives a taken name a number, and stops one', async () => {
    const fileId = await makeRemoteFolder('Quais');
    const one = program('nadia');
    await follow(one, fileId);
    await settled(one);
    const paste = () =>
      one.handlers.addBytes({ salonId: SALON, name: 'image.png', bytes: new Uint8Array(9) }, never);
    const first = await paste();
    await vi.waitFor(() => expect(stepOf(one, first)).toMatchObject({ step: 'done' }), { timeout: 10_000 });
    nextcloud.control.addFault({ method: 'PUT', times: 0, effect: { kind: 'drop' } });
    const second = await paste();
    await vi.waitFor(() => expect(stepOf(one, second)?.step).toBe('kept'), { timeout: 5000 });
    await one.handlers.stopTransfer({ transferId: second.transferId }, never);
    expect(stepOf(one, second)).toEqual({ step: 'stopped' });
    expect(one.trashed).toEqual([join(one.place, 'Salons', 'Quais', 'image (2).png')]);
  });

  it('that was renamed on the server is found again, one that was withdrawn stays on this PC', async () => {
    const fileId = await makeRemoteFolder('Quais');
    await dav('nadia', 'PUT', '/Salons/Quais/a.txt', 'a');
    const one = program('nadia');
    await follow(one, fileId);
    await settled(one);
    await dav('nadia', 'MOVE', '/Salons/Quais', undefined, {
      destination: `${nextcloud.url}/remote.php/dav/files/nadia/Salons/Berges`,
    });
    await dav('nadia', 'PUT', '/Salons/Berges/b.txt', 'b');
    await one.handlers.retry({ salonId: SALON, path: null }, never);
    const here = (name: string) => readFile(join(one.place, 'Salons', 'Quais', name), 'utf8');
    await vi.waitFor(async () => expect(await here('b.txt')).toBe('b'), { timeout: 15_000 });

    await dav('nadia', 'DELETE', '/Salons/Berges');
    await one.handlers.retry({ salonId: SALON, path: null }, never);
    await vi.waitFor(() => expect(one.activity()).toEqual({ state: 'gone' }), { timeout: 10_000 });
    expect(await here('a.txt')).toBe('a');
    expect(one.trashed).toEqual([]);
  });

  it('never takes over a folder that was there with something in it', async () => {
    const fileId = await makeRemoteFolder('Quais');
    const one = program('nadia');
    await mkdir(join(one.place, 'Salons', 'Quais'), { recursive: true });
    await writeFile(join(one.place, 'Salons', 'Quais', 'private.txt'), 'mine');
    await follow(one, fileId);
    await settled(one);
    expect(one.folders.placeOf(SALON).localDir).toBe(join(one.place, 'Salons', 'Quais (2)'));
    expect((await dav('nadia', 'GET', '/Salons/Quais/private.txt')).status).toBe(404);
  });

  it('whose session is refused says so, still opens and takes files, and touches nothing', async () => {
    const fileId = await makeRemoteFolder('Quais');
    await dav('nadia', 'PUT', '/Salons/Quais/a.txt', 'a');
    const one = program('nadia');
    await follow(one, fileId);
    await settled(one);
    await one.expire();
    await vi.waitFor(() => expect(one.activity()).toEqual({ state: 'signed-out' }));
    expect(await one.handlers.list({ salonId: SALON, path: '' }, never)).toMatchObject([
      { path: 'a.txt', state: 'waiting' },
    ]);
    const transfer = await one.handlers.addBytes(
      { salonId: SALON, name: 'b.txt', bytes: Buffer.from('b') },
      never,
    );
    await vi.waitFor(() => expect(stepOf(one, transfer)).toEqual({ step: 'kept' }));
    expect(await readFile(join(one.place, 'Salons', 'Quais', 'b.txt'), 'utf8')).toBe('b');
    await one.folders.forgetSalons();
    expect(one.folders.overview().folders).toEqual([]);
    expect(await readFile(join(one.place, 'Salons', 'Quais', 'a.txt'), 'utf8')).toBe('a');
  });
});

describe('what a person decides', { timeout: 30_000 }, () => {
  it('asks before it deletes much, and brings back what was not meant', async () => {
    const fileId = await makeRemoteFolder('Quais');
    for (const n of [1, 2, 3, 4]) await dav('nadia', 'PUT', `/Salons/Quais/f${n}.txt`, `${n}`);
    const one = program('nadia');
    await follow(one, fileId);
    await settled(one);
    const dir = join(one.place, 'Salons', 'Quais');
    for (const n of [1, 2, 3, 4]) await rm(join(dir, `f${n}.txt`));
    await one.handlers.retry({ salonId: SALON, path: null }, never);
    await vi.waitFor(
      () => expect(one.activity()).toMatchObject({ state: 'guarded', guard: { side: 'there', count: 4 } }),
      {
        timeout: 10_000,
      },
    );
    await one.handlers.decideGuard({ salonId: SALON, decision: 'restore' }, never);
    await vi.waitFor(async () => expect(await readFile(join(dir, 'f3.txt'), 'utf8')).toBe('3'), {
      timeout: 10_000,
    });
  });

  it('keeps both versions of a file changed on both sides, until the person chooses', async () => {
    const fileId = await makeRemoteFolder('Quais');
    await dav('nadia', 'PUT', '/Salons/Quais/plan.txt', 'v1');
    const one = program('nadia');
    await follow(one, fileId);
    await settled(one);
    const plan = join(one.place, 'Salons', 'Quais', 'plan.txt');
    await one.handlers.pause({ paused: true, minutes: null }, never);
    await dav('nadia', 'PUT', '/Salons/Quais/plan.txt', 'v2 there');
    await writeFile(`${plan}.new`, 'v2 here, longer');
    await rename(`${plan}.new`, plan);
    await one.handlers.pause({ paused: false, minutes: null }, never);
    await vi.waitFor(() => expect(one.folders.overview().folders[0]?.conflicts).toHaveLength(1), {
      timeout: 15_000,
    });
    expect(await readFile(plan, 'utf8')).toBe('v2 there');
    const copyPath = one.folders.overview().folders[0]?.conflicts[0]?.copyPath ?? '';
    expect(copyPath).toContain('copie en conflit');
    const { there, here } = await one.handlers.conflict({ salonId: SALON, copyPath }, never);
    expect([there?.author, here?.author]).toEqual([{ kind: 'you' }, { kind: 'you' }]);
    const decision = { keep: 'here', there: there?.seen ?? null, here: here?.seen ?? null } as const;
    await one.handlers.settleConflict({ salonId: SALON, copyPath, decision }, never);
    expect(await readFile(plan, 'utf8')).toBe('v2 here, longer');
    expect(one.folders.overview().folders[0]?.conflicts).toEqual([]);
    await vi.waitFor(
      async () =>
        expect(await (await dav('nadia', 'GET', '/Salons/Quais/plan.txt')).text()).toBe('v2 here, longer'),
      { timeout: 15_000 },
    );
  });

  it('names the copy after the person here when the other version is a colleague’s', async () => {
    const fileId = await makeRemoteFolder('Quais');
    await dav('nadia', 'PUT', '/Salons/Quais/plan.txt', 'v1');
    await fetch(`${nextcloud.url}/ocs/v2.php/apps/files_sharing/api/v1/shares`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('nadia:nadia').toString('base64')}`,
        'ocs-apirequest': 'true',
      },
      body: new URLSearchParams({
        path: '/Salons/Quais',
        shareType: '0',
        shareWith: 'karim',
        permissions: '15',
      }),
    });
    const one = program('nadia');
    await follow(one, fileId);
    await settled(one);
    const plan = join(one.place, 'Salons', 'Quais', 'plan.txt');
    await one.handlers.pause({ paused: true, minutes: null }, never);
    await dav('karim', 'PUT', '/Quais/plan.txt', 'v2 of Karim');
    await writeFile(`${plan}.new`, 'v2 of Nadia, longer');
    await rename(`${plan}.new`, plan);
    await one.handlers.pause({ paused: false, minutes: null }, never);
    await vi.waitFor(() => expect(one.folders.overview().folders[0]?.conflicts).toHaveLength(1), {
      timeout: 15_000,
    });
    const copyPath = one.folders.overview().folders[0]?.conflicts[0]?.copyPath ?? '';
    expect(copyPath).toMatch(/^plan \(copie en conflit de nadia \d{4}-.*\)\.txt$/);
    const { there, here } = await one.handlers.conflict({ salonId: SALON, copyPath }, never);
    expect([there?.author, here?.author]).toEqual([{ kind: 'other', name: 'karim' }, { kind: 'you' }]);
  });
});
