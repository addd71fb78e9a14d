import { renameSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NextcloudRemote } from '../../main/sync/remote/nextcloud/nextcloud-remote.ts';
import { endsRun, patience, usual } from './answer-meanings.ts';
import { type Operation, operations } from './answer-operations.ts';
import { type FaultName, faultNames, faults } from './answers.ts';
import { expectAtRest } from './at-rest.ts';
import { Liar } from './liar.ts';
import { type Computer, Rig, type Tree } from './rig.ts';

let rig: Rig;
let liar: Liar;
beforeAll(async () => {
  rig = await Rig.open();
  liar = await Liar.before(rig.server.url);
});
afterEach(() => {
  liar.instead = () => false;
});
afterAll(async () => {
  await rig.close();
  await liar.close();
});

/** What it means to a look at the root, without which nothing can be said of anything: the run ends. */
const atTheRoot: Readonly<Partial<Record<FaultName, string>>> = {
  '400 short body': 'offline: unreachable',
  '401': 'signedOut',
  '403 forbidden': 'offline: forbidden',
  '403 page of a firewall': 'offline: forbidden',
  '404': 'asks: remoteRootMissing',
  '503 maintenance': 'offline: maintenance',
  '503 page in maintenance': 'offline: maintenance',
  '503 account disabled': 'signedOut',
  '200 page': 'offline: notAServer',
  '202 for anything': 'offline: notAServer',
  '204 for anything': 'offline: notAServer',
  '301': 'offline: notAServer',
  '302 to a sign-in': 'offline: notAServer',
  'closed before an answer': 'offline: unreachable',
  'closed in mid-answer': 'offline: unreachable',
  'no answer': 'offline: timedOut',
  'no HTTP': 'offline: notAServer',
};

/** The same to a listing of it, of which bytes were on their way already. */
const inListing: typeof atTheRoot = {
  '404': 'offline: serverUnavailable',
  '200 page': 'offline: malformedAnswer',
  '202 for anything': 'offline: malformedAnswer',
  '204 for anything': 'offline: malformedAnswer',
  '301': 'offline: serverUnavailable',
  '302 to a sign-in': 'offline: serverUnavailable',
  'no answer': 'offline: unreachable',
  'no HTTP': 'offline: malformedAnswer',
};

/** Answers that end the run, whatever was asked. */
const enders = faultNames.filter((name) => endsRun(usual[name]));

let roots = 0;

/** A computer with a folder of its own on the server, and room for as many deletions as a test wants. */
async function newPair(): Promise<{ readonly desk: Computer; readonly root: string }> {
  roots += 1;
  const root = `root-${roots}`;
  await rig.ana.makeFolder(root);
  const desk = rig.computer(root, {
    url: liar.url,
    rootPath: `/${root}`,
    options: {
      wholeIfFast: false,
      chunkThreshold: 2000,
      chunkSize: 1000,
      guard: { files: 1000, share: 1, shareFrom: 1000, emptiedFrom: 1000 },
    },
    ports: { openRemote: ({ remote }) => new NextcloudRemote(remote, { patience }) },
  });
  return { desk, root };
}

/** How the pair stands after a run that something ended. */
function stateOf({ pair }: Computer): string {
  const state = pair.state();
  if (state.kind === 'offline') return `offline: ${state.code}`;
  return state.kind === 'guarded' ? `asks: ${state.guard.reason}` : state.kind;
}

async function contentsOf(desk: Computer, root: string): Promise<string[]> {
  return [...Object.values(desk.tree()), ...Object.values(await rig.ana.tree(root))];
}

async function putAll(tree: Tree, root: string): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    if (content === '/') await rig.ana.makeFolder(`${root}/${path}`);
    else await rig.ana.put(`${root}/${path}`, content);
  }
}

