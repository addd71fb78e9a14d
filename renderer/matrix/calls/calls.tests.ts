import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { TestDevice } from '../testing/device.ts';
import { sharedTown } from '../testing/shared-town.ts';

const DOMAINS = ['meet.example.org', 'localhost:8443'];
const town = sharedTown({ ina: 'Ina Roux', jo: 'Jo Petit' });

async function ringing(caller: TestDevice, name: string, others: readonly TestDevice[]) {
  const salonId = await town.salon(name, caller, others);
  const call = await caller.run('prepareCall', { salonId, domains: DOMAINS });
  const { widgetId } = call;
  await caller.run('setInCall', { salonId, widgetId, inCall: true });
  const { ringId } = await caller.run('ring', { salonId, widgetId, text: 'Ina appelle' });
  return { salonId, ringId, ...call };
}

test('both find the same conference, made as Element makes it', async () => {
  const ina = await town.device('ina');
  const jo = await town.device('jo');
  const salonId = await town.salon('Point du lundi', ina, [jo]);
  const first = await ina.run('prepareCall', { salonId, domains: DOMAINS });
  expect(first).toMatchObject({ conference: { domain: 'meet.example.org', auth: 'none' }, jwt: null });
  expect(await jo.run('prepareCall', { salonId, domains: DOMAINS })).toEqual(first);
  const { content } = await town.synapse.seeder.request<{ content: Record<string, unknown> }>(
    'ina',
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
  const ina = await town.device('ina');
  const jo = await town.device('jo');
  const salonId = await town.salon('À la même seconde', ina, [jo]);
  const [hers, his] = await Promise.all([
    ina.run('prepareCall', { salonId, domains: DOMAINS }),
    jo.run('prepareCall', { salonId, domains: DOMAINS }),
  ]);
  expect(his).toEqual(hers);
  const state = await town.synapse.seeder.request<{ type: string; content: object }[]>(
    'ina',
    'GET',
    `rooms/${salonId}/state`,
  );
  const widgets = state.filter(({ type }) => type === 'im.vector.modular.widgets');
  expect(widgets.filter(({ content }) => Object.keys(content).length > 0)).toHaveLength(1);
  // A third who presses now may still be told of both.
  await jo.until('one left', async () => {
    const third = await jo.run('prepareCall', { salonId, domains: DOMAINS });
    return isDeepStrictEqual(third, hers);
  });
});

test('Element’s conference is used where its domain is allowed, with a token where it asks for one', async () => {
  const ina = await town.device('ina');
  const salonId = await town.salon('Comme Element', ina, []);
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
  await town.synapse.seeder.setState('ina', salonId, 'im.vector.modular.widgets', 'aEvil', evil);
  await town.synapse.seeder.setState('ina', salonId, 'im.vector.modular.widgets', 'w1', widget);
  const call = await ina.until('known', async () => {
    await ina.until(
      'line',
      () => ina.timeline?.items.filter((item) => item.content.kind === 'call').length === 2,
    );
    return await ina.run('prepareCall', { salonId, domains: DOMAINS });
  });
  expect(call).toMatchObject({
    widgetId: 'w1',
    conference: { domain: 'localhost:8443', conferenceId: 'MFXGIZLM' },
  });
  const [, payload] = (call.jwt ?? '').split('.');
  const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
  expect(claims).toMatchObject({
    sub: 'localhost:8443',
    context: { matrix: { room_id: salonId, server_name: 'localhost' }, user: { name: 'Ina Roux' } },
  });
  const check = await fetch(
    `${town.synapse.url}/_matrix/federation/v1/openid/userinfo?access_token=${claims.context.matrix.token}`,
  );
  expect(await check.json()).toEqual({ sub: '@ina:localhost' });
});

test('the others ring, see who is there, and the caller hears a refusal', async () => {
  const ina = await town.device('ina');
  const jo = await town.device('jo');
  const { salonId, ringId, widgetId, conference } = await ringing(ina, 'Appel refusé', [jo]);
  const [ring] = await jo.until('rings', () => {
    const rings = jo.last('ringing');
    return rings !== null && rings.length > 0 && rings[0]?.peopleThere === 1 && rings;
  });
  expect(ring).toMatchObject({
    salonId,
    ringId,
    widgetId,
    conference,
    callerName: 'Ina Roux',
    salonName: 'Appel refusé',
  });
  expect(ring?.until).toBeGreaterThan(Date.now() + 10_000);
  const call = () => jo.list.salons.find((salon) => salon.id === salonId)?.call;
  await jo.until('call in list', () => call()?.people.includes('Ina Roux'));
  await jo.run('declineCall', { salonId, ringId });
  expect(jo.last('ringing')).toEqual([]);
  await ina.until('heard', () => ina.last('call-answers')?.declinedBy.includes('Jo Petit'));
  await ina.run('setInCall', { salonId, widgetId, inCall: false });
  await jo.until('call over', () => call() === null);
});

test('ringing ends when the caller stops it or leaves, and when the call is joined on another device', async () => {
  const ina = await town.device('ina');
  const jo = await town.device('jo');
  const josOther = await town.device('jo');
  const rings = (device: TestDevice) => () => (device.last('ringing')?.length ?? 0) === 1;
  const silent = (device: TestDevice) => () => device.last('ringing')?.length === 0;

  const { salonId, ringId, widgetId } = await ringing(ina, 'Appels', [jo]);
  await jo.until('rings 1', rings(jo));
  await ina.run('stopRinging', { salonId, ringId });
  await jo.until('stopped', silent(jo));

  await ina.run('ring', { salonId, widgetId, text: 'Ina appelle' });
  await jo.until('rings 2', rings(jo));
  await josOther.until('rings there', rings(josOther));
  await josOther.run('setInCall', { salonId, widgetId, inCall: true });
  await jo.until('answered elsewhere', silent(jo));
  await josOther.run('setInCall', { salonId, widgetId, inCall: false });

  await ina.run('ring', { salonId, widgetId, text: 'Ina appelle' });
  await jo.until('rings 3', rings(jo));
  await ina.run('setInCall', { salonId, widgetId, inCall: false });
  await jo.until('caller left', silent(jo));
  expect([ina.troubles, jo.troubles, josOther.troubles]).toEqual([[], [], []]);
});
