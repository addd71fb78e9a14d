import { safeStorage } from 'electron';
import type { Cipher } from '../accounts/secret-store.ts';

/**
 * The system's key store, null when this machine has none that deserves the name: without a desktop's keyring, Linux
 * offers `basic_text`, which seals with a password that everybody knows. Electron must be ready.
 */
export async function systemCipher(): Promise<Cipher | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  if (
    process.platform === 'linux' &&
    ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  ) {
    return null;
  }
  return {
    seal: (text) => safeStorage.encryptStringAsync(text),
    open: async (sealed) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { text: result, isStale: shouldReEncrypt };
    },
  };
}
