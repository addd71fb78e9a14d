import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';

/**
 * Stands in for the system's key store. The key lies outside the profile, as a system's would:
 * in the file that TRABOULE_E2E_KEYRING names; `none` plays a machine without a key store.
 */
const setting = process.env['TRABOULE_E2E_KEYRING'] ?? join(homedir(), '.cache', 'traboule-dev', 'keyring');
const isThere = setting !== 'none';

function key(): Buffer {
  if (!isThere) throw new Error('Encryption is not available.');
  if (!existsSync(setting)) writeFileSync(setting, randomBytes(32), { mode: 0o600 });
  return readFileSync(setting);
}

function seal(text: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function unseal(sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
}

/** Puts the stand-in behind the asynchronous calls of safeStorage, which Electron 22 lacks. */
export function addKeyring(safeStorage: SafeStorage): void {
  Object.assign(safeStorage, {
    isAsyncEncryptionAvailable: () => Promise.resolve(isThere),
    getSelectedStorageBackend: () => (isThere ? 'gnome_libsecret' : 'basic_text'),
    encryptStringAsync: async (text: string) => seal(text),
    decryptStringAsync: async (sealed: Buffer) => ({ shouldReEncrypt: false, result: unseal(sealed) }),
  });
}
