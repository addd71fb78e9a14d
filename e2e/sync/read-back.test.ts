import { expect, type TestContext, test, vi } from 'vitest';
import { WebdavRemote } from '../../main/sync/remote/webdav/webdav-remote.ts';
import { Liar } from './liar.ts';
import { type Computer, Rig } from './rig.ts';

interface Scene {
  readonly rig: Rig;
  readonly liar: Liar;
  /** A computer to which the server is one of plain WebDAV. */
  readonly desk: Computer;
}

/** Each test has its own, since they wait at the same time. */
async function open({ onTestFinished }: TestContext): Promise<Scene> {
  const rig = await Rig.open();
  const liar = await Liar.before(rig.server.url);
  onTestFinished(async () => {
    await rig.close();
    await liar.close();
  });
  const url = `${liar.url}/remote.php/dav/files/ana`;
  const desk = rig.computer('desk', {
    ports: { openRemote: ({ remote }) => new WebdavRemote({ ...remote, kind: 'webdav', url }) },
  });
  return { rig, liar, desk };
}

/** Until nothing more can come to be of the second that this is, nor of the one after it. */
async function secondsAreOver(): Promise<void> {
  const then = Date.now() + 2100;
  await vi.waitUntil(() => Date.now() > then, { timeout: 5000 });
}

/** Runs until what was uploaded is no longer of this second, then once more. */
async function syncBothSeconds(desk: Computer): Promise<void> {
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
  await secondsAreOver();
  expect(await desk.sync()).toMatchObject({ outcome: 'inSync', conflicts: 0 });
}

/** As most servers of plain WebDAV: no checksums. */
function keepNoChecksums(liar: Liar): void {
  liar.before = async ({ headers }) => {
    delete headers['oc-checksum'];
    await Promise.resolve();
  };
}

test.concurrent('what is uploaded to a server of WebDAV that states its checksum is not read back', async (context) => {
  const { rig, desk } = await open(context);
  desk.write('plan.txt', 'one');
  await syncBothSeconds(desk);
  desk.write('plan.txt', 'two', 30);
  await syncBothSeconds(desk);
  expect(rig.counts()['PUT']).toBe(2);
  expect(rig.counts()['GET']).toBeUndefined();
});

test.concurrent('one that states none is asked for it once: nothing else tells it from what came in the same second', async (context) => {
  const { rig, liar, desk } = await open(context);
  keepNoChecksums(liar);
  desk.write('plan.txt', 'mine');
  await syncBothSeconds(desk);
  expect(rig.counts()['GET']).toBe(1);
  await desk.sync();
  expect(rig.counts()['GET']).toBe(1);
});

test.concurrent('a version of the same length that came in the same second is found by that', async (context) => {
  const { rig, liar, desk } = await open(context);
  keepNoChecksums(liar);
  desk.write('plan.txt', 'mine');
  let saved: Promise<unknown> = Promise.resolve();
  liar.lie = (asked, answer) => {
    if (asked.method !== 'PUT') return answer;
    liar.lie = (_, other) => other;
    saved = rig.ana.put('plan.txt', 'THEY', { 'x-oc-mtime': String(asked.headers['x-oc-mtime']) });
    return answer;
  };
  await desk.sync();
  await saved;
  await secondsAreOver();
  await desk.sync();
  expect(desk.tree()).toEqual({ 'plan.txt': 'THEY' });
});
