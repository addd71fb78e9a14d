import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainEtag } from './entries.ts';
import { readMultistatus } from './multistatus.ts';

const listing =
  '<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns">' +
  '<d:response><d:href>/dav/files/ana/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype>' +
  '<d:getetag>&quot;6b0286636d6d5&quot;</d:getetag></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>' +
  '<d:propstat><d:prop><d:getcontentlength/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>' +
  '<d:response><d:href>/dav/files/ana/%c3%a9t%c3%a9.txt</d:href><d:propstat><d:prop><d:resourcetype/>' +
  '<d:getcontentlength>79</d:getcontentlength><oc:checksums><oc:checksum>SHA1:aa</oc:checksum><oc:checksum>MD5:bb</oc:checksum>' +
  '</oc:checksums></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

function read(text: string, size = 1000): ReturnType<typeof readMultistatus> {
  return readMultistatus(inPieces(new TextEncoder().encode(text), size), 'folder');
}

test('gives each entry with the properties that were found', async () => {
  const [folder, file] = await read(listing);
  expect(folder).toMatchObject({ href: '/dav/files/ana/', isCollection: true });
  expect(folder?.properties.get('d:getetag')).toBe('"6b0286636d6d5"');
  expect(folder?.properties.has('d:getcontentlength')).toBe(false);
  expect(file?.isCollection).toBe(false);
  expect(file?.properties.get('oc:checksums')).toBe('SHA1:aa MD5:bb');
});

test('understands other prefixes for the same namespaces', async () => {
  const text = listing
    .replaceAll('d:', 'D:')
    .replaceAll('xmlns:D', 'xmlns:D')
    .replaceAll('xmlns:d=', 'xmlns:D=');
  expect(await read(text)).toHaveLength(2);
});

test('in whatever pieces it arrives, it is the same', async () => {
  const whole = await read(listing);
  for (const size of [1, 2, 3, 7, 64]) expect(await read(listing, size)).toEqual(whole);
});

test('a listing that is cut anywhere is no listing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: listing.length - 1 }), async (length) => {
      await expect(read(listing.slice(0, length))).rejects.toMatchObject({ code: 'malformed' });
    }),
  );
});

test.each([
  '<html><body/></html>',
  '',
  'not XML',
  '<!DOCTYPE x><d:multistatus xmlns:d="DAV:"/>',
  `${listing}${listing}`,
])('refuses %#', async (text) => {
  await expect(read(text)).rejects.toMatchObject({ code: 'malformed' });
});

test('etags lose quotes, the weak mark and what a compressing server adds', () => {
  expect(['"abc"', 'W/"abc"', '"abc-gzip"', 'abc'].map(plainEtag)).toEqual(['abc', 'abc', 'abc', 'abc']);
});

test('a document that goes on and on, or deeper and deeper, is given up', async () => {
  async function* endless(text: string): AsyncGenerator<Uint8Array> {
    const piece = new TextEncoder().encode(text.repeat(1000));
    for (;;) yield await Promise.resolve(piece);
  }
  async function* after(start: string, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(start);
    yield* rest;
  }
  const start = '<d:multistatus xmlns:d="DAV:">';
  const malformed = { code: 'malformed' };
  await expect(readMultistatus(after(start, endless('<d:a>')), 'folder')).rejects.toMatchObject(malformed);
  await expect(readMultistatus(after(start, endless('<d:a/>')), 'one')).rejects.toMatchObject(malformed);
});
