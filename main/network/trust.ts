import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { isWeaklySigned, mayVouchFor, namesIn } from './constraints.ts';

/** What a server showed, and whom it is judged by. */
export interface Shown {
  /** The name or address that was asked for. */
  readonly host: string;
  /** The server's certificate, then those that it says vouch for it. */
  readonly chain: readonly X509Certificate[];
  readonly authorities: readonly X509Certificate[];
  readonly now: Date;
}

/** More steps than any organisation's authority has. */
const MOST_STEPS = 6;
/** id-kp-serverAuth and anyExtendedKeyUsage, RFC 5280 section 4.2.1.12. */
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_PURPOSE = '2.5.29.37.0';
/** RSA keys of fewer bits are as good as public; the same as in Chromium. */
const FEWEST_BITS = 1024;

/**
 * Whether one of the authorities vouches for what a server showed: path validation after RFC 5280 section 6, for the one
 * case in which Chromium's own says only that the authority is unknown to it. That may hide what else is wrong, so all is
 * looked at: names, times, purposes, signatures, constraints.
 */
export function isVouchedFor({ host, chain, authorities, now }: Shown): boolean {
  const [leaf, ...others] = chain;
  const name = host.replace(/^\[(.*)\]$/, '$1');
  if (leaf === undefined || !isFor(leaf, name) || !holds(leaf, now)) return false;
  let current = leaf;
  let names = namesIn(leaf.raw);
  for (let below = 0; below < MOST_STEPS; below += 1) {
    if (names === null) return false;
    const [subject, all] = [current, names];
    const vouches = (issuer: X509Certificate): boolean =>
      hasSigned(issuer, subject) && holds(issuer, now) && mayVouchFor(issuer.raw, all, below);
    if (authorities.some(vouches)) return true;
    const next = others.find((issuer) => vouches(issuer) && !isWeaklySigned(issuer.raw));
    if (next === undefined) return false;
    const its = namesIn(next.raw);
    names = its && [...all, ...its];
    current = next;
  }
  return false;
}

/** A name in the subject alone does not count, as in Chromium. */
function isFor(leaf: X509Certificate, name: string): boolean {
  if (leaf.ca || isWeaklySigned(leaf.raw) || hasWeakKey(leaf)) return false;
  if (!isMeantFor(leaf, [SERVER_AUTH])) return false;
  const found = isIP(name) === 0 ? leaf.checkHost(name, { subject: 'never' }) : leaf.checkIP(name);
  return found !== undefined;
}

/** Whether one that may sign for servers signed this. */
function hasSigned(issuer: X509Certificate, subject: X509Certificate): boolean {
  return (
    issuer.ca &&
    isMeantFor(issuer, [SERVER_AUTH, ANY_PURPOSE]) &&
    !hasWeakKey(issuer) &&
    subject.checkIssued(issuer) &&
    subject.verify(issuer.publicKey)
  );
}

/** Whether a certificate is for one of these purposes; one that names none is for all. */
function isMeantFor(certificate: X509Certificate, wanted: readonly string[]): boolean {
  // Node's types say that there always are some: without the extension there are none.
  const purposes: readonly string[] | undefined = certificate.keyUsage;
  return purposes === undefined || wanted.some((purpose) => purposes.includes(purpose));
}

function hasWeakKey({ publicKey }: X509Certificate): boolean {
  const { modulusLength = FEWEST_BITS } = publicKey.asymmetricKeyDetails ?? {};
  return modulusLength < FEWEST_BITS;
}

function holds({ validFrom, validTo }: X509Certificate, now: Date): boolean {
  return Date.parse(validFrom) <= now.getTime() && now.getTime() <= Date.parse(validTo);
}
