import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import { clientOf } from '../../e2e/stack/nextcloud/testing.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { createHttp, type Http } from '../http/http.ts';
import { HttpError } from '../http/http-error.ts';
import { Dav } from './dav.ts';
import { FirstRun } from './first-run.ts';

const http = createHttp(fetch);
const GB = 1024 ** 3;
let root: string;
let nextcloud: Awaited<ReturnType<typeof startNextcloud>>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'first-run-'));
  nextcloud = await startNextcloud({
    dataDir: root,
    users: [{ uid: 'nadia', password: 'nadia secret', displayName: 'Nadia Berger' }],
  });
  const nadia = clientOf(nextcloud, 'nadia');
  for (const folder of ['Salons', 'Salons/Quais', 'Salons/Parc', 'Ailleurs', 'Ailleurs/Loin'])
    await nadia('MKCOL', folder);
  await nadia('PUT', 'Salons/Quais/plan.txt', { body: 'x'.repeat(1000) });
  await nadia('PUT', 'Salons/Parc/plan.txt', { body: 'x'.repeat(200) });
  await nadia('PUT', 'Ailleurs/Loin/plan.txt', { body: 'x'.repeat(30) });
});
afterEach(async () => {
  await nextcloud.stop();
  await rm(root, { recursive: true });
});

const access = (): FilesAccess => ({
  serverUrl: nextcloud.url,
  userId: 'nadia',
  loginName: 'nadia',
  appPassword: 'nadia secret',
});
async function idsOf(...paths: string[]): Promise<string[]> {
  const dav = new Dav(http, access());
  const found = await Promise.all(paths.map((path) => dav.list(path, '0')));
  return found.map((entries) => entries?.[0]?.fileId ?? '');
}
const firstRun = (folders: readonly string[], free: number | null, over: Http = http) =>
  new FirstRun({ http: over, access, folders: () => folders, freeSpace: () => Promise.resolve(free) });

describe('before the first run', () => {
  it('says how many folders there are to fetch and what they weigh, wherever they lie', async () => {
    const ids = await idsOf('/Salons/Quais', '/Salons/Parc', '/Ailleurs/Loin');
    expect(await firstRun([...ids, '999999'], 10 * GB).estimate('/home/nadia/Traboule')).toEqual({
      folders: 3,
      bytes: 1230,
      unknown: 0,
      freeBytes: 10 * GB,
      fits: true,
    });
  });

  it('refuses a disk on which it does not fit, and one on which nothing would be left', async () => {
    const ids = await idsOf('/Salons/Quais');
    await expect(firstRun(ids, 1230).check('/media/small')).rejects.toMatchObject({
      code: 'disk-full',
      about: 'disk-full.place',
      details: { bytes: 1000, free: 1230 },
    });
    await expect(firstRun(ids, GB).check('/media/large')).resolves.toBeUndefined();
  });

  it('stands in nobody’s way when the disk or the server does not say', async () => {
    const ids = await idsOf('/Salons/Quais');
    await expect(firstRun(ids, null).check('/net/share')).resolves.toBeUndefined();
    const away: Http = () => Promise.reject(new HttpError('unreachable'));
    await expect(firstRun(ids, 1, away).check('/home')).resolves.toBeUndefined();
    await expect(firstRun(ids, 1, away).estimate('/home')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('measures the disk of a folder that is not there yet', async () => {
    const real = new FirstRun({ http, access, folders: () => [] });
    const { freeBytes, folders } = await real.estimate(join(root, 'not', 'there', 'yet'));
    expect(freeBytes).toBeGreaterThan(0);
    expect(folders).toBe(0);
  });
});
