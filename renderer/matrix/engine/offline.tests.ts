import { expect, test } from 'vitest';
import { sharedTown } from '../testing/shared-town.ts';

const town = sharedTown({ nina: 'Nina Roux', noe: 'Noé Petit' });

test('without the server, yesterday’s salons and conversation are there', async () => {
  const nina = await town.device('nina');
  const salonId = await town.salon('Hier', nina, []);
  await nina.run('sendText', { salonId, text: 'à demain', mentions: [] });
  await nina.until('sent', () =>
    nina.timeline?.items.find((item) => item.content.kind === 'text' && item.eventId),
  );
  const today = await town.again(nina, true);
  const salon = await today.salon('Hier');
  expect(salon).toMatchObject({ encrypted: true, lastLine: { kind: 'text', text: 'à demain', mine: true } });
  await today.until('offline', () => today.list.connection === 'offline');
  await today.run('open', { salonId });
  expect(await today.text('à demain')).toMatchObject({ mine: true });
  today.mend();
  await today.live();
  await today.until('asked', () => today.timeline?.older === 'start');
  expect(today.troubles).toEqual([]);
});

test('a message written without a line survives the program and goes when the line is back, once', async () => {
  const nina = await town.device('nina');
  const noe = await town.device('noe');
  const salonId = await town.salon('Tunnel', nina, [noe]);
  nina.line.cut();
  const { key } = await nina.run('sendText', { salonId, text: 'écrit dans le tunnel', mentions: [] });
  const next = await town.again(nina, true);
  await next.run('open', { salonId });
  const waiting = await next.text('écrit dans le tunnel');
  expect(waiting).toMatchObject({ key, sending: { state: 'failed', reason: 'offline' } });
  next.mend();
  await noe.text('écrit dans le tunnel');
  await next.until('sent', () =>
    next.timeline?.items.find((item) => item.eventId !== null && item.key === key),
  );
  const third = await town.again(next);
  await third.live();
  await third.run('open', { salonId });
  await third.text('écrit dans le tunnel');
  expect(noe.timeline?.items.filter((item) => item.content.kind === 'text')).toHaveLength(1);
  expect(third.timeline?.items.filter((item) => item.content.kind === 'text')).toHaveLength(1);
});

test('a message the server took, whose answer was lost with the program, is one message and not sent again', async () => {
  const nina = await town.device('nina');
  const noe = await town.device('noe');
  const salonId = await town.salon('Réponse perdue', nina, [noe]);
  const isSending = (method: string, url: string): boolean =>
    method === 'PUT' && url.includes('/send/m.room.encrypted/');
  nina.line.cutAfter = isSending;
  await nina.run('sendText', { salonId, text: 'une seule fois', mentions: [] });
  await nina.until('lost', () => nina.line.isCut);
  await noe.text('une seule fois');
  const next = await town.again(nina, true);
  let sent = 0;
  next.mend();
  next.line.cutAt = (method, url) => {
    if (isSending(method, url)) sent += 1;
    return false;
  };
  await next.live();
  await next.run('open', { salonId });
  await next.until('its event', () =>
    next.timeline?.items.find((item) => item.eventId !== null && item.content.kind === 'text'),
  );
  await next.run('sendText', { salonId, text: 'fin', mentions: [] });
  await noe.text('fin');
  const texts = (device: typeof nina) =>
    device.timeline?.items.filter((item) => item.content.kind === 'text') ?? [];
  expect(texts(noe)).toHaveLength(2);
  await next.until(
    'both',
    () => texts(next).length === 2 && texts(next).every((item) => item.eventId !== null),
  );
  expect(sent).toBe(1);
});

test('a message whose answer was lost days ago, before much else that was said, is found and not sent again', async () => {
  const nina = await town.device('nina');
  const noe = await town.device('noe');
  const salonId = await town.salon('Vendredi soir', nina, [noe]);
  const isSending = (method: string, url: string): boolean =>
    method === 'PUT' && url.includes('/send/m.room.encrypted/');
  nina.line.cutAfter = isSending;
  await nina.run('sendText', { salonId, text: 'bon week-end', mentions: [] });
  await noe.text('bon week-end');
  await nina.stop();
  for (const text of ['merci', 'à vous aussi', 'lundi !']) {
    await noe.run('sendText', { salonId, text, mentions: [] });
    await noe.until(text, () => noe.timeline?.items.at(-1)?.eventId);
  }
  const monday = await town.again(nina, true);
  monday.aheadMs = 3 * 86_400_000;
  let sent = 0;
  monday.mend();
  monday.line.cutAt = (method, url) => {
    if (isSending(method, url)) sent += 1;
    return false;
  };
  await monday.until('nothing waits', async () => (await monday.run('countUnsent', {})).unsent === 0);
  expect(sent).toBe(0);
});

