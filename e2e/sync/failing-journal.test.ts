import { renameSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeDatabases } from '../../main/sync/journal/node-databases.ts';
import type { JournalDatabases } from '../../main/sync/ports/journal-database.ts';
import { expectAtRest } from './at-rest.ts';
import { diskInMemory, Rig } from './rig.ts';

/** Journals of which one access, in order, fails as on a broken disk. */
function failing(at: number): { readonly databases: JournalDatabases; readonly hasFailed: () => boolean } {
  let accesses = 0;
  const counted = <Result>(work: () => Result): Result => {
    if (accesses++ === at) throw new Error('disk I/O error');
    return work();
  };
  const databases: JournalDatabases = {
    ...nodeDatabases,
    open: (path) => {
      const database = nodeDatabases.open(path);
      return {
        exec: (sql) => counted(() => database.exec(sql)),
        prepare: (sql) => {
          const statement = database.prepare(sql);
          return {
            run: (...values) => counted(() => statement.run(...values)),
            get: (...values) => counted(() => statement.get(...values)),
            all: (...values) => counted(() => statement.all(...values)),
          };
        },
        close: () => database.close(),
      };
    },
  };
  return { databases, hasFailed: () => accesses > at };
}

/** A run with changes on both sides in which an access fails, if there are so many, and what the next one makes of it. */
async function play(rig: Rig, at: number): Promise<boolean> {
  const { databases, hasFailed } = failing(at);
  const name = `desk-${at}`;
  await rig.ana.makeFolder(name);
  const first = rig.computer(name, { rootPath: `/${name}` });
  for (const file of ['edited', 'moved', 'removed', 'folder/c']) first.write(file, file);
  await first.sync();
  await first.stop();
  first.write('edited', 'edited here', 30);
  first.write('new', 'new', 30);
  renameSync(first.path('moved'), first.path('folder/moved'));
  rmSync(first.path('removed'));
  await rig.ana.put(`${name}/folder/c`, 'edited there');
  await rig.ana.put(`${name}/from there`, 'from there');
  const second = rig.computer(name, { rootPath: `/${name}`, ports: { databases } });
  await second.sync();
  await second.sync();
  await second.stop();
  const third = rig.computer(name, { rootPath: `/${name}` });
  expect(await third.sync(), `access ${at}`).toMatchObject({ outcome: 'inSync' });
  expect(third.tree(), `access ${at}`).toEqual({
    edited: 'edited here',
    folder: '/',
    'folder/c': 'edited there',
    'folder/moved': 'moved',
    'from there': 'from there',
    new: 'new',
  });
  await expectAtRest(rig, third, { root: name });
  await third.stop();
  return hasFailed();
}

test('a journal that fails at any access is caught up with by the next run: nothing lost, nothing doubled', async () => {
  const rig = await Rig.open({}, diskInMemory());
  try {
    let at = 0;
    while (await play(rig, at)) at += 1;
    expect(at).toBeGreaterThan(50);
  } finally {
    await rig.close();
  }
}, 120_000);
