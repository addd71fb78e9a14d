import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TestDevice } from '../testing/device.ts';
import { Town } from '../testing/town.ts';

const DOMAINS = ['meet.example.org', 'localhost:8443'];
let town: Town;

beforeAll(async () => {
  town = await Town.open({ ada: 'Ada Roux', bo: 'Bo Petit' });
});
afterEach(() => town.clear());
afterAll(() => town.close());

async function ringing(caller: TestDevice, name: string, others: readonly TestDevice[]) {
  const salonId = await town.salon(name, caller, others);
  const call = await caller.run('prepareCall', { salonId, domains: DOMAINS });
  const { widgetId } = call;
  await caller.run('setInCall', { salonId, widgetId, inCall: true });
  const { ringId } = await caller.run('ring', { salonId, widgetId, text: 'Ada appelle' });
  return { salonId, ringId, ...call };
}

test('both find the same conference, made as Element makes it', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const salonId = await town.salon('Point du lundi', ada, [bo]);
  const first = await ada.run('prepareCall', { salonId, domains: DOMAINS });
  expect(first).toMatchObject({ conference: { domain: 'meet.example.org', auth: 'none' }, jwt: null });
  expect(await bo.run('prepareCall', { salonId, domains: DOMAINS })).toEqual(first);
  const { content } = await town.synapse.seeder.request<{ content: Record<string, unknown> }>(
    'ada',
    'GET',
    `rooms/${salonId}/state/im.vector.modular.widgets/${first.widgetId}?format=event`,
  );
  expect(content).toMatchObject({
    type: 'jitsi',
    url: expect.stringContaining('conferenceDomain=$domain&conferenceId=$conferenceId'),
    data: { domain: 'meet.example.org', conferenceId: first.conference.conferenceId, isAudioOnly: false },
  });
});

test('two who press in the same moment come to one conference, and the other is taken away', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const salonId = await town.salon('À la même seconde', ada, [bo]);
  const [hers, his] = await Promise.all([
    ada.run('prepareCall', { salonId, domains: DOMAINS }),
    bo.run('prepareCall', { salonId, domains: DOMAINS }),
  ]);
  expect(his).toEqual(hers);
  const state = await town.synapse.seeder.request<{ type: string; content: object }[]>(
    'ada',
    'GET',
    `rooms/${salonId}/state`,
  );
  const widgets = state.filter(({ type }) => type === 'im.vector.modular.widgets');
  expect(widgets.filter(({ content }) => Object.keys(content).length > 0)).toHaveLength(1);
  // A third who presses now may still be told of both.
  await bo.until('one left', async () => {
    const third = await bo.run('prepareCall', { salonId, domains: DOMAINS });
    return isDeepStrictEqual(third, hers);
  });
});

test('Element’s conference is used where its domain is allowed, with a token where it asks for one', async () => {
  const ada = await town.device('ada');
  const salonId = await town.salon('Comme Element', ada, []);
  const data = {
    conferenceId: 'MFXGIZLM',
    domain: 'localhost:8443',
    isAudioOnly: false,
    auth: 'openidtoken-jwt',
  };
  const widget = {
    type: 'm.jitsi',
    url: 'https://app.element.io/jitsi.html#conferenceDomain=$domain',
    name: 'Jitsi',
    data,
  };
  const evil = { ...widget, data: { ...data, domain: 'evil.example' } };
  await town.synapse.seeder.setState('ada', salonId, 'im.vector.modular.widgets', 'aEvil', evil);
  await town.synapse.seeder.setState('ada', salonId, 'im.vector.modular.widgets', 'w1', widget);
  const call = await ada.until('known', async () => {
    await ada.until(
      'line',
      () => ada.timeline?.items.filter((item) => item.content.kind === 'call').length === 2,
    );
    return await ada.run('prepareCall', { salonId, domains: DOMAINS });
  });
  expect(call).toMatchObject({
    widgetId: 'w1',
    conference: { domain: 'localhost:8443', conferenceId: 'MFXGIZLM' },
  });
  const [, payload] = (call.jwt ?? '').split('.');
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
  expect(claims).toMatchObject({
    sub: 'localhost:8443',
    context: { matrix: { room_id: salonId, server_name: 'localhost' }, user: { name: 'Ada Roux' } },
  });
  const check = await fetch(
    `${town.synapse.url}/_matrix/federation/v1/openid/userinfo?access_token=${claims.context.matrix.token}`,
  );
  expect(await check.json()).toEqual({ sub: '@ada:localhost' });
});

test('the others ring, see who is there, and the caller hears a refusal', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const { salonId, ringId, widgetId, conference } = await ringing(ada, 'Appel refusé', [bo]);
  const [ring] = await bo.until('rings', () => {
    const rings = bo.last('ringing');
    return rings !== null && rings.length > 0 && rings[0]?.peopleThere === 1 && rings;
  });
  expect(ring).toMatchObject({
    salonId,
    ringId,
    widgetId,
    conference,
    callerName: 'Ada Roux',
    salonName: 'Appel refusé',
  });
  expect(ring?.until).toBeGreaterThan(Date.now() + 10_000);
  const call = () => bo.list.salons.find((salon) => salon.id === salonId)?.call;
  await bo.until('call in list', () => call()?.people.includes('Ada Roux'));
  await bo.run('declineCall', { salonId, ringId });
  expect(bo.last('ringing')).toEqual([]);
  await ada.until('heard', () => ada.last('call-answers')?.declinedBy.includes('Bo Petit'));
  await ada.run('setInCall', { salonId, widgetId, inCall: false });
  await bo.until('call over', () => call() === null);
});

test('ringing ends when the caller stops it or leaves, and when the call is joined on another device', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const bosOther = await town.device('bo');
  const rings = (device: TestDevice) => () => (device.last('ringing')?.length ?? 0) === 1;
  const silent = (device: TestDevice) => () => device.last('ringing')?.length === 0;

  const { salonId, ringId, widgetId } = await ringing(ada, 'Appels', [bo]);
  await bo.until('rings 1', rings(bo));
  await ada.run('stopRinging', { salonId, ringId });
  await bo.until('stopped', silent(bo));

  await ada.run('ring', { salonId, widgetId, text: 'Ada appelle' });
  await bo.until('rings 2', rings(bo));
  await bosOther.until('rings there', rings(bosOther));
  await bosOther.run('setInCall', { salonId, widgetId, inCall: true });
  await bo.until('answered elsewhere', silent(bo));
  await bosOther.run('setInCall', { salonId, widgetId, inCall: false });

  await ada.run('ring', { salonId, widgetId, text: 'Ada appelle' });
  await bo.until('rings 3', rings(bo));
  await ada.run('setInCall', { salonId, widgetId, inCall: false });
  await bo.until('caller left', silent(bo));
  expect([ada.troubles, bo.troubles, bosOther.troubles]).toEqual([[], [], []]);
});
