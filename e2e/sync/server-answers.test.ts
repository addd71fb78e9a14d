import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSyncPair } from '../../main/sync/sync-pair.ts';
import { expectAtRest } from './at-rest.ts';
import { DavUser } from './dav-user.ts';
import { Liar } from './liar.ts';
import { Rig, sha1 } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

function problemsOf(report: {
  readonly problems: readonly { readonly path: string; readonly code: string }[];
}): string[][] {
  return report.problems.map(({ path, code }) => [path, code]);
}

/** Tries what failed again, as if its time had come. */
async function retry(computer: ReturnType<Rig['computer']>): ReturnType<typeof computer.sync> {
  computer.pair.retry('');
  return computer.sync();
}

describe('an answer about one file', () => {
  const cases: readonly (readonly [403 | 423 | 500 | 507, string])[] = [
    [403, 'forbidden'],
    [423, 'locked'],
    [500, 'serverError'],
    [507, 'quotaFull'],
  ];
  test.each(cases)('%i to a PUT is told of, stops no other, and is tried again', async (status, code) => {
    const desk = rig.computer('desk');
    desk.write('bad.txt', 'a little longer than the other');
    desk.write('good.txt', 'good');
    rig.server.control.addFault({
      method: 'PUT',
      path: '*/bad.txt',
      effect: { kind: 'status', status },
    });
    const report = await desk.sync();
    expect(problemsOf(report)).toEqual([['bad.txt', code]]);
    expect(report.problems[0]?.retryAt).toBeGreaterThan(Date.now() + 20_000);
    expect(await rig.ana.tree()).toEqual({ 'good.txt': 'good' });
    rig.server.resetRequestLog();
    await desk.sync();
    expect(rig.counts()['PUT']).toBeUndefined();
    expect(await retry(desk)).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    await expectAtRest(rig, desk);
  });

  test('412 to a PUT makes it look again, and nothing is overwritten', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'one');
    await desk.sync();
    desk.write('a.txt', 'two', 30);
    rig.server.control.addFault({ method: 'PUT', effect: { kind: 'status', status: 412 } });
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1, conflicts: 0 });
    expect(await rig.ana.get('a.txt')).toBe('two');
    await expectAtRest(rig, desk);
  });

  test('404 to a GET makes it look again', async () => {
    const desk = rig.computer('desk');
    await rig.ana.put('a.txt', 'one');
    rig.server.control.addFault({ method: 'GET', effect: { kind: 'status', status: 404 } });
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', downloaded: 1 });
    await expectAtRest(rig, desk);
  });

  test('a wrong stated checksum is never let through', async () => {
    const desk = rig.computer('desk');
    await rig.ana.put('bad.txt', 'content', { 'oc-checksum': sha1('another') });
    await rig.ana.put('good.txt', 'good');
    expect(problemsOf(await desk.sync())).toEqual([['bad.txt', 'checksumMismatch']]);
    expect(desk.tree()).toEqual({ 'good.txt': 'good' });
    await rig.ana.put('bad.txt', 'content', { 'oc-checksum': sha1('content') });
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    expect(desk.tree()).toEqual({ 'bad.txt': 'content', 'good.txt': 'good' });
    await expectAtRest(rig, desk);
  });

  test('a body cut short is not taken for the file', async () => {
    const desk = rig.computer('desk');
    await rig.ana.put('a.txt', 'x'.repeat(100_000));
    rig.server.control.addFault({ method: 'GET', effect: { kind: 'cut-response', afterBytes: 50_000 } });
    expect(problemsOf(await desk.sync())).toEqual([['a.txt', 'interrupted']]);
    expect(desk.tree()).toEqual({});
    await retry(desk);
    expect(desk.tree()).toEqual({ 'a.txt': 'x'.repeat(100_000) });
    await expectAtRest(rig, desk);
  });

  test('a request cut short leaves the old content, and is sent again', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'old');
    await desk.sync();
    desk.write('a.txt', 'n'.repeat(3_000_000), 30);
    rig.server.control.addFault({ method: 'PUT', effect: { kind: 'cut-request', afterBytes: 1_000_000 } });
    expect(problemsOf(await desk.sync())).toEqual([['a.txt', 'interrupted']]);
    expect(await rig.ana.get('a.txt')).toBe('old');
    await retry(desk);
    expect((await rig.ana.get('a.txt')).length).toBe(3_000_000);
    await expectAtRest(rig, desk);
  });

  test('an answer lost after the work was done sends nothing twice and makes no conflict', async () => {
    const desk = rig.computer('desk');
    desk.write('a.txt', 'one');
    await desk.sync();
    desk.write('a.txt', 'two', 30);
    desk.write('new.txt', 'new');
    rig.server.control.addFault({ method: 'PUT', times: 2, effect: { kind: 'drop-answer' } });
    await desk.sync();
    rig.server.resetRequestLog();
    expect(await retry(desk)).toMatchObject({ outcome: 'inSync', conflicts: 0 });
    expect(rig.counts()['PUT']).toBeUndefined();
    expect(await rig.ana.tree()).toEqual({ 'a.txt': 'two', 'new.txt': 'new' });
    await expectAtRest(rig, desk);
  });

  test('507 is remembered: larger files are not even tried, smaller ones are', async () => {
    const desk = rig.computer('desk', { options: { parallel: 1 } });
    rig.server.control.setQuota('ana', 20_000);
    desk.write('1-large', 'l'.repeat(30_000));
    desk.write('2-larger', 'l'.repeat(40_000));
    desk.write('3-small', 'small');
    rig.server.resetRequestLog();
    expect(problemsOf(await desk.sync())).toEqual([
      ['1-large', 'quotaFull'],
      ['2-larger', 'quotaFull'],
    ]);
    expect(rig.counts()['PUT']).toBe(2);
    expect(await rig.ana.tree()).toEqual({ '3-small': 'small' });
    rig.server.control.setQuota('ana', 100_000);
    expect(await retry(desk)).toMatchObject({ outcome: 'inSync', uploaded: 2 });
    await expectAtRest(rig, desk);
  });
});

