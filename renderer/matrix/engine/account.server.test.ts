import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Synapse, startSynapse } from '../../../e2e/stack/synapse/server.ts';
import { TestDevice } from '../testing/device.ts';

let synapse: Synapse;
let folder: string;
const devices: TestDevice[] = [];

async function begin(name: string, sliding = true): Promise<TestDevice> {
  const device = await TestDevice.begin(synapse.url, name, 'pw', sliding);
  devices.push(device);
  return device;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traboule-chat-'));
  synapse = await startSynapse({ dataDir: folder });
  for (const [name, displayName] of [
    ['ada', 'Ada Roux'],
    ['bo', 'Bo Petit'],
    ['cy', 'Cy Noir'],
  ]) {
    await synapse.registerUser({ name: name ?? '', password: 'pw', displayName: displayName ?? '' });
  }
}, 90_000);

afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.stop()));
});

afterAll(async () => {
  await synapse.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('two people in a salon', () => {
  test('a message goes encrypted from one to the other, and both see the same', async () => {
    const ada = await begin('ada');
    const bo = await begin('bo');
    await Promise.all([ada.live(), bo.live()]);
    const { salonId } = await ada.run('createSalon', {
      name: 'Place Bellecour',
      invite: ['@bo:localhost'],
      folder: null,
      membersMayCall: true,
      creationId: 'c-1',
    });
    const invitation = await bo.salon('Place Bellecour');
    expect(invitation).toMatchObject({
      membership: 'invited',
      lastLine: { kind: 'invited', sender: 'Ada Roux' },
    });
    await bo.run('acceptInvite', { salonId });
    await ada.run('open', { salonId });
    await bo.run('open', { salonId });
    await ada.run('sendText', { salonId, text: 'Bonjour Bo', mentions: [] });
    const sent = await ada.until('sent', () =>
      ada.timeline?.items.find((item) => item.content.kind === 'text' && item.eventId !== null),
    );
    const read = await bo.text('Bonjour Bo');
    expect(read).toMatchObject({ eventId: sent.eventId, mine: false, sender: { name: 'Ada Roux' } });
    await bo.until('line', () => bo.list.salons[0]?.lastLine?.kind === 'text');
    expect(bo.list.salons[0]).toMatchObject({
      encrypted: true,
      unread: 1,
      lastLine: { text: 'Bonjour Bo', mine: false },
    });
    expect([ada.troubles, bo.troubles]).toEqual([[], []]);
  });
});
