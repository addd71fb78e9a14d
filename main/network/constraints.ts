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
  const isPermitted = permitted.length === 0 || permitted.some((base) => isWithin(host, base));
  return isPermitted && !bases(excludedSubtrees).some((base) => isWithin(host, base));
}

function isWithin(host: string, base: GeneralName): boolean {
  if (base.type === DNS_NAME) return isBelow(host.toLowerCase(), String(base.value).toLowerCase());
  return isInNetwork(host, bytesOf(base));
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

/** @param network address and mask; only of the older kind, others are in no network that is understood */
function isInNetwork(host: string, network: Uint8Array): boolean {
  if (isIP(host) !== 4 || network.length !== 8) return false;
  return host
    .split('.')
    .every(
      (part, i) => (Number(part) & (network[i + 4] ?? 255)) === ((network[i] ?? 0) & (network[i + 4] ?? 255)),
    );
}