describe('a listing that fails', () => {
  test('never reads as an empty folder', async () => {
    const desk = rig.computer('desk');
    for (const name of ['folder/a', 'folder/b', 'other/c', 'd']) desk.write(name, name);
    await desk.sync();
    await rig.ana.put('folder/new', 'new');
    await rig.ana.put('other/new', 'new');
    await rig.ana.remove('d');
    rig.server.control.addFault({
      method: 'PROPFIND',
      path: '*/folder',
      times: 0,
      effect: { kind: 'status', status: 500 },
    });
    const report = await desk.sync();
    expect(problemsOf(report)).toEqual([['folder', 'listingFailed']]);
    // What may only have moved out of sight is not deleted; what is certain is done.
    expect(Object.keys(desk.tree())).toEqual([
      'd',
      'folder',
      'folder/a',
      'folder/b',
      'other',
      'other/c',
      'other/new',
    ]);
    rig.server.control.clearFaults();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
    await expectAtRest(rig, desk);
  });

  test('of the whole tree at once is not needed: refused, or not as deep as was asked, folders are listed one by one', async () => {
    for (const name of ['a', 'a/b', 'a/b/c', 'empty']) await rig.ana.makeFolder(name);
    for (const name of ['x', 'a/x', 'a/b/x', 'a/b/c/x']) await rig.ana.put(name, name);
    const liar = await Liar.before(rig.server.url);
    for (const lie of ['refused', 'shallow'] as const) {
      const desk = rig.computer(lie, { url: liar.url });
      liar.lie = (asked, answer) => {
        if (asked.headers.depth !== 'infinity') return answer;
        if (lie === 'refused') return { ...answer, status: 403 };
        const body = answer.body
          .toString()
          .replaceAll(/<d:response><d:href>[^<]*\/a\/[^<]+<.*?<\/d:response>/gs, '');
        return { ...answer, body: Buffer.from(body) };
      };
      expect(await desk.sync()).toMatchObject({ outcome: 'inSync' });
      await expectAtRest(rig, desk);
    }
    await liar.close();
  });

  test('by being cut short is no listing', async () => {
    const desk = rig.computer('desk');
    for (const name of ['a', 'b', 'c', 'd']) desk.write(name, name);
    await desk.sync();
    await rig.ana.put('e', 'e');
    rig.server.control.addFault({
      method: 'PROPFIND',
      skip: 1,
      effect: { kind: 'cut-response', afterBytes: 2500 },
    });
    expect((await desk.sync()).outcome).toBe('offline');
    expect(Object.keys(desk.tree())).toEqual(['a', 'b', 'c', 'd']);
    expect(Object.keys(await rig.ana.tree())).toHaveLength(5);
  });
});