/** A pair in which one operation is due for each key. */
async function provoke(
  operation: Operation,
  keys: readonly string[],
): Promise<{ readonly desk: Computer; readonly root: string; readonly before: readonly string[] }> {
  const pair = await newPair();
  const { desk, root } = pair;
  for (const key of keys) await putAll(operation.before?.(key) ?? {}, root);
  await desk.sync();
  for (const key of keys) await operation.change(key, desk, rig.ana, root);
  desk.write('from here', 'from here');
  await rig.ana.put(`${root}/from there`, 'from there');
  return { ...pair, before: await contentsOf(desk, root) };
}

/** Once the server answers as it should, both sides get what was meant, and a run more does nothing. */
async function expectAsMeant(
  operation: Operation,
  keys: readonly string[],
  { desk, root }: { readonly desk: Computer; readonly root: string },
): Promise<void> {
  liar.instead = () => false;
  desk.pair.retry('');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  const meant: Tree = Object.fromEntries(keys.flatMap((key) => Object.entries(operation.after(key))));
  expect(desk.tree()).toEqual({ ...meant, 'from here': 'from here', 'from there': 'from there' });
  await expectAtRest(rig, desk, { root });
}

describe.each(Object.entries(operations))('%s', (_, operation) => {
  const expected = { ...usual, ...operation.differs };
  const own = faultNames.filter((name) => !endsRun(usual[name]) && expected[name] !== undefined);
  const keyOf = (name: string): string => `${name} .txt`;

  test('that goes wrong in any way concerns its path alone, and is made up for', async () => {
    const keys = own.map(keyOf);
    const world = await provoke(operation, keys);
    const { desk, root, before } = world;
    liar.instead = (asked, response) => {
      const name = own.find((each) => operation.is(asked, keyOf(each)));
      if (name !== undefined) faults[name](asked, response);
      return name !== undefined;
    };
    const report = await desk.sync();
    const told = new Map(report.problems.map(({ path, code }) => [path, code]));
    const path = operation.path ?? ((key: string) => key);
    expect(Object.fromEntries(own.map((name) => [name, told.get(path(keyOf(name)))]))).toEqual(
      Object.fromEntries(own.map((name) => [name, expected[name]])),
    );
    expect(told.size).toBe(own.length);
    expect(await contentsOf(desk, root)).toEqual(expect.arrayContaining([...before]));
    expect(desk.tree()['from there']).toBe('from there');
    expect((await rig.ana.tree(root))['from here']).toBe('from here');
    await expectAsMeant(operation, keys, world);
  });

  test('that meets what concerns the whole server ends the run, with nothing done by halves', async () => {
    const world = await provoke(operation, ['x']);
    const { desk, root, before } = world;
    const told: Record<string, string> = {};
    for (const name of enders) {
      liar.instead = (asked, response) => {
        const isIt = operation.is(asked, 'x');
        if (isIt) faults[name](asked, response);
        return isIt;
      };
      await desk.sync();
      told[name] = stateOf(desk);
      expect(await contentsOf(desk, root)).toEqual(expect.arrayContaining([...before]));
    }
    expect(told).toEqual(Object.fromEntries(enders.map((name) => [name, usual[name]])));
    await expectAsMeant(operation, ['x'], world);
  });
});

describe('a look at the root', () => {
  const looks = { '0': {}, '1': inListing } as const;

  test.each(Object.entries(looks))(
    'with depth %s that goes wrong in any way ends the run, and nothing follows from it',
    async (depth, differs) => {
      const { desk, root } = await newPair();
      await putAll({ a: 'a', folder: '/', 'folder/b': 'b' }, root);
      await desk.sync();
      desk.write('from here', 'from here');
      await rig.ana.put(`${root}/from there`, 'from there');
      const expected = Object.fromEntries(faultNames.map((name) => [name, 'offline: serverUnavailable']));
      const before = await contentsOf(desk, root);
      const told: Record<string, string> = {};
      for (const name of faultNames) {
        liar.instead = (asked, response) => {
          const isIt = asked.url?.endsWith(`/${root}`) === true && asked.headers.depth === depth;
          if (isIt) faults[name](asked, response);
          return isIt;
        };
        await desk.sync();
        told[name] = stateOf(desk);
      }
      expect(told).toEqual({ ...expected, ...atTheRoot, ...differs });
      expect((await contentsOf(desk, root)).toSorted()).toEqual(before.toSorted());
      liar.instead = () => false;
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, downloaded: 1, removed: 0 });
      await expectAtRest(rig, desk, { root });
    },
  );
});

