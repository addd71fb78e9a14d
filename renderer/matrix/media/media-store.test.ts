import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mediaRef } from '../events/media-source.ts';
import { createChatHttp } from '../http/chat-http.ts';
import type { MediaProgress } from '../protocol.ts';
import { encodeBase32 } from './base64.ts';
import { MediaStore } from './media-store.ts';

let server: Server;
let media: MediaStore;
let requests: string[];
let time: number;
let heard: MediaProgress[];
/** Answers that are written piece by piece, by the test itself. */
const slow = new Map<string, (response: ServerResponse) => void>();
const files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const name = (request.url ?? '').split('?')[0]?.split('/').at(-1) ?? '';
    const slowly = slow.get(name);
    if (slowly) return slowly(response);
    const file = request.headers.authorization === 'Bearer token' ? files.get(name) : undefined;
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
    else response.writeHead(404).end('{"errcode":"M_NOT_FOUND"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const serverUrl = `http://127.0.0.1:${port}`;
  time = 0;
  heard = [];
  media = new MediaStore({
    http: createChatHttp({ serverUrl, accessToken: 'token', fetch, onSignedOut: () => undefined }),
    now: () => {
      time += 150;
      return time;
    },
    heard: (progress) => heard.push(progress),
  });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const read = async (blob: Blob): Promise<string> => Buffer.from(await blob.arrayBuffer()).toString();

function seal(plain: string): {
  readonly sealed: Buffer;
  readonly file: { key: string; iv: string; sha256: string };
} {
  const key = randomBytes(32);
  const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)]);
  const cipher = createCipheriv('aes-256-ctr', key, iv);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  const sha256 = unpadded(createHash('sha256').update(sealed).digest());
  return { sealed, file: { key: key.toString('base64url'), iv: unpadded(iv), sha256 } };
}

test('an encrypted picture is fetched with the token, checked and decrypted; the second time it is there', async () => {
  const { sealed, file } = seal('the picture');
  files.set('enc', { type: 'application/octet-stream', bytes: sealed });
  media.add({ key: 'mxc://x/enc', mxc: 'mxc://x/enc', mimeType: 'image/png', file });
  const blob = await media.get('mxc://x/enc', null);
  expect([await read(blob), blob.type]).toEqual(['the picture', 'image/png']);
  await media.get('mxc://x/enc', null);
  expect(requests).toEqual(['/_matrix/client/v1/media/download/x/enc']);
});

test('a picture stays readable when somebody sends its address again with what does not open it', async () => {
  const { sealed, file } = seal('the picture');
  files.set('twice', { type: 'application/octet-stream', bytes: sealed });
  const encrypted = (k: string, sha256: string) => ({
    file: {
      url: 'mxc://x/twice',
      key: { k, alg: 'A256CTR' },
      iv: file.iv,
      hashes: { sha256 },
      v: 'v2',
    },
  });
  const other = seal('something else').file;
  const first = mediaRef(media, encrypted(file.key, file.sha256), 'image/png', null);
  mediaRef(media, encrypted(other.key, other.sha256), 'image/png', null);
  mediaRef(media, encrypted(other.key, file.sha256), 'image/png', null);
  expect(await read(await media.get(first?.key ?? '', null))).toBe('the picture');
});

test('bytes that are not what was sent are refused', async () => {
  const { sealed, file } = seal('the picture');
  files.set('forged', { type: 'image/png', bytes: Buffer.concat([sealed, Buffer.from('!')]) });
  media.add({ key: 'mxc://x/forged', mxc: 'mxc://x/forged', mimeType: 'image/png', file });
  await expect(media.get('mxc://x/forged', null)).rejects.toMatchObject({ code: 'refused' });
});

test('a small copy of a plain picture is asked of the server; a drawing that could carry scripts is none', async () => {
  files.set('plain', { type: 'image/jpeg', bytes: Buffer.from('small') });
  files.set('svg', { type: 'image/svg+xml', bytes: Buffer.from('<svg onload="alert(1)"/>') });
  expect((await media.get('mxc://x/plain', 96)).type).toBe('image/jpeg');
  expect(requests[0]).toBe('/_matrix/client/v1/media/thumbnail/x/plain?width=96&height=96&method=scale');
  media.add({ key: 'mxc://x/svg', mxc: 'mxc://x/svg', mimeType: 'image/svg+xml', file: null });
  expect((await media.get('mxc://x/svg', null)).type).toBe('application/octet-stream');
});

test('what is no media address, or is not there, is not found', async () => {
  await expect(media.get('http://elsewhere/x', null)).rejects.toMatchObject({ code: 'not-found' });
  await expect(media.get('mxc://x/../../secret', null)).rejects.toMatchObject({ code: 'not-found' });
  await expect(media.get('mxc://x/gone', null)).rejects.toMatchObject({ code: 'not-found' });
});

describe('a fetch that lasts', () => {
  const pieces = Promise.withResolvers<ServerResponse>();
  const asked = (key: string): Promise<Blob> => {
    media.add({ key, mxc: key, mimeType: 'application/pdf', file: null });
    return media.get(key, null);
  };

  test('tells how far it is, not more often than anybody can read', async () => {
    slow.set('slow', (response) => {
      response.writeHead(200, { 'content-length': '9' });
      pieces.resolve(response);
    });
    const fetched = asked('mxc://x/slow');
    const response = await pieces.promise;
    const begun = time;
    response.write('abc');
    await vi.waitFor(() => expect(time).toBeGreaterThan(begun));
    expect(heard).toEqual([]);
    response.write('def');
    await vi.waitFor(() => expect(heard.length).toBe(1));
    response.end('ghi');
    expect(await read(await fetched)).toBe('abcdefghi');
    expect(heard).toEqual([{ key: 'mxc://x/slow', maxPixels: null, received: 6, total: 9 }]);
  });

  test('is ended by whoever stops it, at the server too, and begins anew when it is asked for again', async () => {
    const ended = vi.fn<() => void>();
    slow.set('stopped', (response) => {
      response.on('close', ended);
      response.writeHead(200).write('half');
    });
    const fetched = asked('mxc://x/stopped');
    await vi.waitFor(() => expect(requests.length).toBe(1));
    media.stop('mxc://x/stopped', null);
    await expect(fetched).rejects.toMatchObject({ code: 'offline' });
    await vi.waitFor(() => expect(ended).toHaveBeenCalled());
    slow.delete('stopped');
    files.set('stopped', { type: 'application/pdf', bytes: Buffer.from('whole') });
    expect(await read(await media.get('mxc://x/stopped', null))).toBe('whole');
    media.stop('mxc://x/stopped', null);
  });

  test('of more than was said, or more than may be held, is given up', async () => {
    slow.set('huge', (response) => response.writeHead(200, { 'content-length': String(2 ** 40) }).write('x'));
    await expect(asked('mxc://x/huge')).rejects.toMatchObject({ code: 'too-large' });
  });
});

test('a conference is named after its room by unpadded base32', () => {
  expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map(encodeBase32)).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ]);
});
