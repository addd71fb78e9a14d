import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { type Cipher, createSecretStore, type Secrets } from './secret-store.ts';

const ID = '7b1f0a3e-0d9c-4f43-9d0a-6a1d3f6f7c11';
const secrets: Secrets = {
  accessToken: 'token',
  deviceId: 'DEVICE',
  storageKey: `${'A'.repeat(43)}=`,
  appPassword: null,
};

/** A key store that opens what it sealed. */
class KeyStore implements Cipher {
  isStale = false;
  takesNothing = false;
  readonly seal = (text: string) =>
    this.takesNothing ? Promise.reject(new Error('no room')) : Promise.resolve(Buffer.from(text));
  readonly open = (sealed: Uint8Array) =>
    Promise.resolve({ text: Buffer.from(sealed).toString(), isStale: this.isStale });
}

let folder: string;
let keyStore: KeyStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  keyStore = new KeyStore();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sealed = () => createSecretStore(folder, keyStore, 'memory', silentLog);

describe('a key store that takes nothing new for a while', () => {
  it('keeps nobody from what it opens', async () => {
    await sealed().save(ID, secrets);
    keyStore.isStale = true;
    keyStore.takesNothing = true;
    expect(await sealed().load(ID)).toEqual(secrets);
    expect(await readdir(folder)).toEqual([`${ID}.sealed`]);
  });

  it('leaves what lies in the clear where it is, and in use, until it takes it', async () => {
    await createSecretStore(folder, null, 'file', silentLog).save(ID, secrets);
    keyStore.takesNothing = true;
    expect(await sealed().load(ID)).toEqual(secrets);
    expect(await readdir(folder)).toEqual([`${ID}.json`]);
    keyStore.takesNothing = false;
    expect(await sealed().load(ID)).toEqual(secrets);
    expect(await readdir(folder)).toEqual([`${ID}.sealed`]);
  });
});
