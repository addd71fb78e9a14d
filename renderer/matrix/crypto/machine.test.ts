import 'fake-indexeddb/auto';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { MatrixEvent } from 'matrix-js-sdk/lib/models/event.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChatSession } from '../../../preload/contract/accounts.ts';
import { storeNames } from '../engine/names.ts';
import type { ReadableEvent } from '../events/event.ts';
import { ChatError } from '../http/chat-error.ts';
import { event } from '../testing/events.ts';
import { takeOverKeys } from './earlier-keys.ts';
import { CryptoMachine, type MachineSettings } from './machine.ts';
import type { EncryptionTarget, Recipient } from './shapes.ts';

let machine: CryptoMachine;
let decrypted: ReadableEvent[];

const nowhere = () => Promise.reject(new ChatError('offline', 'no answer'));

const SESSION: ChatSession = {
  serverUrl: 'http://x',
  userId: '@me:x',
  deviceId: 'D',
  accessToken: 't',
  storageKey: '',
  passing: null,
  earlier: [],
};

const settingsWith = (answer: typeof fetch): MachineSettings => ({
  session: SESSION,
  http: { json: nowhere, bytes: nowhere },
  fetch: answer,
  storePrefix: `machine-test-${crypto.randomUUID()}`,
  storageKey: new Uint8Array(randomBytes(32)),
  onSignedOut: () => undefined,
  onDecrypted: (_roomId, readable) => decrypted.push(readable),
});

const openMachine = (answer: typeof fetch): Promise<CryptoMachine> =>
  CryptoMachine.open(settingsWith(answer));

beforeEach(async () => {
  decrypted = [];
  machine = await openMachine(() => Promise.reject(new TypeError('fetch failed')));
});
afterEach(() => machine.stop());

const sealed = (id: string) =>
  event({ id, type: 'm.room.encrypted', content: { algorithm: 'm.megolm.v1.aes-sha2', session_id: 's' } });

describe('events whose keys are missing', () => {
  test('are read again when a key came while the others of the page were looked at', async () => {
    const keys = new Set<string>();
    const asked = new Map<string, MatrixEvent>();
    const slow = Promise.withResolvers<void>();
    vi.spyOn(machine.rust, 'decryptEvent').mockImplementation(async (one) => {
      const id = one.getId() ?? '';
      asked.set(id, one);
      if (id === '$slow') await slow.promise;
      if (!keys.has(id)) throw new Error('no key');
      return { clearEvent: { type: 'm.room.message', content: { body: id }, sender: '', event_id: '' } };
    });
    keys.add('$slow');
    const reading = machine.readAll('!r', [sealed('$late'), sealed('$slow'), sealed('$never')]);
    await vi.waitFor(() => expect(asked.size).toBe(3));
    keys.add('$late');
    await asked.get('$late')?.attemptDecryption(machine.rust);
    slow.resolve();
    expect((await reading).map(({ clear }) => clear?.content.body ?? null)).toEqual(['$late', '$slow', null]);
    expect(decrypted.map((one) => one.event.id)).toEqual(['$late']);
  });

  test('say whether the key may come or was never for this device', async () => {
    const { unreadable } = await machine.read('!r', sealed('$1'));
    expect(unreadable).not.toBeNull();
    const plain = await machine.read('!r', event({ id: '$2' }));
    expect(plain).toMatchObject({ unreadable: null, clear: { type: 'm.room.message' } });
  });

  test('say what is to be told of each failure', async () => {
    const reasons = {
      MEGOLM_UNKNOWN_INBOUND_SESSION_ID: 'waiting-for-key',
      MEGOLM_KEY_WITHHELD: 'withheld',
      MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE: 'withheld',
      HISTORICAL_MESSAGE_NO_KEY_BACKUP: 'before-this-device',
      UNKNOWN_ERROR: 'broken',
    };
    const decrypt = vi.spyOn(machine.rust, 'decryptEvent');
    for (const [code, reason] of Object.entries(reasons)) {
      decrypt.mockRejectedValue(Object.assign(new Error(code), { code }));
      expect((await machine.read('!r', sealed('$1'))).unreadable).toBe(reason);
    }
  });
});

