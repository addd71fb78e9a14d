import { z } from 'zod';
import type { ChatSession } from '../../../preload/contract/accounts.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import type { CryptoMachine } from './machine.ts';

/** Algorithms of a device (Client-Server API, Messaging Algorithms). */
const ALGORITHMS = ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'];

const KnownDevices = z.object({
  device_keys: z.record(z.string(), z.record(z.string(), z.unknown())).catch({}),
});

/**
 * A server that ended a session forgets the device's keys with it. Signing in again as the same device keeps the crypto
 * store, where the keys count as shared, so nobody could encrypt to this device any more: they are given again,
 * with the signature that says the device is the person's own. One-time keys follow by themselves.
 * @throws ChatError when the server can't be asked.
 */
export async function restoreDeviceKeys(
  machine: CryptoMachine,
  http: ChatHttp,
  { userId, deviceId }: Pick<ChatSession, 'userId' | 'deviceId'>,
): Promise<void> {
  const query = { body: { device_keys: { [userId]: [deviceId] } } };
  const known = KnownDevices.parse(await http.json('POST', '/_matrix/client/v3/keys/query', query));
  if (known.device_keys[userId]?.[deviceId] !== undefined) return;
  const { ed25519, curve25519 } = await machine.rust.getOwnDeviceKeys();
  const deviceKeys = await machine.signed({
    user_id: userId,
    device_id: deviceId,
    algorithms: ALGORITHMS,
    keys: { [`ed25519:${deviceId}`]: ed25519, [`curve25519:${deviceId}`]: curve25519 },
  });
  await http.json('POST', '/_matrix/client/v3/keys/upload', { body: { device_keys: deviceKeys } });
  if (await machine.rust.isCrossSigningReady()) await machine.rust.crossSignDevice(deviceId);
}
