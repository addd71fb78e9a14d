import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectAtRest } from './at-rest.ts';
import { Rig, sha1, trashOf, writeAged } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

describe('a first run', () => {
  test('sends what is here and brings what is there', async () => {
    const desk = rig.computer('desk');
    desk.write('plan.txt', 'a plan');
    desk.write('maps/north/a.png', new Uint8Array([1, 2, 3, 255]));
    mkdirSync(desk.path('empty'));
    await rig.ana.makeFolder('there');
    await rig.ana.put('there/é ü + % # ?.txt', 'from there');
    const report = await desk.sync();
    expect(report).toMatchObject({ outcome: 'inSync', problems: [], conflicts: 0 });
    await expectAtRest(rig, desk);
  });

  test('keeps modification times both ways', async () => {
    const desk = rig.computer('desk');
    desk.write('here.txt', 'x', 86_400);
    await rig.ana.put('there.txt', 'y', { 'x-oc-mtime': '1500000000' });
    await desk.sync();
    expect(await rig.ana.mtime('here.txt')).toBe(Math.floor(statSync(desk.path('here.txt')).mtimeMs / 1000));
    expect(statSync(desk.path('there.txt')).mtimeMs).toBe(1_500_000_000_000);
    await expectAtRest(rig, desk);
  });

  test('takes equal files on both sides for one, without sending or bringing them', async () => {
    const desk = rig.computer('desk');
    desk.write('same.txt', 'the same');
    await rig.ana.put('same.txt', 'the same', { 'oc-checksum': sha1('the same') });
    rig.server.resetRequestLog();
    const report = await desk.sync();
    expect(report).toMatchObject({ outcome: 'inSync', conflicts: 0, uploaded: 0, bytes: 0 });
    expect(Object.keys(rig.counts())).toEqual(['PROPFIND']);
    await expectAtRest(rig, desk);
  });

  test('makes the remote folder and its parents', async () => {
    const desk = rig.computer('desk', { rootPath: '/Salons/Plan local' });
    desk.write('a.txt', 'a');
    await desk.sync();
    expect(await rig.ana.tree('Salons/Plan local')).toEqual({ 'a.txt': 'a' });
    await expectAtRest(rig, desk, { root: 'Salons/Plan local' });
  });
});

describe('changes', () => {
  test('of content go both ways', async () => {
    const desk = rig.computer('desk');
    desk.write('mine.txt', 'one');
    desk.write('theirs.txt', 'one');
    await desk.sync();
    desk.write('mine.txt', 'two, longer', 30);
    await rig.ana.put('theirs.txt', 'two, from the web');
    const report = await desk.sync();
    expect(report).toMatchObject({ uploaded: 1, downloaded: 1, conflicts: 0 });
    expect(desk.tree()).toEqual({ 'mine.txt': 'two, longer', 'theirs.txt': 'two, from the web' });
    await expectAtRest(rig, desk);
  });

  test('of time alone send nothing', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'the same');
    await desk.sync();
    utimesSync(desk.path('a.txt'), 1_600_000_000, 1_600_000_000);
    rig.server.resetRequestLog();
    await desk.sync();
    expect(rig.counts()).toEqual({ PROPFIND: 1 });
    await expectAtRest(rig, desk);
  });

  test('of the etag alone bring the content once and replace nothing', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'the same');
    await desk.sync();
    const inode = statSync(desk.path('a.txt')).ino;
    await rig.ana.put('a.txt', 'the same', { 'x-oc-mtime': '1400000000' });
    await desk.sync();
    expect(statSync(desk.path('a.txt')).ino).toBe(inode);
    await expectAtRest(rig, desk);
  });

  test('made within the same second, of the same length, are not missed here', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'first ');
    await desk.sync();
    const { atimeMs, mtimeMs } = statSync(desk.path('a.txt'));
    writeFileSync(desk.path('a.txt'), 'second');
    utimesSync(desk.path('a.txt'), atimeMs / 1000, mtimeMs / 1000);
    await desk.sync();
    expect(await rig.ana.get('a.txt')).toBe('second');
    await expectAtRest(rig, desk);
  });

  test('made within the same second, of the same length, are not missed there', async () => {
    const desk = rig.computer('desk');
    await rig.ana.put('a.txt', 'first ', { 'x-oc-mtime': String(Math.floor(Date.now() / 1000)) });
    await desk.sync();
    await rig.ana.put('a.txt', 'second', {
      'x-oc-mtime': String(Math.floor(statSync(desk.path('a.txt')).mtimeMs / 1000)),
    });
    await desk.sync();
    expect(desk.tree()).toEqual({ 'a.txt': 'second' });
    await expectAtRest(rig, desk);
  });
});