test('encryption asks whoever is in the salon now, also when two messages begin at once', async () => {
  const target = (recipients: readonly Recipient[]): EncryptionTarget => ({
    roomId: '!r:x',
    settings: { algorithm: 'm.megolm.v1.aes-sha2' },
    historyVisibility: 'shared',
    recipients: () => Promise.resolve(recipients),
  });
  const begun = vi.spyOn(machine.rust, 'onCryptoEvent');
  vi.spyOn(machine.rust, 'encryptEvent').mockImplementation(async (one) => {
    one.makeEncrypted('m.room.encrypted', {}, '', '');
  });
  vi.spyOn(machine.rust, 'prepareToEncrypt').mockReturnValue();
  const message = { type: 'm.room.message', content: {}, txnId: 't' };
  const both: readonly Recipient[] = [
    { userId: '@me:x', membership: 'join' },
    { userId: '@bo:x', membership: 'join' },
  ];
  await Promise.all([machine.prepare(target(both)), machine.encrypt(target(both), message)]);
  await machine.encrypt(target(both.slice(0, 1)), message);
  expect(begun).toHaveBeenCalledTimes(1);
  const members = await begun.mock.calls[0]?.[0].getEncryptionTargetMembers();
  expect(members?.map((member) => member.userId)).toEqual(['@me:x']);
});

test('closing waits for the look at the key backup that the SDK takes by itself, and begins none', async () => {
  const auth_data = { public_key: 'A'.repeat(43), signatures: {} };
  const backup = { algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2', auth_data, version: '1' };
  for (let moment = 0; moment < 40; moment += 1) {
    const asked = vi.fn<typeof fetch>(() => Promise.resolve(Response.json(backup)));
    const closing = await openMachine(asked);
    const look = closing.rust.checkKeyBackupAndEnable();
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    // Each time a little later in what the look does with the answer.
    for (let turn = 0; turn < moment; turn += 1) await Promise.resolve();
    await closing.stop();
    await look;
    expect(asked.mock.calls.length).toBeLessThanOrEqual(2);
  }
});

/** A message key as clients export it (Client-Server API, Key export format). */
function exportedKey(): Readonly<Record<string, unknown>> & { readonly session_id: string } {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const signing = Buffer.from(x, 'base64url');
  const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return {
    algorithm: 'm.megolm.v1.aes-sha2',
    room_id: '!r:x',
    sender_key: unpadded(randomBytes(32)),
    sender_claimed_keys: { ed25519: unpadded(signing) },
    forwarding_curve25519_key_chain: [],
    session_id: unpadded(signing),
    session_key: unpadded(Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), randomBytes(128), signing])),
  };
}

test('message keys of a device that this PC was come back with its key, once, and its store goes', async () => {
  const settings = settingsWith(() => Promise.reject(new TypeError('fetch failed')));
  const storageKey = randomBytes(32).toString('base64');
  const earlier = { deviceId: 'EARLIER', storageKey };
  const storePrefix = storeNames({ ...SESSION, deviceId: 'EARLIER' }).crypto;
  const session = { ...SESSION, deviceId: 'EARLIER' };
  const before = await CryptoMachine.open({
    ...settings,
    session,
    storePrefix,
    storageKey: new Uint8Array(Buffer.from(storageKey, 'base64')),
  });
  const key = exportedKey();
  await before.rust.importRoomKeysAsJson(JSON.stringify([key]));
  await before.stop();
  const now = { ...settings, session: { ...SESSION, earlier: [{ ...earlier, deviceId: 'NEVER' }, earlier] } };
  await takeOverKeys(machine, now, indexedDB);
  await takeOverKeys(machine, now, indexedDB);
  expect(await machine.rust.exportRoomKeysAsJson()).toContain(key.session_id);
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names.filter((name) => name?.startsWith(storePrefix))).toEqual([]);
});
