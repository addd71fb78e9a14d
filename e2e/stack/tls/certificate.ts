/**
 * X.509 certificates for servers on this machine, by RFC 5280. The DER is pkijs's business;
 * this module knows which extensions an authority and a server need.
 */
import { createHash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { BitString, OctetString, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  GeneralSubtree,
  id_BasicConstraints,
  id_ExtKeyUsage,
  id_KeyUsage,
  id_NameConstraints,
  id_SubjectAltName,
  NameConstraints,
  type RelativeDistinguishedNames,
} from 'pkijs';

/** When a certificate starts and stops to hold. */
export type Validity = { notBefore: Date; notAfter: Date };

const COMMON_NAME = '2.5.4.3';
/** RFC 5280 4.2.1.12. */
const PURPOSES = { server: '1.3.6.1.5.5.7.3.1', person: '1.3.6.1.5.5.7.3.2' };
/** Who shows a certificate: a server, or a person to a server that asks for it. */
export type Holder = keyof typeof PURPOSES;

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const DNS_NAME = 2;
const IP_ADDRESS = 7;
/** RFC 5280 4.2.1.3: bits 5 (keyCertSign) and 6 (cRLSign), and bit 0 (digitalSignature). */
const SIGNS_CERTIFICATES = 0b0000_0110;
const SIGNS_HANDSHAKES = 0b1000_0000;

/** A fresh key pair (ECDSA on P-256) whose private half can be exported. */
export function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
}

/**
 * A self-signed authority that can vouch for this machine only: its name constraints (RFC 5280
 * 4.2.1.10) let it sign for `localhost` and the loopback networks, so that even somebody who came
 * to trust it could not be fooled about another host.
 */
export async function makeAuthorityCertificate(name: string, keys: CryptoKeyPair, validity: Validity) {
  const certificate = await blank(name, keys.publicKey, validity);
  certificate.issuer = certificate.subject;
  certificate.extensions = [
    extension(id_BasicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    keyUsage(SIGNS_CERTIFICATES),
    extension(id_NameConstraints, true, loopbackOnly()),
  ];
  await certificate.sign(keys.privateKey, 'SHA-256');
  return certificate;
}

/** A certificate for `hosts` (names or addresses), signed by `issuer`. */
export async function makeLeafCertificate(
  holder: Holder,
  hosts: readonly string[],
  publicKey: CryptoKey,
  validity: Validity,
  issuer: { certificate: Certificate; privateKey: CryptoKey },
) {
  const certificate = await blank(hosts[0] ?? 'localhost', publicKey, validity);
  certificate.issuer = issuer.certificate.subject;
  certificate.extensions = [
    keyUsage(SIGNS_HANDSHAKES),
    extension(id_ExtKeyUsage, false, new ExtKeyUsage({ keyPurposes: [PURPOSES[holder]] })),
    extension(id_SubjectAltName, false, new GeneralNames({ names: hosts.map(hostName) })),
  ];
  await certificate.sign(issuer.privateKey, 'SHA-256');
  return certificate;
}

/** DER in its PEM armour, RFC 7468. */
export function toPem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The private key as PKCS #8 PEM. */
export async function privateKeyPem(key: CryptoKey): Promise<string> {
  return toPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', key));
}

/** A private key read back from its PKCS #8 DER. */
export function importPrivateKey(der: Buffer<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', der, CURVE, true, ['sign']);
}

/** The SHA-256 of a public key (SubjectPublicKeyInfo), base64: the form Chromium's SPKI list takes. */
export async function spkiSha256Base64(key: CryptoKey): Promise<string> {
  const spki = await crypto.subtle.exportKey('spki', key);
  return createHash('sha256').update(Buffer.from(spki)).digest('base64');
}

async function blank(name: string, publicKey: CryptoKey, validity: Validity) {
  const certificate = new Certificate({ version: 2 });
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive, and as long as it looks
  certificate.serialNumber.valueBlock.valueHexView = new Uint8Array(serial);
  pushCommonName(certificate.subject, name);
  certificate.notBefore.value = validity.notBefore;
  certificate.notAfter.value = validity.notAfter;
  await certificate.subjectPublicKeyInfo.importKey(publicKey);
  return certificate;
}

function pushCommonName(names: RelativeDistinguishedNames, name: string): void {
  const value = new Utf8String({ value: name });
  names.typesAndValues.push(new AttributeTypeAndValue({ type: COMMON_NAME, value }));
}

function extension(extnID: string, critical: boolean, content: { toSchema(): { toBER(): ArrayBuffer } }) {
  const extnValue = content.toSchema().toBER();
  return new Extension({ extnID, critical, extnValue });
}

function keyUsage(bits: number): Extension {
  const value = new BitString({ valueHex: new Uint8Array([bits]).buffer });
  return extension(id_KeyUsage, true, { toSchema: () => value });
}

function hostName(host: string): GeneralName {
  const version = isIP(host);
  if (version === 0) return new GeneralName({ type: DNS_NAME, value: host });
  if (version === 6) throw new RangeError(`${host}: the servers here listen on IPv4 only`);
  return new GeneralName({ type: IP_ADDRESS, value: octets(host) });
}

function loopbackOnly(): NameConstraints {
  const allowed = [
    new GeneralName({ type: DNS_NAME, value: 'localhost' }),
    new GeneralName({ type: IP_ADDRESS, value: octets('127.0.0.0.255.0.0.0') }),
  ];
  return new NameConstraints({ permittedSubtrees: allowed.map((base) => new GeneralSubtree({ base })) });
}

function octets(dotted: string): OctetString {
  return new OctetString({ valueHex: Uint8Array.from(dotted.split('.').map(Number)).buffer });
}