describe('deletions', () => {
  test('here go to the server, whose trash keeps them', async () => {
    const desk = rig.computer('desk');
    for (const name of ['a', 'b', 'c', 'd', 'folder/e', 'folder/f']) desk.write(name, name);
    await desk.sync();
    rmSync(desk.path('a'));
    rmSync(desk.path('folder'), { recursive: true });
    rig.server.resetRequestLog();
    await desk.sync();
    expect(rig.counts()['DELETE']).toBe(2);
    expect(await rig.ana.tree()).toEqual({ b: 'b', c: 'c', d: 'd' });
    await expectAtRest(rig, desk);
  });

  test('there send the files here to the trash of this computer', async () => {
    const desk = rig.computer('desk');
    for (const name of ['a', 'b', 'c', 'd', 'folder/e', 'folder/f']) desk.write(name, name);
    await desk.sync();
    await rig.ana.remove('a');
    await rig.ana.remove('folder');
    await desk.sync();
    expect(desk.tree()).toEqual({ b: 'b', c: 'c', d: 'd' });
    expect(trashOf(desk)).toEqual({ a: 'a', folder: '/', 'folder/e': 'folder/e', 'folder/f': 'folder/f' });
    await expectAtRest(rig, desk);
  });

  test('on both sides are quiet', async () => {
    const desk = rig.computer('desk');
    for (const name of ['a', 'b', 'c']) desk.write(name, name);
    await desk.sync();
    rmSync(desk.path('a'));
    await rig.ana.remove('a');
    const report = await desk.sync();
    expect(report).toMatchObject({ outcome: 'inSync', removed: 0, uploaded: 0, downloaded: 0 });
    await expectAtRest(rig, desk);
  });

  test('never beat an edit on the other side', async () => {
    const desk = rig.computer('desk');
    for (const name of ['edited-here', 'edited-there', 'x', 'y']) desk.write(name, 'one');
    await desk.sync();
    desk.write('edited-here', 'two, here', 30);
    await rig.ana.remove('edited-here');
    rmSync(desk.path('edited-there'));
    await rig.ana.put('edited-there', 'two, there');
    await desk.sync();
    expect(desk.tree()).toMatchObject({ 'edited-here': 'two, here', 'edited-there': 'two, there' });
    await expectAtRest(rig, desk);
  });

  test('of a folder spare what is new in it, both ways', async () => {
    const desk = rig.computer('desk');
    for (const name of ['one/old', 'two/old', 'x', 'y', 'z']) desk.write(name, name);
    await desk.sync();
    await rig.ana.remove('one');
    desk.write('one/new', 'new here');
    rmSync(desk.path('two'), { recursive: true });
    await rig.ana.put('two/new', 'new there');
    await desk.sync();
    const tree = desk.tree();
    expect(tree).toMatchObject({ 'one/new': 'new here', 'two/new': 'new there' });
    expect(tree).not.toHaveProperty('one/old');
    expect(tree).not.toHaveProperty('two/old');
    await expectAtRest(rig, desk);
  });
});

describe('renames', () => {
  test('here cost one MOVE and no transfer', async () => {
    const desk = rig.computer('desk');
    for (const name of ['a.txt', 'folder/b.txt', 'folder/deep/c.txt']) desk.write(name, name);
    await desk.sync();
    const id = await rig.ana.id('folder/deep/c.txt');
    renameSync(desk.path('folder'), desk.path('renamed'));
    renameSync(desk.path('a.txt'), desk.path('renamed/deep/moved.txt'));
    rig.server.resetRequestLog();
    await desk.sync();
    expect(rig.counts()).toMatchObject({ MOVE: 2 });
    expect(Object.keys(rig.counts()).toSorted()).toEqual(['MOVE', 'PROPFIND']);
    expect(await rig.ana.id('renamed/deep/c.txt')).toBe(id);
    await expectAtRest(rig, desk);
  });

  test('there rename here, by id', async () => {
    const desk = rig.computer('desk');
    for (const name of ['a.txt', 'folder/b.txt']) desk.write(name, name);
    await desk.sync();
    const inode = statSync(desk.path('folder/b.txt')).ino;
    await rig.ana.move('folder', 'moved');
    await rig.ana.move('a.txt', 'moved/A.txt');
    rig.server.resetRequestLog();
    await desk.sync();
    expect(Object.keys(rig.counts())).toEqual(['PROPFIND']);
    expect(statSync(desk.path('moved/b.txt')).ino).toBe(inode);
    await expectAtRest(rig, desk);
  });

  test('of capitals only, and of a folder into its own child, transfer nothing', async () => {
    const desk = rig.computer('desk');
    for (const name of ['note.txt', 'A/x', 'A/B/y']) desk.write(name, name);
    await desk.sync();
    renameSync(desk.path('note.txt'), desk.path('NOTE.txt'));
    renameSync(desk.path('A/B'), desk.path('B'));
    renameSync(desk.path('A'), desk.path('B/A'));
    rig.server.resetRequestLog();
    await desk.sync();
    expect(Object.keys(rig.counts()).toSorted()).toEqual(['MOVE', 'PROPFIND']);
    expect(desk.tree()).toEqual({
      B: '/',
      'B/A': '/',
      'B/A/x': 'A/x',
      'B/y': 'A/B/y',
      'NOTE.txt': 'note.txt',
    });
    await expectAtRest(rig, desk);
  });

  test('on both sides to different names keep the server’s', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'a');
    await desk.sync();
    renameSync(desk.path('a.txt'), desk.path('mine.txt'));
    await rig.ana.move('a.txt', 'theirs.txt');
    await desk.sync();
    expect(desk.tree()).toEqual({ 'theirs.txt': 'a' });
    await expectAtRest(rig, desk);
  });
});

