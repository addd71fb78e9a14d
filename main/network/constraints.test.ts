import { Certificate, id_BasicConstraints, id_NameConstraints } from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeAuthorityCertificate, makeKeys } from '../../e2e/stack/tls/certificate.ts';
import { mayVouchFor } from './constraints.ts';

let authority: ArrayBuffer;
beforeAll(async () => {
  const validity = { notBefore: new Date(), notAfter: new Date(Date.now() + 86_400_000) };
  const certificate = await makeAuthorityCertificate('for this machine', await makeKeys(), validity);
  authority = certificate.toSchema().toBER();
});

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
    expect(mayVouchFor(new Uint8Array(authority), 'localhost', 0)).toBe(true);
    expect(mayVouchFor(new Uint8Array(authority), 'bank.example', 0)).toBe(false);
    expect(mayVouchFor(new Uint8Array(authority), 'localhost', 1)).toBe(false);
    expect(mayVouchFor(withExtension(id_NameConstraints, EMPTY_SEQUENCE), 'bank.example', 0)).toBe(true);
  });

  it.each([id_BasicConstraints, id_NameConstraints])('forbid all where they can’t be read: %s', (id) => {
    for (const bytes of [[0x04, 0x01, 0x00], [0x30, 0x05, 0x00], [0xff]])
      expect(mayVouchFor(withExtension(id, bytes), 'localhost', 0)).toBe(false);
  });
});
