import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientOf, openTestServer } from './testing.ts';

const climbing = fc
  .array(fc.constantFrom('..', '%2e%2e', '..%2f..', '.%2e', '%5c..', '..%5c', '%00', 'a', '', '.'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join('/'));

describe('the stand-in', () => {
  it('never reads or writes outside an account, whatever the path', async () => {
    await using test = await openTestServer();
    const nadia = clientOf(test.server, 'nadia');
    const secret = path.join(test.dataDir, 'secret.txt');
    writeFileSync(secret, 'secret');
    await fc.assert(
      fc.asyncProperty(
        climbing,
        fc.constantFrom(
          'files/nadia',
          'uploads/nadia',
          'uploads/nadia/u',
          'trashbin/nadia/trash',
          'versions/nadia/versions',
        ),
        async (tail, area) => {
          const target = `/remote.php/dav/${area}/${tail}/secret.txt`;
          expect((await nadia('GET', target)).text).not.toBe('secret');
          await nadia('PUT', target, { body: 'overwritten' });
          await nadia('DELETE', target);
          await nadia('MOVE', target, { headers: { Destination: `/remote.php/dav/files/nadia/${tail}/x` } });
        },
      ),
      { numRuns: 60 },
    );
    expect(existsSync(secret)).toBe(true);
    const archive = await nadia(
      'GET',
      `/index.php/apps/files/ajax/download.php?dir=${encodeURIComponent('/../..')}&files=secret.txt`,
    );
    expect(archive.status).toBe(404);
  });

  it('refuses an account whose name would be a path', async () => {
    await using test = await openTestServer();
    for (const uid of ['..', '../x', 'a/b', '']) {
      expect(() => test.server.control.putUser({ uid, password: 'x', displayName: 'x' })).toThrow(
        'not a user name',
      );
    }
  });

  it('listens on loopback only', async () => {
    await using test = await openTestServer();
    const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outside = addresses
      .filter((each) => !each.internal && each.family === 'IPv4')
      .map((each) => each.address);
    const reached = await Promise.all(
      ['127.0.0.1', ...outside].map((host) => canConnect(host, test.server.port)),
    );
    expect(reached).toEqual([true, ...outside.map(() => false)]);
  });

  it('keeps no password in its data folder', async () => {
    await using test = await openTestServer();
    const password = test.server.control.createAppPassword('nadia', 'x');
    const files = ['standin.db', 'standin.db-wal'].map((name) => path.join(test.dataDir, name));
    const kept = Buffer.concat(files.filter((file) => existsSync(file)).map((file) => readFileSync(file)));
    expect(kept.length).toBeGreaterThan(1000);
    expect([kept.includes('nadia secret'), kept.includes(password)]).toEqual([false, false]);
  });

  it('does not show one account the files of another', async () => {
    await using test = await openTestServer();
    await clientOf(test.server, 'nadia')('PUT', 'private.txt', { body: 'private' });
    const karim = clientOf(test.server, 'karim');
    const statuses = await Promise.all(
      ['GET', 'PUT', 'DELETE', 'PROPFIND'].map(
        async (method) => (await karim(method, '/remote.php/dav/files/nadia/private.txt')).status,
      ),
    );
    expect(statuses).toEqual([404, 404, 404, 404]);
    expect((await clientOf(test.server, 'nadia')('GET', 'private.txt')).text).toBe('private');
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
