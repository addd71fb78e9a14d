import {
  AuthenticatedSafe,
  CertBag,
  Certificate,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
} from 'pkijs';
import type { Leaf } from './authority.ts';

const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERT_BAG = '1.2.840.113549.1.12.10.1.3';
const ITERATIONS = 1000;

/** A certificate and its key as PKCS #12 (RFC 7292), locked with a passphrase, which may be empty. */
export async function toPkcs12({ key, cert }: Leaf, passphrase: string): Promise<Buffer> {
  const password = new TextEncoder().encode(passphrase).buffer;
  const shrouded = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(derOf(key)) });
  await shrouded.makeInternalValues({
    password,
    // pkijs makes the vector itself.
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 128, iv: new Uint8Array(16) },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: ITERATIONS,
  });
  const certBag = new CertBag({ parsedValue: Certificate.fromBER(derOf(cert)) });
  const bags = [
    new SafeBag({ bagId: SHROUDED_KEY_BAG, bagValue: shrouded }),
    new SafeBag({ bagId: CERT_BAG, bagValue: certBag }),
  ];
  const safe = new AuthenticatedSafe({
    parsedValue: { safeContents: [{ privacyMode: 0, value: new SafeContents({ safeBags: bags }) }] },
  });
  await safe.makeInternalValues({ safeContents: [{}] });
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await pfx.makeInternalValues({
    password,
    iterations: ITERATIONS,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  });
  return Buffer.from(pfx.toSchema().toBER());
}

function derOf(pem: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
