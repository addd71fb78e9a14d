import { createPublicKey, verify } from 'node:crypto';

/** What the file with a list's signature is called. */
export const SIGNATURE_ENDING = '.sig';

/**
 * Whether a list of versions is signed with the private half of `key` (Ed25519, RFC 8032; the key is the base64 of its
 * SubjectPublicKeyInfo). What is no key or no signature signs nothing.
 */
export function isSignedWith(key: string, list: string, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    if (publicKey.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(list), publicKey, Buffer.from(signature.trim(), 'base64'));
  } catch {
    return false; // openssl says so of what it can't read
  }
}
