import { expect, test } from 'vitest';
import type { TestDevice } from '../testing/device.ts';
import { sharedTown } from '../testing/shared-town.ts';

const town = sharedTown({ ada: 'Ada Roux', bo: 'Bo Petit', cy: 'Cy Noir (Atelier Rhône)' });

const untroubled = (...devices: TestDevice[]): void => {
  expect(devices.map((device) => device.troubles)).toEqual(devices.map(() => []));
};

test('an invitation, a message and its echo: encrypted, once, with the same key throughout', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const { salonId } = await ada.run('createSalon', {
    name: 'Place Bellecour',
    invite: ['@bo:localhost'],
    folder: { server: 'http://127.0.0.1:1', fileId: '7', name: 'Place Bellecour', access: 'shares' },
    membersMayCall: true,
    creationId: 'creation-1',
  });
  expect(await bo.salon('Place Bellecour')).toMatchObject({
    membership: 'invited',
    lastLine: { kind: 'invited', sender: 'Ada Roux' },
  });
  await bo.run('acceptInvite', { salonId });
  await Promise.all([ada.run('open', { salonId }), bo.run('open', { salonId })]);

  const { key } = await ada.run('sendText', { salonId, text: 'Bonjour Bo', mentions: ['@bo:localhost'] });
  const read = await bo.text('Bonjour Bo');
  expect(read).toMatchObject({ mine: false, sender: { name: 'Ada Roux' }, sending: { state: 'sent' } });
  const sent = await ada.until('sent', () =>
    ada.timeline?.items.find((item) => item.eventId === read.eventId && item.sending.state === 'sent'),
  );
  expect(sent.key).toBe(key);
  const texts = ada.timeline?.items.filter((item) => item.content.kind === 'text');
  expect(texts).toHaveLength(1);
  await bo.until('line', () => bo.list.salons[0]?.mentions === 1);
  expect(bo.list.salons[0]).toMatchObject({
    encrypted: true,
    unread: 1,
    memberCount: 2,
    folder: { fileId: '7' },
    lastLine: { kind: 'text', text: 'Bonjour Bo', mine: false, sender: 'Ada Roux' },
  });
  expect(bo.all('notable')).toMatchObject([{ salonId, mention: true, senderName: 'Ada Roux' }]);
  await bo.run('markRead', { salonId });
  await bo.until('read', () => bo.list.salons[0]?.unread === 0);
  expect(await ada.run('findCreation', { creationId: 'creation-1' })).toEqual({ salonId });
  expect(await ada.run('findCreation', { creationId: 'never' })).toEqual({ salonId: null });
  untroubled(ada, bo);
});

test('the first word in a salon that was made this moment is encrypted, however much of it a sync has told', async () => {
  const ada = await town.device('ada');
  for (let index = 0; index < 10; index += 1) {
    const salonId = await town.salon(`Neuf ${index}`, ada, []);
    await ada.run('sendText', { salonId, text: 'premier mot', mentions: [] });
    await ada.until('sent', () =>
      ada.timeline?.items.find((item) => item.content.kind === 'text' && item.eventId),
    );
    const { chunk } = await town.synapse.seeder.request<{ chunk: { type: string }[] }>(
      'ada',
      'GET',
      `rooms/${salonId}/messages?dir=b&limit=20`,
    );
    const types = chunk.map(({ type }) => type);
    expect(types).toContain('m.room.encrypted');
    expect(types).not.toContain('m.room.message');
  }
});

test('what is read on one device is read on the other, and pinned there too', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const bosOther = await town.device('bo');
  const salonId = await town.salon('Lecture', ada, [bo]);
  await ada.run('sendText', { salonId, text: 'un', mentions: [] });
  await ada.run('sendText', { salonId, text: 'deux', mentions: [] });
  const here = () => bo.list.salons.find((salon) => salon.id === salonId);
  const there = () => bosOther.list.salons.find((salon) => salon.id === salonId);
  await bo.until('two unread here', () => here()?.unread === 2);
  await bosOther.until('two unread there', () => there()?.unread === 2);
  await bo.run('markRead', { salonId });
  await bosOther.until('read there', () => there()?.unread === 0);
  await bo.run('setPinned', { salonId, pinned: true });
  await bosOther.until('pinned there', () => there()?.pinned);
  expect(bosOther.list.salons[0]?.id).toBe(salonId);
});

test('edits, reactions, deletions and typing reach the other', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const salonId = await town.salon('Retouches', ada, [bo]);
  await ada.run('sendText', { salonId, text: 'Rendez-vous à 9h', mentions: [] });
  const { eventId } = await bo.text('Rendez-vous à 9h');
  expect(eventId).not.toBeNull();
  await bo.run('react', { salonId, eventId: eventId ?? '', reaction: '👍' });
  const item = () => ada.timeline?.items.find((one) => one.eventId === eventId);
  await ada.until('reaction', () => item()?.reactions[0]?.count === 1);
  await bo.until('own reaction came', () => bo.timeline?.items.find((one) => one.reactions[0]?.mine));
  await ada.run('editText', { salonId, eventId: eventId ?? '', text: 'Rendez-vous à 10h' });
  expect(await bo.text('Rendez-vous à 10h')).toMatchObject({ eventId, edited: true });
  await bo.until('edited line', () =>
    bo.list.salons.find(
      (one) => one.id === salonId && one.lastLine?.kind === 'text' && one.lastLine.text.endsWith('10h'),
    ),
  );
  await bo.run('setTyping', { salonId, typing: true });
  await ada.until('typing', () => ada.timeline?.typing.includes('Bo Petit'));
  await bo.run('react', { salonId, eventId: eventId ?? '', reaction: '👍' });
  await ada.until('reaction taken back', () => item()?.reactions.length === 0);
  await ada.run('deleteMessage', { salonId, eventId: eventId ?? '' });
  await bo.until('deleted', () =>
    bo.timeline?.items.find((one) => one.eventId === eventId && one.content.kind === 'deleted'),
  );
  untroubled(ada, bo);
});