describe('names', () => {
  test('spelled apart are one, and keep the spelling of the disk', async () => {
    const desk = rig.computer('desk');
    const decomposed = 'été.txt'.normalize('NFD');
    desk.write(decomposed, 'summer');
    await desk.sync();
    expect(await rig.ana.tree()).toEqual({ 'été.txt': 'summer' });
    expect(statSync(desk.path(decomposed)).isFile()).toBe(true);
    await expectAtRest(rig, desk);
  });

  test('that are no one’s work stay where they are', async () => {
    const desk = rig.computer('desk');
    const noise = ['~$report.docx', '.~lock.plan.odt#', 'film.mkv.part', '.DS_Store', 'Thumbs.db'];
    for (const name of noise) desk.write(name, 'noise');
    desk.write('report.docx', 'work');
    await desk.sync();
    expect(await rig.ana.tree()).toEqual({ 'report.docx': 'work' });
    await expectAtRest(rig, desk, { apart: noise });
  });

  test('that the server refuses are told of once, and stop no other', async () => {
    const desk = rig.computer('desk');
    desk.write('back\\slash.txt', 'kept here');
    desk.write('.htaccess', 'refused');
    desk.write('fine.txt', 'fine');
    const report = await desk.sync();
    expect(report.outcome).toBe('problems');
    expect(report.problems.map(({ path, code }) => [path, code])).toEqual([
      ['.htaccess', 'forbidden'],
      ['back\\slash.txt', 'nameRefusedByServer'],
    ]);
    expect(await rig.ana.tree()).toEqual({ 'fine.txt': 'fine' });
    await desk.sync();
    expect(desk.events.filter((event) => event.type === 'problem')).toHaveLength(2);
    rmSync(desk.path('.htaccess'));
    await desk.sync();
    await expectAtRest(rig, desk, { apart: ['back\\slash.txt'] });
  });

  test('that Windows can’t hold are told of where that is asked for', async () => {
    const desk = rig.computer('desk', { options: { windowsNames: true } });
    for (const name of ['a:b.txt', 'con', 'trailing.', 'fine.txt']) await rig.ana.put(name, name);
    const report = await desk.sync();
    expect(report.problems.map(({ path, code }) => [path, code])).toEqual([
      ['a:b.txt', 'nameNotHeldHere'],
      ['con', 'nameNotHeldHere'],
      ['trailing.', 'nameNotHeldHere'],
    ]);
    expect(desk.tree()).toEqual({ 'fine.txt': 'fine.txt' });
    expect(Object.keys(await rig.ana.tree())).toHaveLength(4);
    for (const name of ['a:b.txt', 'con', 'trailing.'])
      await rig.ana.move(name, `fine ${name}`.replace(':', '').replace(/\.$/, ''));
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 3 });
    await expectAtRest(rig, desk);
  });

  test('of links are told of, and a link never leads outside', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'a');
    writeAged(`${rig.base}/elsewhere/private.txt`, 'private', 60);
    symlinkSync(`${rig.base}/elsewhere`, desk.path('outside'));
    const report = await desk.sync();
    expect(report.problems).toEqual([]);
    expect(desk.events).toContainEqual(
      expect.objectContaining({ type: 'notice', path: 'outside', code: 'leftOutLink' }),
    );
    expect(await rig.ana.tree()).toEqual({ 'a.txt': 'a' });
    await expectAtRest(rig, desk, { apart: ['outside'] });
  });
});
