import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Town } from '../testing/town.ts';

let town: Town;

beforeAll(async () => {
  town = await Town.open({ ada: 'Ada Roux', bo: 'Bo Petit', cy: 'Cy Noir' });
});
afterEach(() => town.clear());
afterAll(() => town.close());

test('a first device makes a code; a second one reads the history with it and not without', async () => {
  const first = await town.device('ada');
  await first.until('needs setup', () => first.last('protection')?.state === 'needs-setup');
  const { code } = await first.run('createRecoveryCode', { password: null });
  expect(code).toMatch(/^(\w{4} )+\w{1,4}$/);
  expect(first.last('protection')).toEqual({ state: 'needs-setup' });
  await expect(first.run('confirmRecoveryCode', { code: 'Zzzz' })).rejects.toMatchObject({
    code: 'wrong-code',
  });
  await first.run('confirmRecoveryCode', { code: code.slice(-9) });
  expect(first.last('protection')).toEqual({ state: 'ready' });

  const salonId = await town.salon('Secrets', first, []);
  await first.run('sendText', { salonId, text: 'lisible plus tard', mentions: [] });
  await first.until('sent', () =>
    first.timeline?.items.find((item) => item.content.kind === 'text' && item.eventId),
  );

  const second = await town.device('ada');
  await second.until('needs code', () => second.last('protection')?.state === 'needs-code');
  await second.salon('Secrets');
  await second.run('open', { salonId });
  await second.until('unreadable', () =>
    second.timeline?.items.find((item) => item.content.kind === 'unreadable'),
  );
  await expect(second.run('useRecoveryCode', { code: 'EsTc 1234' })).rejects.toMatchObject({
    code: 'wrong-code',
  });
  await first.until('backed up', async () => (await backedUp(first.session.accessToken)) > 0);
  const { restored } = await second.run('useRecoveryCode', { code });
  expect(restored).toBeGreaterThan(0);
  expect(second.last('protection')).toEqual({ state: 'ready' });
  expect(await second.text('lisible plus tard')).toMatchObject({ mine: true });
  await second.until('line', () => second.list.salons[0]?.lastLine?.kind === 'text');
  expect([first.troubles, second.troubles]).toEqual([[], []]);
});

async function backedUp(token: string): Promise<number> {
  const response = await fetch(`${town.synapse.url}/_matrix/client/v3/room_keys/version`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return z.object({ count: z.number() }).parse(await response.json()).count;
}

test('a set-up that was cut off before the code was kept begins again with a new code', async () => {
  const before = await town.device('bo');
  const { code } = await before.run('createRecoveryCode', { password: null });
  const after = await town.again(before);
  await after.until('needs setup', () => after.last('protection')?.state === 'needs-setup');
  await expect(after.run('confirmRecoveryCode', { code })).rejects.toMatchObject({ code: 'wrong-code' });
  const again = await after.run('createRecoveryCode', { password: null });
  expect(again.code).not.toBe(code);
  await after.run('confirmRecoveryCode', { code: again.code });
  expect(after.last('protection')).toEqual({ state: 'ready' });
  const second = await town.device('bo');
  await second.until('needs code', () => second.last('protection')?.state === 'needs-code');
  await expect(second.run('useRecoveryCode', { code })).rejects.toMatchObject({ code: 'wrong-code' });
  await second.run('useRecoveryCode', { code: again.code });
  expect(second.last('protection')).toEqual({ state: 'ready' });
});

test('keys that nobody can open any more are replaced, for which the server wants the password', async () => {
  const lost = await town.device('cy');
  await lost.run('createRecoveryCode', { password: null });
  const userId = encodeURIComponent(lost.session.userId);
  await fetch(
    `${town.synapse.url}/_matrix/client/v3/user/${userId}/account_data/m.secret_storage.default_key`,
    {
      method: 'PUT',
      headers: { authorization: `Bearer ${lost.session.accessToken}` },
      body: '{}',
    },
  );
  await lost.stop(true);
  const next = await town.device('cy');
  await next.until('needs setup', () => next.last('protection')?.state === 'needs-setup');
  const make = (password: string | null) => next.run('createRecoveryCode', { password });
  await expect(make(null)).rejects.toMatchObject({ code: 'password-needed' });
  await expect(make('not it')).rejects.toMatchObject({ code: 'password-needed' });
  const { code } = await make('pw');
  await next.run('confirmRecoveryCode', { code });
  expect(next.last('protection')).toEqual({ state: 'ready' });
});
