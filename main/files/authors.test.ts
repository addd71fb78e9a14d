import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startNextcloud } from '../../e2e/stack/nextcloud/index.ts';
import { clientOf } from '../../e2e/stack/nextcloud/testing.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import { createHttp, type Http } from '../http/http.ts';
import { HttpError } from '../http/http-error.ts';
import { silentLog } from '../log/silent.ts';
import { Authors } from './authors.ts';

const http = createHttp(fetch);
let root: string;
let nextcloud: Awaited<ReturnType<typeof startNextcloud>>;
let clock: number;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'authors-'));
  clock = Date.now();
  nextcloud = await startNextcloud({
    dataDir: root,
    clock: () => clock,
    users: [
      { uid: 'nadia', password: 'nadia secret', displayName: 'Nadia Berger' },
      { uid: 'karim', password: 'karim secret', displayName: 'Karim Morel' },
    ],
  });
  const nadia = clientOf(nextcloud, 'nadia');
  await nadia('MKCOL', 'Quais');
  await nadia('PUT', 'Quais/plan.txt', { body: 'one' });
  await nadia('PUT', 'Quais/budget.txt', { body: 'one' });
  await nadia('POST', '/ocs/v2.php/apps/files_sharing/api/v1/shares', {
    headers: { 'OCS-APIRequest': 'true', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'path=/Quais&shareType=0&shareWith=karim&permissions=15',
  });
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
const authorsOf = (over: Http = http) => new Authors({ http: over, access, log: silentLog });
const askedForActivities = () =>
  nextcloud.control.requests().filter(({ path }) => path.includes('/activity/')).length;

describe('who changed a file last', () => {
  it('is the person at this PC, or a colleague by their name', async () => {
    clock += 3_600_000;
    await clientOf(nextcloud, 'karim')('PUT', 'Quais/plan.txt', { body: 'two' });
    const found = await authorsOf().inFolder('/Quais');
    expect(found.get('budget.txt')?.author).toEqual({ kind: 'you' });
    expect(found.get('plan.txt')).toEqual({
      author: { kind: 'other', name: 'Karim Morel' },
      at: Math.floor(clock / 1000) * 1000,
    });
  });

  it('is asked once for each version', async () => {
    const authors = authorsOf();
    await authors.inFolder('/Quais');
    await authors.inFolder('/Quais');
    expect(askedForActivities()).toBe(2);
    clock += 1000;
    await clientOf(nextcloud, 'karim')('PUT', 'Quais/plan.txt', { body: 'longer' });
    expect((await authors.ofFile('/Quais/plan.txt'))?.author).toEqual({ kind: 'other', name: 'Karim Morel' });
    expect(askedForActivities()).toBe(3);
  });

  it('is nobody rather than who changed an earlier version', async () => {
    const stale: Http = async (request) => {
      const answer = await http(request);
      return request.url.includes('/activity/')
        ? { ...answer, text: answer.text.replaceAll(/"datetime":"\d{4}/g, '"datetime":"2020') }
        : answer;
    };
    expect(await authorsOf(stale).inFolder('/Quais')).toEqual(new Map());
  });

  it('passes over activities that wrote nothing', async () => {
    const renamed = { app: 'files', type: 'file_changed', user: 'karim', datetime: new Date().toISOString() };
    const comment = { ...renamed, app: 'comments', type: 'comments', subject_rich: ['You commented', []] };
    const rename = { ...renamed, subject_rich: ['{user} renamed', { oldfile: {}, newfile: {} }] };
    const chatty: Http = async (request) => {
      const answer = await http(request);
      if (!request.url.includes('/activity/')) return answer;
      const { ocs } = JSON.parse(answer.text);
      const data = [comment, rename, ...ocs.data].slice(
        0,
        Number(URL.parse(request.url)?.searchParams.get('limit')),
      );
      return { ...answer, text: JSON.stringify({ ocs: { ...ocs, data } }) };
    };
    const found = await authorsOf(chatty).ofFile('/Quais/plan.txt');
    expect(found?.author).toEqual({ kind: 'you' });
  });

  it('is not known without the activity app, which is then left alone for a while', async () => {
    nextcloud.control.set({ activityApp: false });
    const authors = authorsOf();
    expect(await authors.inFolder('/Quais')).toEqual(new Map());
    nextcloud.control.resetRequestLog();
    await authors.inFolder('/Quais');
    expect(nextcloud.control.requests()).toEqual([]);
  });

  it('is not known while the server is away, in a folder that is gone, or when nobody is signed in', async () => {
    const away = authorsOf(() => Promise.reject(new HttpError('unreachable')));
    expect(await away.inFolder('/Quais')).toEqual(new Map());
    expect(await authorsOf().inFolder('/Gone')).toEqual(new Map());
    const nobody = new Authors({ http, access: () => null, log: silentLog });
    expect(await nobody.ofFile('/Quais/plan.txt')).toBeNull();
  });
});
