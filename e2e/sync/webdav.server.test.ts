import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RunReport } from '../../main/sync/api.ts';
import { createSyncPair, type SyncPair } from '../../main/sync/sync-pair.ts';
import { type DavServer, startApache, startWsgidav } from './dav-servers.ts';
import { Liar } from './liar.ts';
import { shortQuiet, type Tree, treeOf, writeAged } from './rig.ts';

const servers = { 'Apache’s mod_dav': startApache, WsgiDAV: startWsgidav };
/** Servers tell times in whole seconds: what happens twice within one is found in the next. */
const patience = { timeout: 20_000, interval: 200 };
/** The two servers are waited for at the same time, but what is asked of one is so one after the other. */
const inTurn = { concurrent: false };

describe.concurrent.each(Object.entries(servers))('%s', (_, start) => {
  let server: DavServer;
  let base: string;
  let pair: SyncPair;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'traboule-webdav-'));
    pair = open(server.url);
  });
  afterEach(async () => {
    await pair.stop();
    for (const name of readdirSync(server.files)) rmSync(join(server.files, name), { recursive: true });
    rmSync(base, { recursive: true, force: true });
  });

  const here = (path = ''): string => join(base, 'desk', path);
  const there = (path = ''): string => join(server.files, path);

  function open(url: string, rootPath = '/'): SyncPair {
    return createSyncPair({
      id: 'desk',
      remote: { kind: 'webdav', url, user: 'ana', password: 'unused', rootPath },
      localDir: here(),
      journalPath: join(base, 'desk.db'),
      options: { quietMs: shortQuiet },
    });
  }

  /** Somebody else writes on the server, whose own folder it is. */
  function writeThere(path: string, content: string, ageSeconds = 60): void {
    mkdirSync(dirname(there(path)), { recursive: true });
    writeFileSync(there(path), content, { mode: 0o666 });
    const time = Date.now() / 1000 - ageSeconds;
    utimesSync(there(path), time, time);
    giveAway(there(path));
  }

  /** As the server's own user would have made it. */
  function giveAway(path: string): void {
    const { uid, gid } = statSync(server.files);
    for (let at = path; at !== server.files; at = dirname(at)) chownSync(at, uid, gid);
  }

  /** Runs until both sides are equal and nothing is left to do. */
  async function syncUntilEqual(expected: Tree): Promise<RunReport> {
    return vi.waitFor(async () => {
      pair.retry('');
      const report = await pair.syncOnce();
      expect(treeOf(here())).toEqual(expected);
      expect(treeOf(server.files)).toEqual(expected);
      expect(report).toMatchObject({ outcome: 'inSync' });
      return report;
    }, patience);
  }

  test('new, changed and deleted files and folders go both ways', inTurn, async () => {
    writeAged(here('mine.txt'), 'mine', 60);
    writeAged(here('folder/é ü + % # ?.txt'), 'deep', 60);
    mkdirSync(here('empty'));
    writeThere('theirs/a.txt', 'theirs');
    await syncUntilEqual({
      'mine.txt': 'mine',
      empty: '/',
      folder: '/',
      'folder/é ü + % # ?.txt': 'deep',
      theirs: '/',
      'theirs/a.txt': 'theirs',
    });
    writeAged(here('mine.txt'), 'mine, changed', 30);
    writeThere('theirs/a.txt', 'theirs, changed', 30);
    await syncUntilEqual({
      'mine.txt': 'mine, changed',
      empty: '/',
      folder: '/',
      'folder/é ü + % # ?.txt': 'deep',
      theirs: '/',
      'theirs/a.txt': 'theirs, changed',
    });
    rmSync(here('folder'), { recursive: true });
    rmSync(there('theirs'), { recursive: true });
    expect(await syncUntilEqual({ 'mine.txt': 'mine, changed', empty: '/' })).toMatchObject({ conflicts: 0 });
  });

  test(
    'renames here are renames there; a folder that was removed here and has something new there stays',
    inTurn,
    async () => {
      for (const name of ['folder/a', 'folder/b', 'gone/c', 'd']) writeAged(here(name), name, 60);
      await syncUntilEqual({
        d: 'd',
        folder: '/',
        'folder/a': 'folder/a',
        'folder/b': 'folder/b',
        gone: '/',
        'gone/c': 'gone/c',
      });
      const { ino } = statSync(there('folder/a'));
      renameSync(here('folder'), here('renamed'));
      rmSync(here('gone'), { recursive: true });
      writeThere('gone/new', 'new');
      await syncUntilEqual({
        d: 'd',
        gone: '/',
        'gone/new': 'new',
        renamed: '/',
        'renamed/a': 'folder/a',
        'renamed/b': 'folder/b',
      });
      expect(statSync(there('renamed/a')).ino).toBe(ino);
    },
  );

  test('two edits of one file are both kept', inTurn, async () => {
    writeAged(here('plan.txt'), 'one', 60);
    await syncUntilEqual({ 'plan.txt': 'one' });
    writeAged(here('plan.txt'), 'mine, longer', 30);
    writeThere('plan.txt', 'theirs', 20);
    await vi.waitFor(async () => {
      await pair.syncOnce();
      expect(Object.values(treeOf(server.files)).toSorted()).toEqual(['mine, longer', 'theirs']);
    }, patience);
    expect(readFileSync(here('plan.txt'), 'utf8')).toBe('theirs');
    await syncUntilEqual(treeOf(server.files));
    expect(pair.conflicts()).toMatchObject([{ path: 'plan.txt' }]);
  });

  test(
    'a download that broke off is gone on with, and an upload whose answer was lost is not sent again',
    inTurn,
    async () => {
      const large = Array.from({ length: 250_000 }, (__, index) => String(index).padStart(8, '0')).join('');
      writeThere('large.bin', large);
      const liar = await Liar.before(server.url);
      await pair.stop();
      pair = open(liar.url);
      let cut = true;
      const asked: string[] = [];
      liar.lie = (request, answer, response) => {
        asked.push(`${request.method} ${request.headers.range ?? ''}`.trim());
        if (request.method !== 'GET' || !cut) return answer;
        cut = false;
        response.writeHead(answer.status, { ...answer.headers, connection: 'close' });
        response.write(answer.body.subarray(0, 1_500_000), () => response.destroy());
        return undefined;
      };
      expect(await pair.syncOnce()).toMatchObject({ problems: [{ code: 'interrupted' }] });
      pair.retry('');
      await pair.syncOnce();
      expect(readFileSync(here('large.bin'), 'latin1') === large).toBe(true);
      expect(asked.filter((line) => line.startsWith('GET bytes='))).toHaveLength(1);
      writeAged(here('mine.txt'), 'mine', 60);
      let isLost = false;
      liar.lie = (request, answer, response) => {
        asked.push(`${request.method} ${request.url}`);
        if (request.method !== 'PUT' || isLost) return answer;
        isLost = true;
        response.destroy();
        return undefined;
      };
      await pair.syncOnce();
      await syncUntilEqual({ 'large.bin': large, 'mine.txt': 'mine' });
      expect(asked.filter((line) => line === 'PUT /mine.txt')).toHaveLength(1);
      await pair.stop();
      await liar.close();
    },
  );

  test('an emptied folder there deletes nothing here until someone says so', inTurn, async () => {
    for (const name of ['a', 'b', 'c', 'd']) writeAged(here(name), name, 60);
    await syncUntilEqual({ a: 'a', b: 'b', c: 'c', d: 'd' });
    for (const name of ['a', 'b', 'c', 'd']) rmSync(there(name));
    expect(await pair.syncOnce()).toMatchObject({ outcome: 'guarded', removed: 0 });
    expect(Object.keys(treeOf(here()))).toHaveLength(4);
  });
});
