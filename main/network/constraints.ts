import {
  AltName,
  BasicConstraints,
  Certificate,
  GeneralName,
  id_BasicConstraints,
  id_NameConstraints,
  id_SubjectAltName,
  NameConstraints,
} from 'pkijs';
import { isBelowDirectory } from './directory-names.ts';

/** Kinds of names, RFC 5280 section 4.2.1.6. */
const DNS_NAME = 2;
const DIRECTORY_NAME = 4;
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
 * Whether an authority's certificate (DER) lets it vouch for all certificates below it, who have these names and so many
 * authorities between: path length and names, RFC 5280 sections 4.2.1.9 and 4.2.1.10. What is marked critical and not
 * understood forbids.
 */
export function mayVouchFor(
  der: Uint8Array,
  names: readonly GeneralName[],
  authoritiesBelow: number,
): boolean {
  const extensions = Certificate.fromBER(Buffer.from(der)).extensions ?? [];
  return extensions.every(({ extnID, critical, parsedValue }) => {
    if (LIMITS.has(extnID) && (!parsedValue || parsedValue.parsingError !== undefined)) return false;
    if (parsedValue instanceof BasicConstraints) return authoritiesBelow <= longestPath(parsedValue);
    if (parsedValue instanceof NameConstraints) return allowsNames(parsedValue, names);
    return !critical || UNDERSTOOD.has(extnID);
  });
}

/**
 * All names that a certificate (DER) is for, its subject among them: an authority must be allowed to vouch for each, not
 * only for the one that was asked for (RFC 5280 section 6.1.3 b, c). Null where they can't be read.
 */
export function namesIn(der: Uint8Array): readonly GeneralName[] | null {
  const { extensions = [], subject } = Certificate.fromBER(Buffer.from(der));
  const named =
    subject.typesAndValues.length > 0 ? [new GeneralName({ type: DIRECTORY_NAME, value: subject })] : [];
  const own = extensions.find(({ extnID }) => extnID === id_SubjectAltName);
  if (own === undefined) return named;
  return own.parsedValue instanceof AltName ? [...named, ...own.parsedValue.altNames] : null;
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

function allowsNames(constraints: NameConstraints, names: readonly GeneralName[]): boolean {
  return names.every((name) => allowsName(constraints, name));
}

function allowsName({ permittedSubtrees, excludedSubtrees }: NameConstraints, name: GeneralName): boolean {
  const bases = (subtrees: NameConstraints['permittedSubtrees']): GeneralName[] =>
    (subtrees ?? []).map(({ base }) => base).filter(({ type }) => type === name.type);
  const permitted = bases(permittedSubtrees);
  const isPermitted = permitted.length === 0 || permitted.some((base) => isWithin(name, base) === 'yes');
  // What can't be read may be just what the name is in.
  return (
    isPermitted &&
    bases(excludedSubtrees).every((base) => isWithin(name, base) === 'no' && !mayStandFor(name, base))
  );
}

type Within = 'yes' | 'no' | 'unreadable';

const WITHIN = { true: 'yes', false: 'no', null: 'unreadable' } as const;

/** Of kinds of names that no server has (mail, URIs) it is not known how they lie within each other. */
function isWithin(name: GeneralName, base: GeneralName): Within {
  if (name.type === IP_ADDRESS) return isInNetwork(bytesOf(name), bytesOf(base));
  if (name.type === DIRECTORY_NAME) return WITHIN[`${isBelowDirectory(name.value, base.value)}`];
  if (name.type !== DNS_NAME) return 'unreadable';
  return isBelow(dnsOf(name), dnsOf(base)) ? 'yes' : 'no';
}

/** Whether a name with a star stands for one that the base is, or has below it. */
function mayStandFor(name: GeneralName, base: GeneralName): boolean {
  if (name.type !== DNS_NAME || !dnsOf(name).startsWith('*.')) return false;
  return dnsOf(base).replace(/^\./, '').endsWith(dnsOf(name).slice(1));
}

function dnsOf({ value }: GeneralName): string {
  return String(value).toLowerCase();
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
function isInNetwork(address: Uint8Array, network: Uint8Array): Within {
  if (network.length !== 8 && network.length !== 32) return 'unreadable';
  const size = network.length / 2;
  if (address.length !== size) return 'no';
  const [base, mask] = [network.subarray(0, size), network.subarray(size)];
  const isIn = address.every((byte, i) => ((byte ^ (base[i] ?? 0)) & (mask[i] ?? 0)) === 0);
  return isIn ? 'yes' : 'no';
}