test('history goes back to the beginning of the salon', async () => {
  const ada = await town.device('ada');
  const salonId = await town.salon('Longue histoire', ada, []);
  // Who hears each line as it is said costs as much again.
  await ada.stop();
  for (let index = 0; index < 70; index += 1) {
    await town.synapse.seeder.send('ada', salonId, 'm.room.message', {
      msgtype: 'm.text',
      body: `ligne ${index}`,
    });
  }
  const fresh = await town.device('ada');
  await fresh.salon('Longue histoire');
  await fresh.run('open', { salonId });
  await fresh.text('ligne 69');
  for (let page = 0; page < 5 && fresh.timeline?.older !== 'start'; page += 1) {
    await fresh.until('more', () => fresh.timeline?.older !== 'loading');
    await fresh.run('loadOlder', { salonId });
    await fresh.until('loaded', () => fresh.timeline?.older !== 'loading');
  }
  await fresh.until('start', () => fresh.timeline?.older === 'start');
  expect(fresh.timeline?.items[0]?.content.kind).toBe('created');
  const texts = fresh.timeline?.items.flatMap(({ content }) =>
    content.kind === 'text' ? [content.text] : [],
  );
  expect(texts).toEqual(Array.from({ length: 70 }, (_, index) => `ligne ${index}`));
});

test('whoever comes back reads what was said before leaving, past all that was said without them', async () => {
  const { seeder } = town.synapse;
  const { room_id: salonId } = await seeder.request<{ room_id: string }>('bo', 'POST', 'createRoom', {
    preset: 'private_chat',
    name: 'Va-et-vient',
    invite: ['@ada:localhost'],
    initial_state: [
      { type: 'm.room.history_visibility', state_key: '', content: { history_visibility: 'joined' } },
    ],
  });
  const say = (body: string) => seeder.send('bo', salonId, 'm.room.message', { msgtype: 'm.text', body });
  await seeder.request('ada', 'POST', `rooms/${salonId}/join`, {});
  await say('avant');
  await seeder.request('ada', 'POST', `rooms/${salonId}/leave`, {});
  await Promise.all(Array.from({ length: 180 }, (_, index) => say(`sans Ada ${index}`)));
  await seeder.request('bo', 'POST', `rooms/${salonId}/invite`, { user_id: '@ada:localhost' });
  await seeder.request('ada', 'POST', `rooms/${salonId}/join`, {});
  await say('après');
  const ada = await town.device('ada');
  await ada.salon('Va-et-vient');
  await ada.run('open', { salonId });
  await ada.text('après');
  await ada.until('asked', () => ada.timeline?.older === 'more');
  await ada.run('loadOlder', { salonId });
  await ada.text('avant');
  expect(ada.timeline?.items.filter((item) => item.content.kind === 'text')).toHaveLength(2);
  expect(ada.troubles).toEqual([]);
});

test('people are found in the directory, partners with their organisation', async () => {
  const ada = await town.device('ada');
  await ada.stop();
  await ada.run('start', {
    session: ada.session,
    partners: { agentServers: [], partnerUserNames: ['cy'] },
  });
  // The server fills its directory a moment after people are registered.
  const hits = await ada.until('found', async () => {
    const found = await ada.run('searchDirectory', { term: 'noir' });
    return found.hits.length > 0 && found.hits;
  });
  expect(hits).toEqual([{ userId: '@cy:localhost', name: 'Cy Noir', partnerOf: 'Atelier Rhône' }]);
});

test('a left salon goes from the list, and only managers invite', async () => {
  const ada = await town.device('ada');
  const bo = await town.device('bo');
  const salonId = await town.salon('De passage', ada, [bo]);
  const details = await bo.until('details', () => bo.last('details'));
  expect(details.may).toEqual({ write: true, call: true, invite: false });
  expect(details.members.map(({ name, role }) => [name, role])).toEqual([
    ['Ada Roux', 'manager'],
    ['Bo Petit', 'member'],
  ]);
  await expect(bo.run('invite', { salonId, userId: '@cy:localhost' })).rejects.toMatchObject({
    code: 'refused',
  });
  await bo.run('leave', { salonId });
  await bo.until('gone', () => bo.list.salons.every((salon) => salon.id !== salonId));
  await ada.until(
    'one member',
    () => ada.list.salons.find((salon) => salon.id === salonId)?.memberCount === 1,
  );
});
