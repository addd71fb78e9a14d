import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralSubtree,
  id_ExtKeyUsage,
  id_NameConstraints,
  NameConstraints,
  type RelativeDistinguishedNames,
} from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, ensureAuthority } from '../../e2e/stack/tls/authority.ts';
import { makeAuthorityCertificate, makeKeys, makeLeafCertificate } from '../../e2e/stack/tls/certificate.ts';
import type { Log } from '../log/log.ts';
import { authoritiesIn, readAuthorities } from './authorities.ts';
import { isVouchedFor } from './trust.ts';

let folder: string;
let authority: Authority;
let stranger: Authority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-'));
  authority = await ensureAuthority(join(folder, 'one'));
  stranger = await ensureAuthority(join(folder, 'other'));
});
afterAll(() => rm(folder, { recursive: true }));

const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const authorities = (...all: readonly Authority[]) => all.flatMap(({ caPem }) => authoritiesIn(caPem));

const validity = { notBefore: inDays(-1), notAfter: inDays(1) };
/** An authority whose certificate says what those below it are for. */
async function ownAuthority(keyPurposes: string[]) {
  const keys = await makeKeys();
  const certificate = await makeAuthorityCertificate('authority with purposes', keys, validity);
  const extnValue = new ExtKeyUsage({ keyPurposes }).toSchema().toBER();
  certificate.extensions?.push(new Extension({ extnID: id_ExtKeyUsage, critical: false, extnValue }));
  await certificate.sign(keys.privateKey, 'SHA-256');
  return { certificate, privateKey: keys.privateKey };
}

function rsaKeys(modulusLength: number): Promise<CryptoKeyPair> {
  const publicExponent = new Uint8Array([1, 0, 1]);
  const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent, hash: 'SHA-256' };
  return crypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
}

async function vouches(issuer: Awaited<ReturnType<typeof ownAuthority>>, { publicKey }: CryptoKeyPair) {
  const leaf = await makeLeafCertificate('server', ['localhost'], publicKey, validity, issuer);
  const [server, ...own] = [leaf, issuer.certificate].map(
    (each) => new X509Certificate(Buffer.from(each.toSchema().toBER())),
  );
  const chain = server === undefined ? [] : [server];
  return isVouchedFor({ host: 'localhost', chain, authorities: own, now });
}

describe('an authority that the policy names', () => {
  it('vouches for its servers, by name and by address', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
    const chain = [new X509Certificate(cert)];
    const shown = { chain, authorities: authorities(stranger, authority), now };
    expect(isVouchedFor({ ...shown, host: 'localhost' })).toBe(true);
    expect(isVouchedFor({ ...shown, host: '127.0.0.1' })).toBe(true);
    expect(isVouchedFor({ ...shown, host: '127.0.0.2' })).toBe(false);
    expect(isVouchedFor({ ...shown, host: 'chat.localhost' })).toBe(false);
  });

  it('does not vouch for a server that names a host beside which it may not vouch for', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost', 'bank.example'] });
    const shown = { chain: [new X509Certificate(cert)], authorities: authorities(authority), now };
    expect(isVouchedFor({ ...shown, host: 'localhost' })).toBe(false);
  });

  it('does not vouch for what another one of the same name signed', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost'] });
    const chain = [new X509Certificate(cert)];
    expect(isVouchedFor({ host: 'localhost', chain, authorities: authorities(stranger), now })).toBe(false);
    expect(isVouchedFor({ host: 'localhost', chain, authorities: [], now })).toBe(false);
    expect(isVouchedFor({ host: 'localhost', chain: [], authorities: authorities(authority), now })).toBe(
      false,
    );
  });

  it('does not vouch before or after its time, nor for a certificate that ended', async () => {
    const { cert } = await authority.issue({ hosts: ['localhost'] });
    const ended = await authority.issue({ hosts: ['localhost'], expired: true });
    const shown = { host: 'localhost', authorities: authorities(authority) };
    const chain = [new X509Certificate(cert)];
    expect(isVouchedFor({ ...shown, chain, now: inDays(91) })).toBe(false);
    expect(isVouchedFor({ ...shown, chain, now: inDays(-2) })).toBe(false);
    expect(isVouchedFor({ ...shown, chain: [new X509Certificate(ended.cert)], now })).toBe(false);
  });

  it('vouches for no name that it is not allowed to, whatever it signed', async () => {
    const { cert } = await authority.issue({ hosts: ['bank.example', '10.1.2.3'] });
    const shown = { chain: [new X509Certificate(cert)], authorities: authorities(authority), now };
    expect(isVouchedFor({ ...shown, host: 'bank.example' })).toBe(false);
    expect(isVouchedFor({ ...shown, host: '10.1.2.3' })).toBe(false);
  });

  it('vouches for no server if it is for mail only', async () => {
    const forMail = await ownAuthority(['1.3.6.1.5.5.7.3.4']);
    const forServers = await ownAuthority(['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.1']);
    expect(await vouches(forServers, await makeKeys())).toBe(true);
    expect(await vouches(forMail, await makeKeys())).toBe(false);
  });

  it('vouches for no key that anybody can compute', async () => {
    const issuer = await ownAuthority(['1.3.6.1.5.5.7.3.1']);
    expect(await vouches(issuer, await rsaKeys(1024))).toBe(true);
    expect(await vouches(issuer, await rsaKeys(768))).toBe(false);
  });

  it('vouches for nobody whose holder it may not name, though the host is one of its own', async () => {
    const limited = async (base: RelativeDistinguishedNames) => {
      const issuer = await ownAuthority(['1.3.6.1.5.5.7.3.1']);
      const { extensions = [] } = issuer.certificate;
      const permittedSubtrees = [new GeneralSubtree({ base: new GeneralName({ type: 4, value: base }) })];
      const extnValue = new NameConstraints({ permittedSubtrees }).toSchema().toBER();
      issuer.certificate.extensions = [
        ...extensions.filter(({ extnID }) => extnID !== id_NameConstraints),
        new Extension({ extnID: id_NameConstraints, critical: true, extnValue }),
      ];
      await issuer.certificate.sign(issuer.privateKey, 'SHA-256');
      return issuer;
    };
    const { subject } = await makeLeafCertificate(
      'server',
      ['localhost'],
      (await makeKeys()).publicKey,
      validity,
      await ownAuthority([]),
    );
    const { certificate: other } = await ownAuthority([]);
    expect(await vouches(await limited(subject), await makeKeys())).toBe(true);
    expect(await vouches(await limited(other.subject), await makeKeys())).toBe(false);
  });

  it('is no server itself', () => {
    const [own] = authorities(authority);
    const chain = own === undefined ? [] : [own];
    expect(isVouchedFor({ host: 'localhost', chain, authorities: chain, now })).toBe(false);
  });
});

describe('files of authorities', () => {
  it('are read; what is none is logged and left out', async () => {
    const both = join(folder, 'both.pem');
    const none = join(folder, 'none.pem');
    const broken = join(folder, 'broken.pem');
    const leaf = await authority.issue({ hosts: ['localhost'] });
    await writeFile(both, `# two\n${authority.caPem}\n${stranger.caPem}`);
    await writeFile(none, leaf.cert);
    await writeFile(broken, '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n');
    const events: string[] = [];
    const note = (event: string) => void events.push(event);
    const log: Log = { info: note, warn: note, error: note };
    const found = await readAuthorities([both, none, broken, join(folder, 'missing.pem')], log);
    expect(found).toHaveLength(2);
    expect(events.toSorted()).toEqual(['authority.none', 'authority.unreadable', 'authority.unreadable']);
  });
});
