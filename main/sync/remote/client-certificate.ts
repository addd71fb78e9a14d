import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../api.ts';
import { errnoOf } from '../local/local-failures.ts';

/** Why files hold no certificate that could be shown now. */
export type CertificateFault =
  | 'missing'
  | 'unreadable'
  | 'wrongPassphrase'
  /** No certificate, a damaged one, or one that is locked in a way that is not read any more. */
  | 'unusable'
  /** A certificate without its private key, or with that of another. */
  | 'noKey'
  | 'ended'
  | 'notBegun';

/** What TLS shows and proves (RFC 8446, 4.4.2 and 4.4.3). */
export type Identity = Pick<SecureContextOptions, 'pfx' | 'cert' | 'key' | 'passphrase'>;

/** What the files hold; `version` is another for other bytes. */
export type HeldCertificate =
  | { readonly kind: 'held'; readonly identity: Identity; readonly version: string }
  | { readonly kind: 'faulty'; readonly fault: CertificateFault; readonly file: string };

/** No certificate with its chain and key is as long. */
const longest = 1024 * 1024;
/** A person's home may be on a drive that does not answer. */
const readWithin = 5000;
/** ms after which the files are looked at again: a certificate that was renewed is shown from then on. */
const lookEvery = 10_000;

/** Reads the certificate; never fails, and knows after 5 s that it can't. */
export async function readCertificate(files: ClientCertificate, now: number): Promise<HeldCertificate> {
  const late = Promise.withResolvers<HeldCertificate>();
  const timer = setTimeout(() => late.resolve(faulty('unreadable', files.file)), readWithin);
  try {
    return await Promise.race([readNow(files, now), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A certificate that is read when it is needed, and again when its files may have changed. */
export class CertificateFiles {
  readonly #files: ClientCertificate;
  readonly #now: () => number;
  #held: Promise<HeldCertificate> | undefined;
  #readAt = 0;

  constructor(files: ClientCertificate, now: () => number = Date.now) {
    this.#files = files;
    this.#now = now;
  }

  /** As it is, or was a few seconds ago. */
  current(): Promise<HeldCertificate> {
    const now = this.#now();
    if (this.#held !== undefined && Math.abs(now - this.#readAt) < lookEvery) return this.#held;
    this.#readAt = now;
    this.#held = readCertificate(this.#files, now);
    return this.#held;
  }
}

async function readNow(files: ClientCertificate, now: number): Promise<HeldCertificate> {
  const { file, keyFile, passphraseFile } = files;
  const held = await readSmall(file);
  const key = keyFile === undefined ? undefined : await readSmall(keyFile);
  const secret = passphraseFile === undefined ? undefined : await readSmall(passphraseFile);
  if (typeof held === 'string') return faulty(held, file);
  if (typeof key === 'string') return faulty(key, keyFile ?? file);
  if (typeof secret === 'string') return faulty(secret, passphraseFile ?? file);
  const [passphrase = ''] = (secret?.toString('utf8') ?? '').split(/\r?\n/);
  const identity = identityOf(held, key, passphrase);
  if (identity === undefined) return faulty('noKey', keyFile ?? file);
  const fault = faultOf(identity, now);
  if (fault !== undefined) return faulty(fault, file);
  const version = createHash('sha256');
  for (const bytes of [held, key, secret]) version.update(`${bytes?.length} `).update(bytes ?? '');
  return { kind: 'held', identity, version: version.digest('hex') };
}

function faulty(fault: CertificateFault, file: string): HeldCertificate {
  return { kind: 'faulty', fault, file };
}

async function readSmall(path: string): Promise<Buffer | 'missing' | 'unreadable'> {
  try {
    const handle = await open(path);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(longest), 0, longest, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return errno === 'ENOENT' || errno === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

/** PEM says what it is; anything else is taken for PKCS #12, which has its key with it. Nothing for PEM without a key. */
function identityOf(held: Buffer, key: Buffer | undefined, passphrase: string): Identity | undefined {
  const locked = passphrase === '' ? {} : { passphrase };
  if (!held.includes('-----BEGIN ')) return { pfx: held, ...locked };
  const pemKey = key ?? held;
  return pemKey.includes('PRIVATE KEY-----') ? { cert: held, key: pemKey, ...locked } : undefined;
}

function faultOf(identity: Identity, now: number): CertificateFault | undefined {
  const certificate = certificateOf(identity);
  if (typeof certificate === 'string') return certificate;
  if (now > certificate.until) return 'ended';
  return now < certificate.from ? 'notBegun' : undefined;
}

/** When the certificate holds, in ms since 1970, or why it can't be shown. */
function certificateOf(
  identity: Identity,
): { readonly from: number; readonly until: number } | CertificateFault {
  const socket = new Socket();
  try {
    const shown = new TLSSocket(socket, { secureContext: createSecureContext(identity) });
    const { validFrom, validTo } = shown.getX509Certificate() ?? {};
    shown.destroy();
    if (validFrom === undefined || validTo === undefined) return 'unusable';
    return { from: Date.parse(validFrom), until: Date.parse(validTo) };
  } catch (error) {
    return meaning(error);
  } finally {
    socket.destroy();
  }
}

/** OpenSSL's and BoringSSL's ways of saying why. */
function meaning(error: unknown): CertificateFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = `${code} ${error instanceof Error ? error.message : ''}`;
  if (/mac verify|INCORRECT_PASSWORD|BAD_DECRYPT|bad decrypt|password/i.test(said)) return 'wrongPassphrase';
  return /KEY_VALUES_MISMATCH|key values mismatch/i.test(said) ? 'noKey' : 'unusable';
}
