import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Approval } from '../../../preload/contract/accounts.ts';
import { isPassing, toCommandError } from '../http/chat-error.ts';
import { TestDevice } from '../testing/device.ts';
import { Town } from '../testing/town.ts';

let town: Town;

beforeAll(async () => {
  town = await Town.open(
    {
      ada: 'Ada Roux',
      bo: 'Bo Petit',
      cy: 'Cy Noir',
      di: 'Di Blanc',
      ed: 'Ed Brun',
      fa: 'Fa Gris',
      gi: 'Gi Vert',
      ha: 'Ha Rose',
      io: 'Io Roux',
      ka: 'Ka Bleu',
      lo: 'Lo Jaune',
      ma: 'Ma Gris',
    },
    { hu: 'Hu Ocre' },
  );
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

test('lines of the list that an earlier run could not read are read with the code', async () => {
  const first = await town.device('gi');
  const { code } = await first.run('createRecoveryCode', { password: null });
  await first.run('confirmRecoveryCode', { code });
  const salonId = await town.salon('Lignes', first, []);
  await first.run('sendText', { salonId, text: 'lue plus tard', mentions: [] });
  await first.until('backed up', async () => (await backedUp(first.session.accessToken)) > 0);
  const second = await town.device('gi');
  const line = (device: typeof second) => device.list.salons[0]?.lastLine;
  await second.until('unreadable', () => line(second)?.kind === 'unreadable');
  const again = await town.again(second);
  await again.until('needs code', () => again.last('protection')?.state === 'needs-code');
  expect(line(again)?.kind).toBe('unreadable');
  await again.run('useRecoveryCode', { code });
  await again.until('read', () => line(again)?.kind === 'text');
  expect(again.troubles).toEqual([]);
});

test('a message of a moment ago is read as soon as the other device has put its key into the backup', async () => {
  const first = await town.device('ma');
  const { code } = await first.run('createRecoveryCode', { password: null });
  await first.run('confirmRecoveryCode', { code });
  const salonId = await town.salon('Tout de suite', first, []);
  await first.run('sendText', { salonId, text: 'à l’instant', mentions: [] });
  await first.until('backed up', async () => (await backedUp(first.session.accessToken)) > 0);
  const second = await town.device('ma');
  await second.until('needs code', () => second.last('protection')?.state === 'needs-code');
  // As if it were not there yet.
  let isThere = false;
  const none = (url: string) =>
    url.includes(encodeURIComponent(salonId))
      ? Response.json({ errcode: 'M_NOT_FOUND', error: 'No room_keys found' }, { status: 404 })
      : Response.json({ rooms: {} });
  second.line.instead = (url) => (isThere || !url.includes('/room_keys/keys') ? null : none(url));
  await second.run('useRecoveryCode', { code });
  await second.salon('Tout de suite');
  await second.run('open', { salonId });
  await second.until('unreadable', () =>
    second.timeline?.items.find((item) => item.content.kind === 'unreadable'),
  );
  isThere = true;
  const since = performance.now();
  expect(await second.text('à l’instant')).toMatchObject({ mine: true });
  // Not by the next start or turn of the sync.
  expect(performance.now() - since).toBeLessThan(20_000);
});

const Backup = z.object({ count: z.number(), version: z.string() });

/** The newest backup, or the one of a version. */
async function backupOf(token: string, version = ''): Promise<z.infer<typeof Backup>> {
  const response = await fetch(
    `${town.synapse.url}/_matrix/client/v3/room_keys/version${version && `/${version}`}`,
    {
      headers: { authorization: `Bearer ${token}` },
    },
  );
  return Backup.parse(await response.json());
}

async function backedUp(token: string): Promise<number> {
  return (await backupOf(token)).count;
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

test('a set-up that broke off before its code was shown is no set-up', async () => {
  const before = await town.device('di');
  let isMade = false;
  before.line.cutAt = (method, url) => {
    const cut = isMade && method === 'PUT';
    isMade ||= url.includes('m.secret_storage.default_key') && method === 'PUT';
    return cut;
  };
  await expect(before.run('createRecoveryCode', { password: null })).rejects.toSatisfy(isPassing);
  expect(isMade).toBe(true);
  const after = await town.again(before);
  await after.until('needs setup', () => after.last('protection')?.state === 'needs-setup');
  const { code } = await after.run('createRecoveryCode', { password: null });
  await after.run('confirmRecoveryCode', { code });
  expect(after.last('protection')).toEqual({ state: 'ready' });
});

test('a code that was taken only half is asked for again, and then opens the history', async () => {
  const first = await town.device('ed');
  const { code } = await first.run('createRecoveryCode', { password: null });
  await first.run('confirmRecoveryCode', { code });
  const second = await town.device('ed');
  await second.until('needs code', () => second.last('protection')?.state === 'needs-code');
  second.line.cutAt = (method, url) => method === 'GET' && url.includes('m.megolm_backup.v1');
  await expect(second.run('useRecoveryCode', { code })).rejects.toSatisfy(isPassing);
  const again = await town.again(second);
  await again.until('needs code', () => again.last('protection')?.state === 'needs-code');
  await again.run('useRecoveryCode', { code });
  expect(again.last('protection')).toEqual({ state: 'ready' });
});

test('a device that could not ask for the backup at its start still puts its keys there', async () => {
  const device = await town.device('fa');
  const { code } = await device.run('createRecoveryCode', { password: null });
  await device.run('confirmRecoveryCode', { code });
  const next = await town.again(device, true);
  let hasAsked = false;
  next.line.cutAt = (_method, url) => {
    hasAsked ||= url.includes('/room_keys/version');
    return false;
  };
  await next.until('asked in vain', () => hasAsked && next.list.connection === 'offline');
  next.mend();
  await next.live();
  await next.until('ready', () => next.last('protection')?.state === 'ready');
  const salonId = await town.salon('Gardé', next, []);
  await next.run('sendText', { salonId, text: 'à garder', mentions: [] });
  await next.until('backed up', async () => (await backedUp(next.session.accessToken)) > 0);
  expect(next.troubles).toEqual([]);
});

/** What a person does in their browser on the page where the server asks. */
function approve(name: string, { stage, session }: Approval): Promise<unknown> {
  return town.visit(
    name,
    `${town.synapse.url}/_matrix/client/v3/auth/${stage}/fallback/web?session=${session}`,
  );
}

/** Takes the code that nobody kept away, as if the set-up had been cut off. */
async function loseCode({ session: { userId, accessToken } }: TestDevice): Promise<void> {
  const path = `user/${encodeURIComponent(userId)}/account_data/m.secret_storage.default_key`;
  await fetch(`${town.synapse.url}/_matrix/client/v3/${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${accessToken}` },
    body: '{}',
  });
}

test('an agent without a password makes a code at once, and approves in the browser that lost keys are replaced', async () => {
  const lost = await town.agentsDevice('hu');
  await lost.run('createRecoveryCode', { password: null });
  await loseCode(lost);
  await lost.stop(true);
  const next = await town.agentsDevice('hu');
  await next.until('needs setup', () => next.last('protection')?.state === 'needs-setup');
  const refused = await next.run('createRecoveryCode', { password: null }).catch(toCommandError);
  if (!('approval' in refused) || !refused.approval) throw new Error('no approval asked for');
  const { stage, session } = refused.approval;
  expect(stage).toBe('m.login.sso');
  const early = next.run('createRecoveryCode', { password: null, approved: session });
  await expect(early).rejects.toMatchObject({ code: 'approval-needed', approval: { session } });
  await approve('hu', refused.approval);
  const { code } = await next.run('createRecoveryCode', { password: null, approved: session });
  await next.run('confirmRecoveryCode', { code });
  expect(next.last('protection')).toEqual({ state: 'ready' });
});

test('a code that is lost is replaced on another device, when the person says so and the server is sure of them', async () => {
  const first = await town.device('ha');
  const old = await first.run('createRecoveryCode', { password: null });
  await first.run('confirmRecoveryCode', old);
  const salonId = await town.salon('Mémoire', first, []);
  await first.run('sendText', { salonId, text: 'écrit avant la perte', mentions: [] });
  await first.until('backed up', async () => (await backedUp(first.session.accessToken)) === 1);
  const before = await backupOf(first.session.accessToken);
  const second = await town.device('ha');
  await second.until('needs code', () => second.last('protection')?.state === 'needs-code');
  const make = (proof: { password: string | null; lost?: boolean }) =>
    second.run('createRecoveryCode', proof);
  await expect(make({ password: 'pw' })).rejects.toMatchObject({ code: 'refused' });
  await expect(make({ password: null, lost: true })).rejects.toMatchObject({ code: 'password-needed' });
  await second.salon('Mémoire');
  await second.run('open', { salonId });
  await second.run('sendText', { salonId, text: 'écrit sans le code', mentions: [] });
  await first.stop();
  const { code } = await make({ password: 'pw', lost: true });
  await second.run('confirmRecoveryCode', { code });
  expect(second.last('protection')).toEqual({ state: 'ready' });

  const { version } = await backupOf(second.session.accessToken);
  expect(version).not.toBe(before.version);
  expect(await backupOf(second.session.accessToken, before.version)).toEqual(before);

  const again = await town.again(first);
  await again.until('needs code', () => again.last('protection')?.state === 'needs-code');
  await expect(again.run('useRecoveryCode', old)).rejects.toMatchObject({ code: 'wrong-code' });
  await again.run('useRecoveryCode', { code });
  expect(again.last('protection')).toEqual({ state: 'ready' });

  await again.until('both backed up', async () => (await backedUp(again.session.accessToken)) === 2);
  const third = await town.device('ha');
  await third.until('needs code', () => third.last('protection')?.state === 'needs-code');
  await third.run('useRecoveryCode', { code });
  await third.salon('Mémoire');
  await third.run('open', { salonId });
  await third.text('écrit avant la perte');
  await third.text('écrit sans le code');
});

test('keys that nobody can open any more are replaced, for which the server wants the password', async () => {
  const lost = await town.device('cy');
  await lost.run('createRecoveryCode', { password: null });
  await loseCode(lost);
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

test('who signs out right after writing reads that with the code: its key is safe before the device goes', async () => {
  const first = await town.device('io');
  await first.until('needs setup', () => first.last('protection')?.state === 'needs-setup');
  const { code } = await first.run('createRecoveryCode', { password: null });
  await first.run('confirmRecoveryCode', { code });
  const salonId = await town.salon('Au revoir', first, []);
  await first.run('sendText', { salonId, text: 'dernier mot', mentions: [] });
  await first.until('sent', () =>
    first.timeline?.items.find((item) => item.content.kind === 'text' && item.eventId),
  );
  await first.stop(true);
  const second = await town.device('io');
  await second.salon('Au revoir');
  await second.run('open', { salonId });
  await second.run('useRecoveryCode', { code });
  expect(await second.text('dernier mot')).toMatchObject({ mine: true });
});

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
  const ka = await town.device('ka');
  const lo = await town.device('lo');
  const { code } = await ka.run('createRecoveryCode', { password: 'pw' });
  await ka.run('confirmRecoveryCode', { code });
  const salonId = await town.salon('Suite', ka, [lo]);
  await lo.run('sendText', { salonId, text: 'avant', mentions: [] });
  await ka.text('avant');

  await post('logout/all', {}, ka.session.accessToken);
  await ka.until('signed out', () => ka.list.connection === 'signed-out');
  await ka.stop();
  const login = {
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: 'ka' },
    password: 'pw',
    device_id: ka.session.deviceId,
  };
  const { access_token: accessToken } = await post('login', login);
  const again = new TestDevice({ ...ka.session, accessToken });
  try {
    await again.start();
    await again.live();
    await again.until('protected', () => again.last('protection')?.state === 'ready');
    await again.run('open', { salonId });
    await lo.run('sendText', { salonId, text: 'après', mentions: [] });
    expect(await again.text('après')).toMatchObject({ mine: false });
    await again.run('sendText', { salonId, text: 'réponse', mentions: [] });
    await lo.text('réponse');
    expect(again.troubles).toEqual([]);
  } finally {
    await again.stop();
  }
});
