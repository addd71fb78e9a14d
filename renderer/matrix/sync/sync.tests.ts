import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { SalonSummary } from '../protocol.ts';
import { sharedTown } from '../testing/shared-town.ts';

const town = sharedTown({ lea: 'Léa Roux', max: 'Max Petit', zoe: 'Zoé Blanc' });

async function room(name: string, extra: object = {}): Promise<string> {
  const { seeder } = town.synapse;
  const { room_id: id } = await seeder.request<{ room_id: string }>('max', 'POST', 'createRoom', {
    preset: 'private_chat',
    ...(name === '' ? {} : { name }),
    invite: ['@lea:localhost'],
    ...extra,
  });
  await seeder.request('lea', 'POST', `rooms/${id}/join`, {});
  return id;
}

const say = (id: string, body: string, who = 'max'): Promise<string> =>
  town.synapse.seeder.send(who, id, 'm.room.message', { msgtype: 'm.text', body });

test('sliding and classic sync give the same list', async () => {
  const { seeder } = town.synapse;
  const read = await room('Lu');
  const { event_id: last } = await seeder.request<{ event_id: string }>(
    'max',
    'PUT',
    `rooms/${read}/send/m.room.message/t1`,
    { msgtype: 'm.text', body: 'lu' },
  );
  await seeder.request('lea', 'POST', `rooms/${read}/receipt/m.read/${last}`, {});
  const unread = await room('Non lu');
  await Promise.all(Array.from({ length: 13 }, (_, index) => say(unread, `message ${index}`)));
  const partly = await room('À moitié');
  await say(partly, 'mien', 'lea');
  await Promise.all(Array.from({ length: 10 }, (_, index) => say(partly, `après ${index}`)));
  const pinned = await room('Épinglé');
  await say(pinned, 'bonjour @lea');
  await seeder.request('lea', 'PUT', `user/@lea:localhost/rooms/${pinned}/tags/m.favourite`, { order: 0.1 });
  await room('', {
    initial_state: [
      { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } },
    ],
  });
  await room('Espace', { creation_content: { type: 'm.space' } });
  await seeder.request('zoe', 'POST', 'createRoom', { name: 'Invitation', invite: ['@lea:localhost'] });

  const sliding = await town.device('lea');
  const classic = await town.device('lea', false);
  for (const device of [sliding, classic]) {
    await device.until('counted', () => {
      const count = (name: string) => device.list.salons.find((salon) => salon.name === name)?.unread;
      return count('Non lu') === 13 && count('À moitié') === 10;
    });
  }
  const withoutInviteTime = (salons: readonly SalonSummary[]) =>
    salons.map((salon) => (salon.membership === 'invited' ? { ...salon, lastAt: 0 } : salon));
  expect(withoutInviteTime(sliding.list.salons)).toEqual(withoutInviteTime(classic.list.salons));
  expect(sliding.list).toMatchObject({ total: classic.list.total, connection: 'live' });
  expect(sliding.list.salons.map(({ name }) => name)).toEqual([
    'Épinglé',
    'Invitation',
    'Max Petit',
    'À moitié',
    'Non lu',
    'Lu',
  ]);
});

test('sliding and classic sync stay the same while things happen, with and without a line', async () => {
  const { seeder } = town.synapse;
  const opened = await room('Vivant');
  const beside = await room('À côté');
  const sliding = await town.device('lea');
  const classic = await town.device('lea', false);
  const both = [sliding, classic] as const;
  for (const device of both) {
    await device.salon('Vivant');
    await device.run('open', { salonId: opened });
  }
  let turn = 0;
  const happen = async (id: string): Promise<void> => {
    turn += 1;
    const first = await say(id, `avant ${turn}`);
    const relates = { rel_type: 'm.replace', event_id: first };
    const next = { msgtype: 'm.text', body: `après ${turn}` };
    await seeder.send('max', id, 'm.room.message', {
      ...next,
      'm.new_content': next,
      'm.relates_to': relates,
    });
    await seeder.send('max', id, 'm.reaction', {
      'm.relates_to': { rel_type: 'm.annotation', event_id: first, key: '👍' },
    });
    const doomed = await say(id, `condamné ${turn}`);
    await seeder.request('max', 'PUT', `rooms/${id}/redact/${doomed}/gone-${turn}`, {});
    await seeder.setState('max', id, 'm.room.name', '', {
      name: `${id === opened ? 'Vivant' : 'À côté'} ${turn}`,
    });
    await seeder.request('max', 'POST', `rooms/${id}/invite`, { user_id: '@zoe:localhost' });
    await seeder.request('zoe', 'POST', `rooms/${id}/join`, {});
    await say(id, `@lea, de Zoé ${turn}`, 'zoe');
    await seeder.request('zoe', 'POST', `rooms/${id}/leave`, {});
    await say(id, `fin ${turn}`);
  };
  const shown = (device: (typeof both)[number]) => ({
    salons: device.list.salons.filter(({ id }) => id === opened || id === beside),
    items: device.timeline?.items,
    older: device.timeline?.older,
    members: device.last('details')?.members,
  });
  const same = async (unread: readonly [opened: number, beside: number]): Promise<void> => {
    for (const device of both) {
      await device.text(`fin ${turn - 1}`);
      const count = (which: string) => device.list.salons.find(({ id }) => id === which)?.unread;
      await device.until('counted', () => isDeepStrictEqual([count(opened), count(beside)], unread));
    }
    await sliding
      .until('the same', () => isDeepStrictEqual(shown(sliding), shown(classic)), 10_000)
      .catch(() => undefined); // the next line tells the difference
    expect(shown(sliding)).toEqual(shown(classic));
  };

  await happen(opened);
  await happen(beside);
  await same([3, 3]);
  for (const device of both) device.line.cut();
  for (let times = 0; times < 4; times += 1) {
    await happen(opened);
    await happen(beside);
  }
  for (const device of both) device.mend();
  await same([15, 15]);
  await classic.run('markRead', { salonId: opened });
  await same([0, 15]);
});

