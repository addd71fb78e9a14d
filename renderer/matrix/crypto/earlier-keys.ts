import { deleteDatabases } from '../cache/vault.ts';
import { storeNames } from '../engine/names.ts';
import { decodeBase64 } from '../media/base64.ts';
import { CryptoMachine, type MachineSettings } from './machine.ts';

const closed: typeof fetch = () => Promise.reject(new TypeError('an earlier device says nothing'));

/**
 * Takes over the message keys of the devices that this PC was before, where their stores can be opened again: what they
 * could read is read here. A store is deleted once its keys are in the present one. @throws when one can't be opened.
 */
export async function takeOverKeys(
  machine: CryptoMachine,
  settings: MachineSettings,
  indexedDb: IDBFactory,
): Promise<void> {
  const { session } = settings;
  const there = (await indexedDb.databases()).flatMap(({ name }) => name ?? []);
  for (const { deviceId, storageKey } of session.earlier) {
    if (deviceId === null || deviceId === session.deviceId) continue;
    const { crypto: storePrefix } = storeNames({ ...session, deviceId, passing: null });
    const isItsStore = (name: string): boolean => name.startsWith(`${storePrefix}::`);
    if (!there.some(isItsStore)) continue;
    const earlier = await CryptoMachine.open({
      ...settings,
      session: { ...session, deviceId },
      fetch: closed,
      storePrefix,
      storageKey: decodeBase64(storageKey),
      onSignedOut: () => undefined,
      onDecrypted: () => undefined,
    });
    try {
      await machine.rust.importRoomKeysAsJson(await earlier.rust.exportRoomKeysAsJson());
    } finally {
      await earlier.stop();
    }
    await deleteDatabases(indexedDb, isItsStore);
  }
}
