import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectAtRest } from './at-rest.ts';
import type { DavUser } from './dav-user.ts';
import { type Computer, Rig, type Tree } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** A computer on which `a` and `b` are two names of one file, in sync with the server. */
async function twoNames(): Promise<Computer> {
  const desk = rig.computer('desk');
  for (const name of ['a', 'folder/x', 'y', 'z']) desk.write(name, `content of ${name}`);
  linkSync(desk.path('a'), desk.path('b'));
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 6 });
  return desk;
}

const one = 'content of a';
const others = { folder: '/', 'folder/x': 'content of folder/x', y: 'content of y', z: 'content of z' };

type Edit = (desk: Computer, ana: DavUser) => unknown;
const cases: Readonly<Record<string, readonly [Edit, Tree]>> = {
  'nothing happens': [() => undefined, { a: one, b: one }],
  'one is removed here': [(desk) => rmSync(desk.path('a')), { b: one }],
  'one is removed there': [(_, ana) => ana.remove('a'), { b: one }],
  'one is renamed here': [
    (desk) => renameSync(desk.path('a'), desk.path('folder/c')),
    { 'folder/c': one, b: one },
  ],
  'one is renamed there': [(_, ana) => ana.move('a', 'folder/c'), { 'folder/c': one, b: one }],
  'both are renamed here': [
    (desk) => {
      renameSync(desk.path('a'), desk.path('c'));
      renameSync(desk.path('b'), desk.path('folder/d'));
    },
    { c: one, 'folder/d': one },
  ],
  'both are renamed there': [
    async (_, ana) => {
      await ana.move('a', 'c');
      await ana.move('b', 'a');
    },
    { c: one, a: one },
  ],
  'it gets a third name': [
    (desk) => linkSync(desk.path('a'), desk.path('folder/c')),
    { a: one, b: one, 'folder/c': one },
  ],
  'it is written to by one of them': [
    (desk) => writeFileSync(desk.path('b'), 'written'),
    { a: 'written', b: 'written' },
  ],
  'one is edited there': [(_, ana) => ana.put('a', 'edited there'), { a: 'edited there', b: one }],
  'one is renamed there and the other removed here': [
    async (desk, ana) => {
      await ana.move('a', 'c');
      rmSync(desk.path('b'));
    },
    { c: one },
  ],
  'one takes the name of another file there': [
    async (_, ana) => {
      await ana.remove('y');
      await ana.move('a', 'y');
    },
    { y: one, b: one },
  ],
  'only their capitals are made different here': [
    (desk) => renameSync(desk.path('a'), desk.path('B')),
    { B: one, b: one },
  ],
};

describe('a file with two names', () => {
  test.each(Object.entries(cases))('loses no byte and no name when %s', async (_, [edit, expected]) => {
    const desk = await twoNames();
    await edit(desk, rig.ana);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(desk.tree()).toEqual({ ...others, ...expected });
    await expectAtRest(rig, desk);
  });
});

describe('a rename that the program died in leaves the file, once more at most,', () => {
  const contents = (desk: Computer): string[] =>
    Object.entries(desk.tree()).flatMap(([path, content]) => (content === one && path !== 'b' ? [path] : []));

  test('when it had both names', async () => {
    const desk = await twoNames();
    await rig.ana.move('a', 'folder/c');
    linkSync(desk.path('a'), desk.path('folder/c'));
    await desk.sync();
    expect(contents(desk)).toContain('folder/c');
    expect(contents(desk).length).toBeLessThanOrEqual(2);
    await expectAtRest(rig, desk);
  });

  test('when its old name was on its way out', async () => {
    const desk = await twoNames();
    await rig.ana.move('a', 'folder/c');
    linkSync(desk.path('a'), desk.path('folder/c'));
    renameSync(desk.path('a'), desk.path('.~traboule-old-0123456789abcdef'));
    await desk.sync();
    // What nobody knows of gets a name of its own at the end of a run.
    await desk.sync();
    expect(contents(desk)).toContain('folder/c');
    expect(contents(desk).length).toBeLessThanOrEqual(2);
    await expectAtRest(rig, desk);
  });
});