test('a message the server will never take says so and can be thrown away', async () => {
  const nina = await town.device('nina');
  const salonId = await town.salon('Trop long', nina, []);
  const { key } = await nina.run('sendText', { salonId, text: 'x'.repeat(70_000), mentions: [] });
  const failed = await nina.until('failed', () =>
    nina.timeline?.items.find((item) => item.key === key && item.sending.state === 'failed'),
  );
  expect(failed.sending).toEqual({ state: 'failed', reason: 'too-large' });
  expect(failed.content).toMatchObject({ kind: 'text', cut: true });
  await nina.run('discardUnsent', { salonId, key });
  await nina.until('gone', () => nina.timeline?.items.every((item) => item.key !== key));
});

test('an edit the server will never take says so on the message, and taking it back shows what it was', async () => {
  const nina = await town.device('nina');
  const salonId = await town.salon('Retouche trop longue', nina, []);
  const { key } = await nina.run('sendText', { salonId, text: 'court', mentions: [] });
  const sent = await nina.until('sent', () =>
    nina.timeline?.items.find((item) => item.key === key && item.eventId),
  );
  await nina.run('editText', { salonId, eventId: sent.eventId ?? '', text: 'x'.repeat(70_000) });
  const item = () => nina.timeline?.items.find((one) => one.key === key);
  await nina.until('failed', () => item()?.sending.state === 'failed');
  expect(item()).toMatchObject({ sending: { reason: 'too-large' }, eventId: sent.eventId });
  await nina.run('discardUnsent', { salonId, key });
  await nina.until('as before', () => item()?.sending.state === 'sent');
  expect(item()?.content).toMatchObject({ text: 'court' });
});

test('the card of a file that is sent twice under one transaction is one message', async () => {
  const nina = await town.device('nina');
  const salonId = await town.salon('Cartes', nina, []);
  const card = {
    salonId,
    transactionId: 'transfer-1',
    path: 'plans/place.pdf',
    fileId: '12',
    size: 3,
    mimeType: 'application/pdf',
    link: null,
  };
  const cards = () => nina.timeline?.items.filter((item) => item.content.kind === 'folder-file') ?? [];
  expect(await nina.run('sendFolderFile', card)).toEqual({ key: 'transfer-1' });
  await nina.run('sendFolderFile', card);
  await nina.until('sent', () => cards()[0]?.eventId);
  // The answer was lost with the worker: the interface asks again.
  const again = await town.again(nina);
  await again.live();
  await again.run('sendFolderFile', card);
  await again.run('sendText', { salonId, text: 'fin', mentions: [] });
  await again.run('open', { salonId });
  await again.until('after it', () =>
    again.timeline?.items.find((item) => item.content.kind === 'text' && item.eventId),
  );
  const shown = again.timeline?.items.filter((item) => item.content.kind === 'folder-file');
  expect(shown).toHaveLength(1);
});

test('a session that was revoked is told once, and what was written stays', async () => {
  const nina = await town.device('nina');
  await town.salon('Révoquée', nina, []);
  const headers = { authorization: `Bearer ${nina.session.accessToken}` };
  await fetch(`${town.synapse.url}/_matrix/client/v3/logout`, { method: 'POST', headers });
  await nina.until('signed out', () => nina.list.connection === 'signed-out');
  expect(nina.list.salons.map((salon) => salon.name)).toContain('Révoquée');
  const requests = nina.line.requests;
  await new Promise((resolve) => {
    setTimeout(resolve, 1500);
  });
  expect(nina.line.requests).toBe(requests);
  expect(nina.troubles).toEqual([]);
});

test('wiping leaves no database of this person', async () => {
  const nina = await town.device('nina');
  const mine = async (): Promise<string[]> =>
    (await indexedDB.databases())
      .map(({ name }) => name ?? '')
      .filter((name) => name.includes(nina.session.deviceId));
  expect(await mine()).not.toEqual([]);
  await nina.stop(true);
  expect(await mine()).toEqual([]);
});
