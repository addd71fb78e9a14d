import { isIP } from 'node:net';
import {
  Set as AsnSet,
  fromBER,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Utf8String,
} from 'asn1js';
import {
  Certificate,
  GeneralName,
  GeneralSubtree,
  id_BasicConstraints,
  id_NameConstraints,
  NameConstraints,
  RelativeDistinguishedNames,
} from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeAuthorityCertificate, makeKeys } from '../../e2e/stack/tls/certificate.ts';
import { mayVouchFor, namesIn } from './constraints.ts';

let authority: ArrayBuffer;
beforeAll(async () => {
  const validity = { notBefore: new Date(), notAfter: new Date(Date.now() + 86_400_000) };
  const certificate = await makeAuthorityCertificate('for this machine', await makeKeys(), validity);
  authority = certificate.toSchema().toBER();
});

function nameOf(host: string): GeneralName {
  if (isIP(host) === 0) return new GeneralName({ type: 2, value: host });
  const bytes = isIP(host) === 4 ? host.split('.').map(Number) : bytesOfIpv6(host);
  return new GeneralName({ type: 7, value: new OctetString({ valueHex: Uint8Array.from(bytes).buffer }) });
}

/** URLs write an address with one gap at most and no dotted end. */
function bytesOfIpv6(host: string): number[] {
  const [head = '', tail] = new URL(`http://[${host}]`).hostname.slice(1, -1).split('::');
  const words = (part: string | undefined): number[] =>
    part ? part.split(':').map((word) => Number.parseInt(word, 16)) : [];
  const [before, after] = [words(head), words(tail)];
  const gap = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<number>(gap).fill(0), ...after].flatMap((word) => [word >> 8, word & 0xff]);
}

/** The authority with other bytes in one of its extensions. */
function withExtension(id: string, bytes: readonly number[]): Uint8Array {
  const certificate = Certificate.fromBER(authority);
  for (const each of certificate.extensions ?? []) {
    if (each.extnID === id) each.extnValue.valueBlock.value = [];
    if (each.extnID === id) each.extnValue.valueBlock.valueHexView = Uint8Array.from(bytes);
  }
  return new Uint8Array(certificate.toSchema(true).toBER());
}

