import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestDevice } from '../testing/device.ts';
import { Town } from '../testing/town.ts';

let town: Town;

beforeAll(async () => {
  town = await Town.open({ ada: 'Ada Roux', bo: 'Bo Petit' });
});
afterEach(() => town.clear());
afterAll(() => town.close());

async function post(path: string, body: object, token?: string): Promise<{ access_token: string }> {
  const response = await fetch(`${town.synapse.url}/_matrix/client/v3/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

test('a device whose session the server ended is written to again after signing in anew', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const { code } = await ada.run('createRecoveryCode', { password: 'pw' });
  await ada.run('confirmRecoveryCode', { code });
  const salonId = await town.salon('Suite', ada, [bo]);
  await bo.run('sendText', { salonId, text: 'avant', mentions: [] });
  await ada.text('avant');

  await post('logout/all', {}, ada.session.accessToken);
  await ada.until('signed out', () => ada.list.connection === 'signed-out');
  await ada.stop();
  const login = {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: 'ada' },
    password: 'pw',
    device_id: ada.session.deviceId,
  };
  const { access_token: accessToken } = await post('login', login);
  const again = new TestDevice({ ...ada.session, accessToken });
  try {
    await again.start();
    await again.live();
    await again.until('protected', () => again.last('protection')?.state === 'ready');
    await again.run('open', { salonId });
    await bo.run('sendText', { salonId, text: 'après', mentions: [] });
    expect(await again.text('après')).toMatchObject({ mine: false });
    await again.run('sendText', { salonId, text: 'réponse', mentions: [] });
    await bo.text('réponse');
    expect(again.troubles).toEqual([]);
  } finally {
    await again.stop();
  }
});
