import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOf, filesPath, listAll, openTestServer } from './testing.ts';

const share = (permissions: number, shareWith = 'karim') => ({
  headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
  body: `path=/salon&shareType=0&shareWith=${shareWith}&permissions=${permissions}`,
});
const sharesPath = '/ocs/v2.php/apps/files_sharing/api/v1/shares?format=json';

describe('what the stand-in keeps over a restart', () => {
  it('is files with their ids and etags, shares, trash, versions, app passwords and half-done uploads', async () => {
    await using test = await openTestServer();
    const nadia = clientOf(test.server, 'nadia');
    await nadia('MKCOL', 'salon');
    await nadia('PUT', 'salon/a.txt', { body: 'one', headers: { 'OC-Checksum': 'SHA1:abc' } });
    await nadia('PUT', 'salon/a.txt', { body: 'newer', headers: { 'X-OC-MTime': '1500000000' } });
    await nadia('PUT', 'gone.txt', { body: 'x' });
    await nadia('DELETE', 'gone.txt');
    await nadia('POST', sharesPath, share(15));
    await nadia('MKCOL', '/remote.php/dav/uploads/nadia/u1');
    await nadia('PUT', '/remote.php/dav/uploads/nadia/u1/1', { body: 'part' });
    const password = test.server.control.createAppPassword('nadia', 'test');
    const before = await listAll(nadia);
    const receivedBefore = await listAll(clientOf(test.server, 'karim'));

    const server = await test.restart();

    const again = clientOf(server, 'nadia', password);
    expect(await listAll(again)).toEqual(before);
    expect(await listAll(clientOf(server, 'karim'))).toEqual(receivedBefore);
    expect([...receivedBefore.keys()]).toEqual(['/', '/salon/', '/salon/a.txt']);
    const trash = await again('PROPFIND', '/remote.php/dav/trashbin/nadia/trash', {
      headers: { Depth: '1' },
    });
    expect(trash.text).toContain('gone.txt.d');
    const fileId = before.get('/salon/a.txt')?.split(' ')[1];
    const versions = await again('PROPFIND', `/remote.php/dav/versions/nadia/versions/${fileId}`, {
      headers: { Depth: '1' },
    });
    expect(versions.text.match(/<d:response>/g)).toHaveLength(2);
    const moved = await again('MOVE', '/remote.php/dav/uploads/nadia/u1/.file', {
      headers: { Destination: filesPath('nadia', 'whole.bin') },
    });
    expect([moved.status, (await again('GET', 'whole.bin')).text]).toEqual([201, 'part']);
  });
});

type Step = readonly [
  method: 'PUT' | 'MKCOL' | 'DELETE' | 'MOVE' | 'COPY',
  uid: 'nadia' | 'karim',
  from: string,
  to: string,
];

const place = fc.constantFrom(
  'salon',
  'salon/a',
  'salon/b',
  'salon/a/x.txt',
  'salon/y.txt',
  'x.txt',
  'z',
  'z/x.txt',
  'salon/b/é',
);
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('PUT', 'MKCOL', 'DELETE', 'MOVE', 'COPY'),
  fc.constantFrom('nadia', 'karim'),
  place,
  place,
);

describe('after any sequence of changes by owner and receiver', () => {
  it('sizes add up, the disk holds what is listed, and a restart changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await using test = await openTestServer();
        const calls = { nadia: clientOf(test.server, 'nadia'), karim: clientOf(test.server, 'karim') };
        await calls.nadia('MKCOL', 'salon');
        await calls.nadia('POST', sharesPath, share(31));
        for (const [method, uid, from, to] of steps) {
          const answer = await calls[uid](method, from, {
            headers: { Destination: filesPath(uid, to) },
            body: method === 'PUT' ? `${from} by ${uid}` : '',
          });
          expect(answer.status).toBeLessThan(500);
        }
        const before = { nadia: await listAll(calls.nadia), karim: await listAll(calls.karim) };
        for (const listing of Object.values(before)) expectSizesToAddUp(listing);
        expect(onDisk(path.join(test.dataDir, 'data/nadia/files'))).toEqual(
          [...before.nadia.keys()].toSorted(),
        );
        const server = await test.restart();
        expect(await listAll(clientOf(server, 'nadia'))).toEqual(before.nadia);
        expect(await listAll(clientOf(server, 'karim'))).toEqual(before.karim);
      }),
      { numRuns: 25, examples: [[withMountInBin]] },
    );
  }, 60_000);
});

/** A mount point in a folder that its receiver throws away. */
const withMountInBin: Step[] = [
  ['PUT', 'nadia', 'salon/a', 'salon'],
  ['MKCOL', 'karim', 'z', 'salon'],
  ['MOVE', 'karim', 'salon', 'z/x.txt'],
  ['DELETE', 'karim', 'z', 'salon'],
];

/** Each folder is as large as what lies directly in it. */
function expectSizesToAddUp(listing: ReadonlyMap<string, string>): void {
  const sizeOf = (line: string | undefined) => Number(line?.split(' ')[2]);
  for (const [folder, line] of listing) {
    if (!folder.endsWith('/')) continue;
    const children = [...listing].filter(([each]) => each !== folder && isChild(folder, each));
    const sum = children.reduce((total, [, child]) => total + sizeOf(child), 0);
    expect(`${folder} ${sizeOf(line)}`).toBe(`${folder} ${sum}`);
  }
}

function isChild(folder: string, path: string): boolean {
  return path.startsWith(folder) && !path.slice(folder.length).replace(/\/$/, '').includes('/');
}

/** Paths below a folder on disk, folders with a closing slash, the folder itself as `/`. */
function onDisk(folder: string): string[] {
  const below = (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).map(
    (each) => (statSync(path.join(folder, each)).isDirectory() ? `/${each}/` : `/${each}`),
  );
  return ['/', ...below].toSorted();
}

describe('bytes on disk', () => {
  it('lie under their own names, so that one can look at them', async () => {
    await using test = await openTestServer();
    const nadia = clientOf(test.server, 'nadia');
    await nadia('MKCOL', 'été');
    await nadia('PUT', 'été/à lire.txt', { body: 'bonjour' });
    expect(readFileSync(path.join(test.dataDir, 'data/nadia/files/été/à lire.txt'), 'utf8')).toBe('bonjour');
  });
});
