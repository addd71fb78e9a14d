import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mediaRef } from '../events/media-source.ts';
import { createChatHttp } from '../http/chat-http.ts';
import { encodeBase32 } from './base64.ts';
import { MediaStore } from './media-store.ts';

let server: Server;
let media: MediaStore;
let requests: string[];
const files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const name = (request.url ?? '').split('?')[0]?.split('/').at(-1) ?? '';
    const file = request.headers.authorization === 'Bearer token' ? files.get(name) : undefined;
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
    else response.writeHead(404).end('{"errcode":"M_NOT_FOUND"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const serverUrl = `http://127.0.0.1:${port}`;
  media = new MediaStore(
    createChatHttp({ serverUrl, accessToken: 'token', fetch, onSignedOut: () => undefined }),
  );
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
