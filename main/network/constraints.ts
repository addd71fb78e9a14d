import { isIP } from 'node:net';
import {
  BasicConstraints,
  Certificate,
  type GeneralName,
  id_BasicConstraints,
  id_NameConstraints,
  NameConstraints,
} from 'pkijs';

/** Kinds of names, RFC 5280 section 4.2.1.6. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;
/** What limits an authority: where it can't be read, nobody knows how far. */
const LIMITS = new Set<string>([id_BasicConstraints, id_NameConstraints]);
/** Other extensions of an authority that change nothing for a server's name: their identifiers. */
const UNDERSTOOD = new Set<string>([
  '2.5.29.15', // what its key is for: Node looks at it
  '2.5.29.37', // what those below it are for
]);
/** Signatures with MD5 and SHA-1: RSA (RFC 8017), ECDSA (RFC 5758). */
const WEAK = new Set<string>(['1.2.840.113549.1.1.4', '1.2.840.113549.1.1.5', '1.2.840.10045.4.1']);

/**
 * Whether an authority's certificate (DER) lets it vouch for a host with so many authorities between: path length and
 * names, RFC 5280 sections 4.2.1.9 and 4.2.1.10. What is marked critical and not understood forbids.
 */
export function mayVouchFor(der: Uint8Array, host: string, authoritiesBelow: number): boolean {
  const extensions = Certificate.fromBER(Buffer.from(der)).extensions ?? [];
  return extensions.every(({ extnID, critical, parsedValue }) => {
    if (LIMITS.has(extnID) && (!parsedValue || parsedValue.parsingError !== undefined)) return false;
    if (parsedValue instanceof BasicConstraints) return authoritiesBelow <= longestPath(parsedValue);
    if (parsedValue instanceof NameConstraints) return allowsName(parsedValue, host);
    return !critical || UNDERSTOOD.has(extnID);
  });
}

/** Whether a certificate (DER) is signed with a digest that can be forged. */
export function isWeaklySigned(der: Uint8Array): boolean {
  return WEAK.has(Certificate.fromBER(Buffer.from(der)).signatureAlgorithm.algorithmId);
}

function longestPath({ pathLenConstraint: path }: BasicConstraints): number {
  if (path === undefined) return Number.POSITIVE_INFINITY;
  // Longer than a number holds: no path is.
  return typeof path === 'number' ? path : Number.POSITIVE_INFINITY;
}

function allowsName({ permittedSubtrees, excludedSubtrees }: NameConstraints, host: string): boolean {
  const kind = isIP(host) === 0 ? DNS_NAME : IP_ADDRESS;
  const bases = (subtrees: NameConstraints['permittedSubtrees']): GeneralName[] =>
    (subtrees ?? []).map(({ base }) => base).filter(({ type }) => type === kind);
  const permitted = bases(permittedSubtrees);
  const isPermitted = permitted.length === 0 || permitted.some((base) => isWithin(host, base) === 'yes');
  // A network that can't be read may be the one that the host is in.
  return isPermitted && bases(excludedSubtrees).every((base) => isWithin(host, base) === 'no');
}

type Within = 'yes' | 'no' | 'unreadable';

function isWithin(host: string, base: GeneralName): Within {
  if (base.type !== DNS_NAME) return isInNetwork(host, bytesOf(base));
  return isBelow(host.toLowerCase(), String(base.value).toLowerCase()) ? 'yes' : 'no';
}

/** A name is below itself; a base that begins with a dot stands for what is below only. */
function isBelow(host: string, base: string): boolean {
  if (base === '' || host === base) return true;
  return host.endsWith(base.startsWith('.') ? base : `.${base}`);
}

function bytesOf({ value }: GeneralName): Uint8Array {
  const block: unknown = value;
  if (typeof block !== 'object' || block === null || !('valueBlock' in block)) return new Uint8Array();
  const { valueBlock } = block;
  if (typeof valueBlock !== 'object' || valueBlock === null || !('valueHexView' in valueBlock))
    return new Uint8Array();
  return valueBlock.valueHexView instanceof Uint8Array ? valueBlock.valueHexView : new Uint8Array();
}

/** @param network an address and its mask, of 4 bytes each or, for IPv6, of 16 (RFC 5280 section 4.2.1.10) */
function isInNetwork(host: string, network: Uint8Array): Within {
  if (network.length !== 8 && network.length !== 32) return 'unreadable';
  const size = network.length / 2;
  const address = isIP(host) === 4 ? host.split('.').map(Number) : bytesOfIpv6(host);
  if (address.length !== size) return 'no';
  const [base, mask] = [network.subarray(0, size), network.subarray(size)];
  const isIn = address.every((byte, i) => ((byte ^ (base[i] ?? 0)) & (mask[i] ?? 0)) === 0);
  return isIn ? 'yes' : 'no';
}

/** The 16 bytes of an address that is one; URLs write it with one gap at most and no dotted end. */
function bytesOfIpv6(host: string): number[] {
  const [name = ''] = host.split('%');
  const [head = '', tail] = new URL(`http://[${name}]`).hostname.slice(1, -1).split('::');
  const words = (part: string | undefined): number[] =>
    part ? part.split(':').map((word) => Number.parseInt(word, 16)) : [];
  const [before, after] = [words(head), words(tail)];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<number>(gap).fill(0), ...after].flatMap((word) => [word >> 8, word & 0xff]);
}