test('a burst that one answer does not hold is counted and shown whole', async () => {
  const lea = await town.device('lea');
  const id = await room('Rafale');
  await lea.salon('Rafale');
  lea.line.cut();
  await lea.until('offline', () => lea.list.connection === 'offline');
  for (let index = 0; index < 9; index += 1) await say(id, `goutte ${index}`);
  lea.mend();
  await lea.until('counted', () => lea.list.salons.find((salon) => salon.id === id)?.unread === 9);
  await lea.run('open', { salonId: id });
  await lea.text('goutte 8');
  const shown = lea.timeline?.items.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
  expect(shown).toEqual(Array.from({ length: 9 }, (_, index) => `goutte ${index}`));
});

test('a server that forgot the place brings back all that happened meanwhile, also who left', async () => {
  const { seeder } = town.synapse;
  const lea = await town.device('lea');
  const max = await town.device('max');
  const kept = await town.salon('Reste', lea, [max]);
  const left = await room('Quitté ailleurs');
  await lea.salon('Quitté ailleurs');
  await lea.until('both there', () => lea.last('details')?.members.length === 2);

  lea.line.cut();
  await lea.until('offline', () => lea.list.connection === 'offline');
  await max.run('leave', { salonId: kept });
  // So many that what the server says of the room names Max no more.
  await Promise.all(Array.from({ length: 25 }, (_, index) => say(kept, `sans Max ${index}`, 'lea')));
  await seeder.request('lea', 'POST', `rooms/${left}/leave`, {});
  let isForgotten = false;
  lea.line.instead = (url) => {
    if (isForgotten || !url.includes('pos=')) return null;
    isForgotten = true;
    return Response.json({ errcode: 'M_UNKNOWN_POS' }, { status: 400 });
  };
  lea.mend();
  await lea.live();
  await lea.until('gone', () => lea.list.salons.every((salon) => salon.id !== left));
  expect(lea.list.salons.map((salon) => salon.id)).toContain(kept);
  await lea.until('alone', () => lea.last('details')?.members.length === 1);
  expect(isForgotten).toBe(true);
  expect(lea.troubles).toEqual([]);
});

test('what other clients get wrong does no harm', async () => {
  const { seeder } = town.synapse;
  const id = await room('Bizarreries');
  const lea = await town.device('lea');
  await lea.salon('Bizarreries');
  await lea.run('open', { salonId: id });
  const odd = [12, null, [], {}, '', { a: { b: [1] } }, 'x'.repeat(3000)];
  for (const [index, value] of odd.entries()) {
    await seeder.setState('max', id, 'im.vector.modular.widgets', `w${index}`, {
      type: 'jitsi',
      url: value,
      data: value,
    });
    await seeder.setState('max', id, 'fr.traboule.folder', '', { server: value, fileId: value, name: value });
    await seeder.setState('max', id, 'm.room.avatar', '', { url: value, info: value });
    await seeder.send('max', id, 'm.room.message', {
      msgtype: 'm.file',
      body: 'b',
      'm.relates_to': value,
      info: value,
    });
    await seeder.send('max', id, 'm.reaction', {
      'm.relates_to': { rel_type: 'm.annotation', event_id: 12, key: value },
    });
    await seeder.send('max', id, 'm.room.encrypted', { algorithm: value, ciphertext: value });
    await seeder.send('max', id, 'm.room.message', {
      msgtype: 'm.image',
      body: 'i',
      url: value,
      file: value,
      info: value,
    });
  }
  for (const widgetId of ['constructor', '__proto__', 'toString']) {
    await seeder.setState('max', id, 'fr.traboule.call.member', '@max:localhost', {
      widgetId,
      since: 1,
      expires: 9e15,
    });
    await seeder.send('max', id, 'm.room.message', {
      msgtype: 'm.text',
      body: 'dring',
      'fr.traboule.ring': { widgetId, conferenceId: 'c', lifetime: 30_000 },
    });
  }
  await seeder.setState('max', id, 'm.room.name', '', { name: 'Bizarreries' });
  await seeder.send('max', id, 'm.room.message', { msgtype: 'm.text', body: 'y'.repeat(60_000) });
  await say(id, 'tout va bien');
  await lea.text('tout va bien');
  const long = lea.timeline?.items.find((item) => item.content.kind === 'text' && item.content.cut);
  expect(long?.content).toMatchObject({ text: 'y'.repeat(20_000), html: null });
  await lea.until('line', () => lea.list.salons.find((salon) => salon.id === id)?.lastLine?.kind === 'text');
  expect(lea.troubles).toEqual([]);
  expect(lea.list.connection).toBe('live');
});