describe('the limits of an authority', () => {
  const EMPTY_SEQUENCE = [0x30, 0x00];

  it('hold', () => {
    expect(mayVouchFor(new Uint8Array(authority), [nameOf('localhost')], 0)).toBe(true);
    expect(mayVouchFor(new Uint8Array(authority), [nameOf('bank.example')], 0)).toBe(false);
    expect(mayVouchFor(new Uint8Array(authority), [nameOf('localhost')], 1)).toBe(false);
    expect(mayVouchFor(withExtension(id_NameConstraints, EMPTY_SEQUENCE), [nameOf('bank.example')], 0)).toBe(
      true,
    );
  });

  const bytes = (hex: string): number[] => [...Buffer.from(hex, 'hex')];
  /** A NameConstraints with one subtree of addresses: [0] permits, [1] excludes. */
  const subtree = (kind: 0 | 1, network: readonly number[]): Uint8Array => {
    const name = [0x87, network.length, ...network];
    const base = [0x30, name.length, ...name];
    const trees = [0xa0 + kind, base.length, ...base];
    return withExtension(id_NameConstraints, [0x30, trees.length, ...trees]);
  };
  const DOCUMENTATION = bytes(`20010db8${'00'.repeat(12)}ffffffff${'00'.repeat(12)}`);
  const LOOPBACK = bytes('7f000000ff000000');

  it.each([
    ['2001:db8::1', 1, DOCUMENTATION, false],
    ['2001:DB8:0:0:1::', 1, DOCUMENTATION, false],
    ['2001:db9::1', 1, DOCUMENTATION, true],
    ['::1', 1, DOCUMENTATION, true],
    ['2001:db8:ffff::192.0.2.1', 0, DOCUMENTATION, true],
    ['2001:db9::1', 0, DOCUMENTATION, false],
    ['10.0.0.1', 0, DOCUMENTATION, false],
    ['127.1.2.3', 0, LOOPBACK, true],
    ['126.1.2.3', 0, LOOPBACK, false],
    ['127.1.2.3', 1, LOOPBACK, false],
    ['::1', 1, LOOPBACK, true],
    ['127.0.0.1', 1, [127, 0, 0, 1], false],
    ['127.0.0.1', 0, [127, 0, 0, 1], false],
  ] as const)('%s within a network (kind %i): %o %s', (host, kind, network, expected) => {
    expect(mayVouchFor(subtree(kind, network), [nameOf(host)], 0)).toBe(expected);
  });

  /** A NameConstraints with one subtree of a name of text: of hosts (kind 2), of mail (1). */
  const namedSubtree = (kind: 0 | 1, text: string, type = 2): Uint8Array => {
    const name = [0x80 + type, text.length, ...Buffer.from(text)];
    const base = [0x30, name.length, ...name];
    const trees = [0xa0 + kind, base.length, ...base];
    return withExtension(id_NameConstraints, [0x30, trees.length, ...trees]);
  };

  it.each([
    [['a.metropole.example', '*.metropole.example'], 0, 'metropole.example', true],
    [['a.metropole.example', 'bank.example'], 0, 'metropole.example', false],
    [['a.metropole.example', 'bank.example'], 1, 'bank.example', false],
    [['*.metropole.example'], 1, 'caisse.metropole.example', false],
    [['*.metropole.example'], 1, 'caisse.example', true],
  ] as const)('hold for every name of a certificate: %o (kind %i) %s %s', (hosts, kind, base, expected) => {
    expect(mayVouchFor(namedSubtree(kind, base), hosts.map(nameOf), 0)).toBe(expected);
  });

  /** A directory name, part by part: "C=FR", or "CN=a+OU=b" for a part of two. */
  const directory = (...parts: readonly string[]): GeneralName => {
    const attribute = (text: string) => {
      const [type = '', value = ''] = text.split('=');
      const oid = { C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11', CN: '2.5.4.3' }[type] ?? '';
      const written = type === 'C' ? new PrintableString({ value }) : new Utf8String({ value });
      return new Sequence({ value: [new ObjectIdentifier({ value: oid }), written] });
    };
    const sets = parts.map((part) => new AsnSet({ value: part.split('+').map(attribute) }));
    const bytes = new Sequence({ value: sets }).toBER();
    const value = new RelativeDistinguishedNames({ schema: fromBER(bytes).result });
    return new GeneralName({ type: 4, value });
  };
  const directorySubtree = (
    kind: 'permittedSubtrees' | 'excludedSubtrees',
    base: GeneralName,
  ): Uint8Array => {
    const constraints = new NameConstraints({ [kind]: [new GeneralSubtree({ base })] });
    return withExtension(id_NameConstraints, [...new Uint8Array(constraints.toSchema().toBER())]);
  };

  it.each([
    [['C=FR', 'O=Métropole'], ['C=FR', 'O=Métropole', 'CN=chat'], true],
    [['C=FR', 'O=Métropole'], ['C=FR', 'O=  MÉTROPOLE ', 'CN=chat'], true],
    [['C=FR', 'O=Métropole'], ['C=FR', 'O=Métropole'], true],
    [[], ['CN=chat'], true],
    [['C=FR', 'O=Métropole'], ['C=FR', 'O=Métropole-bis', 'CN=chat'], false],
    [['C=FR', 'O=Métropole'], ['C=FR'], false],
    [['C=FR', 'O=Métropole'], ['O=Métropole', 'C=FR', 'CN=chat'], false],
    [['C=FR', 'O=Métropole'], ['C=FR', 'OU=Métropole', 'CN=chat'], false],
  ])('hold for what a certificate’s holder is called: below %o, %o', (base, name, isBelow) => {
    const names = [directory(...name), nameOf('localhost')];
    expect(mayVouchFor(directorySubtree('permittedSubtrees', directory(...base)), names, 0)).toBe(isBelow);
    expect(mayVouchFor(directorySubtree('excludedSubtrees', directory(...base)), names, 0)).toBe(!isBelow);
  });

  it('forbid a holder’s name that can’t be read', () => {
    const permitted = directorySubtree('permittedSubtrees', directory('O=Métropole'));
    const excluded = directorySubtree('excludedSubtrees', directory('O=Métropole'));
    for (const odd of [
      new GeneralName({ type: 4, value: 'odd' }),
      directory('O=Métropole+OU=Chat', 'CN=chat'),
    ])
      expect([permitted, excluded].map((der) => mayVouchFor(der, [odd], 0))).toEqual([false, false]);
  });

  it('are asked for the subject of a certificate, beside its other names', () => {
    expect(namesIn(new Uint8Array(authority))?.map(({ type }) => type)).toEqual([4]);
  });

  it('forbid a name of a kind that they limit and that is not understood', () => {
    const mail = new GeneralName({ type: 1, value: 'ana@metropole.example' });
    expect(mayVouchFor(namedSubtree(0, 'metropole.example', 1), [nameOf('localhost'), mail], 0)).toBe(false);
    expect(mayVouchFor(namedSubtree(0, 'localhost'), [nameOf('localhost'), mail], 0)).toBe(true);
  });

  it.each([id_BasicConstraints, id_NameConstraints])('forbid all where they can’t be read: %s', (id) => {
    for (const wrong of [[0x04, 0x01, 0x00], [0x30, 0x05, 0x00], [0xff]])
      expect(mayVouchFor(withExtension(id, wrong), [nameOf('localhost')], 0)).toBe(false);
  });
});
