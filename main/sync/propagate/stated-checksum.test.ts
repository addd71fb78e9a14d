import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ContentHash } from './stated-checksum.ts';

const content = Buffer.from('what a person wrote');
const sums = {
  SHA1: createHash('sha1').update(content).digest('hex'),
  SHA256: createHash('sha256').update(content).digest('hex'),
  MD5: createHash('md5').update(content).digest('hex'),
};

function digestOf(stated: string, read: Uint8Array = content): ReturnType<ContentHash['digest']> {
  const hash = new ContentHash(stated);
  hash.update(read.subarray(0, 5));
  hash.update(read.subarray(5));
  return hash.digest();
}

describe('content that a server states by a checksum', () => {
  test.each(Object.entries(sums))(
    'is as stated by %s, in either case, and known by its SHA-1',
    (name, hex) => {
      const asStated = { checksum: `SHA1:${sums.SHA1}`, isAsStated: true };
      expect(digestOf(`${name}:${hex}`)).toEqual(asStated);
      expect(digestOf(`${name.toLowerCase()}:${hex.toUpperCase()}`)).toEqual(asStated);
    },
  );

  test.each(Object.entries(sums))('is not as stated by %s when a byte differs', (name, hex) => {
    const other = Buffer.from('what a person wrotE');
    const { checksum, isAsStated } = digestOf(`${name}:${hex}`, other);
    expect(isAsStated).toBe(false);
    expect(checksum).toBe(`SHA1:${createHash('sha1').update(other).digest('hex')}`);
  });

  test.each(['', 'ADLER32:0badcafe'])('is taken as it is when nothing known is stated: "%s"', (stated) => {
    expect(digestOf(stated)).toEqual({ checksum: `SHA1:${sums.SHA1}`, isAsStated: true });
  });

  test('is compared by the first known of several', () => {
    expect(digestOf(`ADLER32:0badcafe SHA1:${sums.SHA1} MD5:0`).isAsStated).toBe(true);
    expect(digestOf(`ADLER32:0badcafe MD5:0 SHA1:${sums.SHA1}`).isAsStated).toBe(false);
  });
});
