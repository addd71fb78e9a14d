import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Signs who somebody is (JWT with RS256), with a key of its own. */
export interface Signer {
  /** The public key, as a key set has it (RFC 7517). */
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly sign: (claims: Readonly<Record<string, unknown>>) => string;
}

/** A signer with a new key. */
export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const header = { alg: 'RS256', typ: 'JWT', kid: 'only' };
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid: header.kid, alg: header.alg, use: 'sig' },
    sign: (claims) => {
      const text = [header, claims].map((part) => base64url(JSON.stringify(part))).join('.');
      return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    },
  };
}

/** A text that nobody can guess. */
export function secret(): string {
  return randomBytes(24).toString('base64url');
}

/** Whether a verifier belongs to a challenge (PKCE, RFC 7636, S256); without a challenge none is asked for. */
export function verifies(challenge: string | null, verifier: string | null): boolean {
  if (challenge === null) return true;
  return (
    challenge ===
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url')
  );
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