describe('a server that is not there', () => {
  test('under maintenance, in the middle of a run, ends the run', async () => {
    const desk = rig.computer('desk', { options: { parallel: 1 } });
    for (const name of ['a', 'b', 'c', 'd']) desk.write(name, name);
    rig.server.control.addFault({ method: 'PUT', skip: 1, times: 0, effect: { kind: 'maintenance' } });
    rig.server.resetRequestLog();
    expect(await desk.sync()).toMatchObject({ outcome: 'offline', problems: [] });
    expect(rig.counts()['PUT']).toBe(2);
    expect(desk.pair.state()).toMatchObject({ kind: 'offline', code: 'maintenance' });
    rig.server.control.clearFaults();
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 3 });
    await expectAtRest(rig, desk);
  });

  test('for this password is a state of its own, and goes on with the right one', async () => {
    const desk = rig.computer('desk');
    desk.write('a', 'a');
    await desk.sync();
    rig.server.control.revokeAppPasswords('ana');
    desk.write('b', 'b');
    expect(await desk.sync()).toMatchObject({ outcome: 'signedOut' });
    expect(desk.pair.state()).toEqual({ kind: 'signedOut' });
    const password = rig.server.control.createAppPassword('ana', 'again');
    desk.pair.setPassword(password);
    expect(await desk.sync()).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    await expectAtRest(rig, desk, { user: new DavUser(rig.server.url, 'ana', password) });
  });

  test('for this password ends all pairs of the account, and all go on with the right one', async () => {
    const desks = ['one', 'two', 'three'].map((name) => rig.computer(name, { rootPath: `/${name}` }));
    for (const desk of desks) {
      desk.write('a', 'a');
      await desk.sync();
      desk.write('b', 'b');
    }
    rig.server.control.revokeAppPasswords('ana');
    const reports = await Promise.all(desks.map((desk) => desk.sync()));
    expect(reports.map(({ outcome }) => outcome)).toEqual(['signedOut', 'signedOut', 'signedOut']);
    const password = rig.server.control.createAppPassword('ana', 'again');
    for (const { pair } of desks) pair.setPassword(password);
    const again = await Promise.all(desks.map((desk) => desk.sync()));
    expect(again.map(({ outcome, uploaded }) => [outcome, uploaded])).toEqual(desks.map(() => ['inSync', 1]));
  });

  test('for the password before is not asked to be signed in to once more', async () => {
    const liar = await Liar.before(rig.server.url);
    const desk = rig.computer('desk', { url: liar.url });
    desk.write('a', 'a');
    await desk.sync();
    desk.write('b', 'b');
    liar.before = async ({ method }) => {
      if (method !== 'PUT') return;
      liar.before = () => Promise.resolve();
      rig.server.control.revokeAppPasswords('ana');
      desk.pair.setPassword(rig.server.control.createAppPassword('ana', 'again'));
      await Promise.resolve();
    };
    expect(problemsOf(await desk.sync())).toEqual([['b', 'interrupted']]);
    expect(desk.events).not.toContainEqual(expect.objectContaining({ state: { kind: 'signedOut' } }));
    expect(await retry(desk)).toMatchObject({ outcome: 'inSync', uploaded: 1 });
    await liar.close();
  });

  const strangers: readonly (readonly [string, number, string, string])[] = [
    ['HTML with 200', 200, '<html>Welcome to the Wi-Fi</html>', 'notAServer'],
    ['HTML with 207', 207, '<html><body>hello</body></html>', 'malformedAnswer'],
    [
      'XML that is cut',
      207,
      '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response>',
      'malformedAnswer',
    ],
    [
      'an entity bomb',
      207,
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><d:multistatus xmlns:d="DAV:">&a;</d:multistatus>',
      'malformedAnswer',
    ],
    [
      'a folder outside',
      207,
      '<d:multistatus xmlns:d="DAV:"><d:response><d:href>/remote.php/dav/files/ana/../ben/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>',
      'malformedAnswer',
    ],
  ];
  test.each(strangers)('that answers %s changes nothing', async (_, status, body, code) => {
    const desk = rig.computer('desk');
    desk.write('a', 'a');
    await desk.sync();
    await desk.stop();
    const stranger = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end(body);
    });
    await new Promise<void>((resume) => stranger.listen(0, '127.0.0.1', resume));
    const address = stranger.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const pair = createSyncPair({
      id: 'desk',
      remote: { url: `http://127.0.0.1:${port}`, user: 'ana', password: 'x', rootPath: '/' },
      localDir: desk.folder,
      journalPath: desk.journalPath,
    });
    expect(await pair.syncOnce()).toMatchObject({ outcome: 'offline' });
    expect(pair.state()).toMatchObject({ kind: 'offline', code });
    await pair.stop();
    stranger.close();
    expect(desk.tree()).toEqual({ a: 'a' });
  });

  test('at all is waited for', async () => {
    const desk = rig.computer('desk');
    desk.write('a', 'a');
    const pair = createSyncPair({
      id: 'desk',
      remote: { url: 'http://127.0.0.1:1', user: 'ana', password: 'x', rootPath: '/' },
      localDir: desk.folder,
      journalPath: desk.journalPath,
    });
    expect(await pair.syncOnce()).toMatchObject({ outcome: 'offline' });
    expect(pair.state()).toMatchObject({ kind: 'offline', code: 'unreachable' });
    await pair.stop();
  });
});
