import { expect, test } from 'vitest';
import { z } from 'zod';
import { readGroup } from './conformance/recordings.ts';
import { clientOf, leaf, openTestServer } from './testing.ts';

const ocs = { 'OCS-APIRequest': 'true' };
const Answer = z.object({ ocs: z.object({ data: z.array(z.record(z.string(), z.unknown())) }) });
const activitiesIn = (text: string) => Answer.parse(JSON.parse(text)).ocs.data;

async function openShared(options: { activityApp?: boolean } = {}) {
  const opened = await openTestServer(options);
  const nadia = clientOf(opened.server, 'nadia');
  const karim = clientOf(opened.server, 'karim');
  await nadia('MKCOL', 's10');
  await nadia('PUT', 's10/find-me.txt', { body: 'one' });
  const body = 'path=/s10&shareType=0&shareWith=karim&permissions=15';
  await nadia('POST', '/ocs/v2.php/apps/files_sharing/api/v1/shares', {
    headers: { ...ocs, 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  });
  const id =
    leaf(
      await nadia('PROPFIND', 's10/find-me.txt', {
        headers: { Depth: '0' },
        body: '<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:fileid/></d:prop></d:propfind>',
      }),
      'fileid',
    ) ?? '';
  const target = `/ocs/v2.php/apps/activity/api/v2/activity/filter?object_type=files&object_id=${id}&limit=3&format=json`;
  return { opened, nadia, karim, target };
}

test('the one who wrote a file is told as the recorded server tells it', async () => {
  const { opened, nadia, target } = await openShared();
  await using _ = opened;
  const recorded = readGroup('10-activity')[0]?.response;
  const created = activitiesIn(recorded?.body ?? '').find(({ type }) => type === 'file_created') ?? {};
  const answer = await nadia('GET', target, { headers: ocs });
  const [ours = {}] = activitiesIn(answer.text);
  expect(answer.status).toBe(200);
  expect(Object.keys(ours)).toEqual(Object.keys(created));
  const { app, type, subject, object_name, message_rich } = created;
  expect(ours).toMatchObject({ app, type, subject, object_name, message_rich, user: 'nadia' });
});

test('a colleague who changed it is named, newest first, with the path that each has it at', async () => {
  const { opened, nadia, karim, target } = await openShared();
  await using _ = opened;
  await karim('PUT', 's10/find-me.txt', { body: 'two!' });
  const [newest] = activitiesIn((await nadia('GET', target, { headers: ocs })).text);
  expect(newest).toMatchObject({
    type: 'file_changed',
    user: 'karim',
    subject_rich: ['{user} changed {file}', { user: { type: 'user', id: 'karim', name: 'Karim Morel' } }],
  });
  const [own, first] = activitiesIn((await karim('GET', target, { headers: ocs })).text);
  expect([own?.subject, first?.user]).toEqual(['You changed s10/find-me.txt', 'nadia']);
});

test('there is nothing to tell of a file that one may not see, and nobody to ask without the app', async () => {
  const { opened, nadia, target } = await openShared();
  await using _ = opened;
  const missing = target.replace(/object_id=\d+/, 'object_id=999999');
  expect((await nadia('GET', missing, { headers: ocs })).status).toBe(304);
  opened.server.control.set({ activityApp: false });
  expect((await nadia('GET', target, { headers: ocs })).status).toBe(404);
  const capabilities = await nadia('GET', '/ocs/v2.php/cloud/capabilities?format=json', { headers: ocs });
  expect(capabilities.text).not.toContain('"activity"');
});