test('the listing of everything at once is done without, whatever is answered to it', async () => {
  await rig.ana.makeFolder('whole');
  await putAll({ a: 'a', folder: '/', 'folder/b': 'b' }, 'whole');
  for (const name of faultNames) {
    const desk = rig.computer(`whole ${name}`, {
      url: liar.url,
      rootPath: '/whole',
      ports: { openRemote: ({ remote }) => new NextcloudRemote(remote, { patience }) },
    });
    liar.instead = (asked, response) => {
      const isIt = asked.headers.depth === 'infinity';
      if (isIt) faults[name](asked, response);
      return isIt;
    };
    await desk.sync();
    const told = stateOf(desk);
    expect([name, told]).toEqual([name, endsRun(usual[name]) ? usual[name] : 'idle']);
    expect(Object.keys(desk.tree())).toHaveLength(told === 'idle' ? 3 : 0);
    liar.instead = () => false;
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual({ a: 'a', folder: '/', 'folder/b': 'b' });
    await desk.stop();
  }
});

test('a change that the server says it made and did not make is undone when its folder is looked at again', async () => {
  const { desk, root } = await newPair();
  const names = ['moved', 'removed', 'folder/a', 'other'];
  await putAll({ folder: '/', ...Object.fromEntries(names.map((name) => [name, name])) }, root);
  await desk.sync();
  const before = desk.tree();
  renameSync(desk.path('moved'), desk.path('elsewhere'));
  rmSync(desk.path('removed'));
  rmSync(desk.path('folder'), { recursive: true });
  liar.instead = (asked, response) => {
    const isIt = asked.method === 'MOVE' || asked.method === 'DELETE';
    if (isIt) faults['204 for anything'](asked, response);
    return isIt;
  };
  await desk.sync();
  liar.instead = () => false;
  await rig.ana.put(`${root}/folder/more`, 'more');
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(desk.tree()).toEqual({ ...before, 'folder/more': 'more' });
  await expectAtRest(rig, desk, { root });
});

test('parts of an earlier attempt that can’t be asked for are waited for, then not sent again', async () => {
  const { desk, root } = await newPair();
  const keys = new Map<string, FaultName>();
  const own = faultNames.filter((name) => !endsRun(usual[name]));
  for (const name of own) desk.write(`${name} .txt`, `${name} ${'part '.repeat(500)}`);
  liar.instead = (asked, response) => {
    const path = asked.url ?? '';
    const name = own.find((each) =>
      String(asked.headers['destination']).endsWith(encodeURIComponent(`${each} .txt`)),
    );
    if (asked.method === 'MKCOL' && name !== undefined) keys.set(path.replace(/\/$/, ''), name);
    const isLast = asked.method === 'PUT' && path.endsWith('/00003');
    if (isLast) faults['500'](asked, response);
    return isLast;
  };
  expect((await desk.sync()).problems).toHaveLength(own.length);
  liar.instead = (asked, response) => {
    const name = keys.get((asked.url ?? '').replace(/\/$/, ''));
    if (asked.method !== 'PROPFIND' || name === undefined) return false;
    faults[name](asked, response);
    return true;
  };
  desk.pair.retry('');
  // An upload that the server knows nothing of any more begins anew.
  expect((await desk.sync()).problems).toHaveLength(own.length - 1);
  liar.instead = () => false;
  desk.pair.retry('');
  rig.server.resetRequestLog();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  await expectAtRest(rig, desk, { root });
  const puts = rig.server.requests().filter(({ method }) => method === 'PUT').length;
  expect(puts).toBeLessThan(own.length * 3);
});
