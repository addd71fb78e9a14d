/**
 * The local certificate authority of the demo and the tests. It exists because Jitsi's IFrame API
 * knows https only. Nothing of the product trusts it: the demo passes the hash of a server's key to
 * Chromium (--ignore-certificate-errors-spki-list), and the tests pass `caPem` to their own clients.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Certificate } from 'pkijs';
import {
  type Holder,
  importPrivateKey,
  makeAuthorityCertificate,
  makeKeys,
  makeLeafCertificate,
  privateKeyPem,
  spkiSha256Base64,
  toPem,
  type Validity,
} from './certificate.ts';

/** What a certificate is for; `expired` makes one that stopped holding yesterday, for tests. */
export type LeafRequest = { hosts: readonly string[]; holder?: Holder } & (
  | { days?: number }
  | { expired: true }
);

/** Key and certificate as PEM, and the hash of the public key as Chromium's SPKI list takes it. */
export type Leaf = { key: string; cert: string; spkiSha256Base64: string };

/** An authority that is on disk. `caPath` names its certificate, PEM. */
export type Authority = {
  caPem: string;
  caPath: string;
  issue: (request: LeafRequest) => Promise<Leaf>;
};

type Stored = { certificate: Certificate; caPem: string; privateKey: CryptoKey };

const NAME = 'Traboule: local authority for demo and tests';
const DAY = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 90;

/**
 * The authority kept in `dir`, made there when there is none yet. Safe to call from several
 * processes at once: it is built aside and moved into place whole, and whoever comes second uses
 * the first one's.
 */
export async function ensureAuthority(dir: string): Promise<Authority> {
  const home = join(dir, 'authority');
  const stored = (await load(home)) ?? (await create(dir, home));
  return {
    caPem: stored.caPem,
    caPath: join(home, 'ca.pem'),
    issue: (request) => issue(stored, request),
  };
}

async function load(home: string): Promise<Stored | undefined> {
  try {
    const caPem = await readFile(join(home, 'ca.pem'), 'utf8');
    const keyPem = await readFile(join(home, 'ca-key.pem'), 'utf8');
    const privateKey = await importPrivateKey(fromPem(keyPem));
    return { certificate: Certificate.fromBER(fromPem(caPem)), caPem, privateKey };
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new Error(`the local authority in ${home} can't be read; remove that folder to make a new one`, {
      cause,
    });
  }
}

async function create(dir: string, home: string): Promise<Stored> {
  const aside = join(dir, `authority.${randomUUID()}`);
  const keys = await makeKeys();
  const certificate = await makeAuthorityCertificate(NAME, keys, holding(AUTHORITY_DAYS));
  await mkdir(aside, { recursive: true });
  await writeFile(join(aside, 'ca.pem'), toPem('CERTIFICATE', certificate.toSchema().toBER()));
  await writeFile(join(aside, 'ca-key.pem'), await privateKeyPem(keys.privateKey), { mode: 0o600 });
  await rename(aside, home).catch(async (cause: NodeJS.ErrnoException) => {
    await rm(aside, { recursive: true });
    if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST' && cause.code !== 'EPERM') throw cause;
  });
  const stored = await load(home);
  if (!stored) throw new Error(`the local authority vanished from ${home} while it was made`);
  return stored;
}

async function issue(authority: Stored, request: LeafRequest): Promise<Leaf> {
  const keys = await makeKeys();
  const validity = 'expired' in request ? endedYesterday() : holding(request.days ?? LEAF_DAYS);
  const { holder = 'server', hosts } = request;
  const certificate = await makeLeafCertificate(holder, hosts, keys.publicKey, validity, authority);
  return {
    key: await privateKeyPem(keys.privateKey),
    cert: toPem('CERTIFICATE', certificate.toSchema().toBER()),
    spkiSha256Base64: await spkiSha256Base64(keys.publicKey),
  };
}

/** From an hour ago, so that two clocks a little apart agree, for so many days. */
function holding(days: number): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - DAY / 24), notAfter: new Date(now + days * DAY) };
}

function endedYesterday(): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now - DAY) };
}

function fromPem(pem: string): Buffer<ArrayBuffer> {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}
