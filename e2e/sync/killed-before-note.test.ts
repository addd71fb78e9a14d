import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem } from '../../main/sync/local/node-file-system.ts';
import { LocalFailure } from '../../main/sync/model/failures.ts';
import type { FileSystem } from '../../main/sync/ports/file-system.ts';
import { expectAtRest } from './at-rest.ts';
import { type Computer, Rig } from './rig.ts';
import { isConflictCopy } from './whereabouts.ts';

/** Bytes: up to so many a file comes as a whole in memory, a larger one through a half that is on the disk. */
const smallFile = 100;
const large = 'x'.repeat(5000);

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

/** This disk, at which the program ends as soon as a version of the server's has its name, and before anything is noted. */
function endingOnceNamed(name: string): FileSystem {
  const isIt = (path: string): boolean => path.endsWith(name);
  const end = (): never => {
    throw new Error('the program is killed');
  };
  return {
    ...nodeFileSystem,
    putAll: async (files) => {
      const put = await nodeFileSystem.putAll(files);
      return files.some(({ at }) => isIt(at)) ? end() : put;
    },
    moveExclusive: async (from, to) => {
      const renamed = await nodeFileSystem.moveExclusive(from, to);
      return isIt(to) ? end() : renamed;
    },
  };
}

function desk(fileSystem: FileSystem = nodeFileSystem): Computer {
  return rig.computer('desk', { ports: { fileSystem }, options: { smallFile } });
}

/** Runs until that name is taken, and no further. */
async function syncUntilNamed(name: string): Promise<void> {
  const doomed = desk(endingOnceNamed(name));
  expect((await doomed.sync()).outcome).toBe('failed');
  await doomed.stop();
}

function copiesOf(computer: Computer): readonly string[] {
  return Object.keys(computer.tree()).filter(isConflictCopy);
}

const kinds = [
  { kind: 'a small new file', content: 'first' },
  { kind: 'a large new file', content: large },
];

test.for(kinds)('of $kind that was saved over on the server since, no copy is kept', async ({ content }) => {
  await rig.ana.put('plan.txt', content);
  await syncUntilNamed('plan.txt');
  await rig.ana.put('plan.txt', `${content} and second`);
  const again = desk();
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(again.tree()).toEqual({ 'plan.txt': `${content} and second` });
  await expectAtRest(rig, again);
});

test.for(kinds)(
  '$kind that was removed on the server since does not come back there',
  async ({ content }) => {
    await rig.ana.put('plan.txt', content);
    await syncUntilNamed('plan.txt');
    await rig.ana.remove('plan.txt');
    const again = desk();
    expect(await again.sync()).toMatchObject({ outcome: 'inSync', uploaded: 0, removed: 1 });
    expect(again.tree()).toEqual({});
    await expectAtRest(rig, again);
  },
);

test.for(kinds)(
  '$kind that a person saved over here since is kept beside the server’s',
  async ({ content }) => {
    await rig.ana.put('plan.txt', content);
    await syncUntilNamed('plan.txt');
    const again = desk();
    again.write('plan.txt', 'x'.repeat(content.length - 1).concat('!'));
    expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 1 });
    expect(again.tree()['plan.txt']).toBe(content);
    expect(copiesOf(again)).toHaveLength(1);
    await expectAtRest(rig, again);
  },
);

test('one that a program keeps to itself at the next start is known at the one after', async () => {
  await rig.ana.put('plan.txt', 'first');
  await syncUntilNamed('plan.txt');
  await rig.ana.put('plan.txt', 'first and second');
  const locked = desk({
    ...nodeFileSystem,
    read: (path, range) => {
      if (path.endsWith('plan.txt')) throw new LocalFailure('inUse');
      return nodeFileSystem.read(path, range);
    },
  });
  expect((await locked.sync()).problems).toMatchObject([{ path: 'plan.txt', code: 'fileInUse' }]);
  await locked.stop();
  const again = desk();
  again.pair.retry('');
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(again.tree()).toEqual({ 'plan.txt': 'first and second' });
  await expectAtRest(rig, again);
});

test('of files that came as an archive and were saved over since, no copy is kept', async () => {
  rig.server.control.set({ folderArchive: true });
  await rig.ana.makeFolder('plans');
  const names = Array.from({ length: 12 }, (_, index) => `plans/${index}.txt`);
  for (const name of names) await rig.ana.put(name, `first of ${name}`);
  await syncUntilNamed('plans/11.txt');
  for (const name of names) await rig.ana.put(name, `second of ${name}`);
  const again = desk();
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(again.tree()['plans/7.txt']).toBe('second of plans/7.txt');
  await expectAtRest(rig, again);
});

test('of the server’s version in a conflict, which was saved over since, no copy is kept beside that of the person', async () => {
  await rig.ana.put('plan.txt', 'first');
  const before = desk();
  await before.sync();
  await before.stop();
  await rig.ana.put('plan.txt', 'of the server');
  before.write('plan.txt', 'of the person', 30);
  await syncUntilNamed('plan.txt');
  await rig.ana.put('plan.txt', 'of the server, once more');
  const again = desk();
  expect(await again.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  expect(copiesOf(again).map((path) => again.tree()[path])).toEqual(['of the person']);
  expect(again.tree()['plan.txt']).toBe('of the server, once more');
  await expectAtRest(rig, again);
});
