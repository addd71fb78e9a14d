import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Nextcloud, startNextcloud } from '../../../e2e/stack/nextcloud/index.ts';
import type { Checksum } from '../model/entries.ts';
import { type RemotePath, remotePath } from '../model/paths.ts';
import type { BulkFile, Remote, Stored, WriteCondition } from '../ports/remote.ts';
import { NextcloudRemote } from '../remote/nextcloud/nextcloud-remote.ts';
import { MemoryRemote } from './memory-remote.ts';
import { MemoryServer } from './memory-server.ts';

const { signal } = new AbortController();
const path = (text: string): RemotePath => remotePath(text.split('/'));
const absent: WriteCondition = { kind: 'absent' };

async function* bodyOf(text: string): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < text.length; start += 7)
    yield new TextEncoder().encode(text.slice(start, start + 7));
}

function sum(text: string): Checksum {
  return `SHA1:${createHash('sha1').update(text).digest('hex')}`;
}

function put(remote: Remote, to: string, text: string, condition = absent): Promise<Stored> {
  const file = { size: text.length, mtime: 1_500_000_000, checksum: sum(text), condition };
  return remote.upload({ path: path(to), ...file, body: bodyOf(text), signal });
}

async function get(
  remote: Remote,
  from: string,
  wanted: {
    readonly offset?: number;
    readonly etag?: string;
    readonly size?: number;
  } = {},
): Promise<string> {
  const found = await remote.look(path(from), signal);
  const listed = found?.kind === 'file' ? { etag: found.etag, size: found.size } : { etag: 'none', size: 0 };
  const download = await remote.download({
    path: path(from),
    offset: 0,
    ...listed,
    ...wanted,
    signal,
  });
  let text = '';
  for await (const chunk of download.body) text += Buffer.from(chunk).toString();
  await download.close();
  return text;
}

let server: Nextcloud | undefined;
let base = '';
let remote: Remote;

const kinds: Record<string, () => Promise<Remote>> = {
  'in memory': () => {
    const memory = new MemoryServer(() => Date.now());
    memory.takesBulk = true;
    return Promise.resolve(new MemoryRemote(memory));
  },
  'of Nextcloud': async () => {
    base = mkdtempSync(join(tmpdir(), 'traboule-remote-'));
    server = await startNextcloud({
      dataDir: base,
      users: [{ uid: 'ana', password: 'p', displayName: 'Ana' }],
      bulkUpload: true,
    });
    const password = server.control.createAppPassword('ana', 'contract');
    return new NextcloudRemote({ url: server.url, user: 'ana', password, rootPath: '/' });
  },
};

describe.each(Object.keys(kinds))('the remote %s', (kind) => {
  beforeEach(async () => {
    const open = kinds[kind];
    if (open !== undefined) remote = await open();
  });
  afterEach(async () => {
    await remote.close();
    await server?.stop();
    server = undefined;
    if (base !== '') rmSync(base, { recursive: true, force: true });
  });

  test('stores, lists and gives back; a change marks every folder above', async () => {
    await remote.createFolder(path('folder'), signal);
    const before = await remote.identify(signal);
    const stored = await put(remote, 'folder/é.txt', 'content');
    const { children } = await remote.list(path('folder'), signal);
    expect(children).toMatchObject([
      {
        name: 'é.txt',
        entry: { kind: 'file', size: 7, mtime: 1_500_000_000, stated: sum('content'), racy: false },
      },
    ]);
    expect(children[0]?.entry).toMatchObject({ etag: stored.etag, id: stored.id });
    expect(await get(remote, 'folder/é.txt')).toBe('content');
    expect((await remote.identify(signal)).root.etag).not.toBe(before.root.etag);
  });

  test('lists a whole tree at once as it lists each folder of it, but for empty ones', async () => {
    for (const name of ['a', 'a/été', 'a/empty', 'b']) await remote.createFolder(path(name), signal);
    for (const name of ['x', 'a/x', 'a/été/y', 'b/z']) await put(remote, name, 'content');
    const listings = await remote.listAll(signal);
    expect([...listings.keys()].toSorted()).toEqual(['', 'a', 'a/été', 'b']);
    for (const [folder, listing] of listings) {
      const alone = await remote.list(folder, signal);
      expect(listing.self).toEqual(alone.self);
      expect(listing.children).toHaveLength(alone.children.length);
      expect(alone.children).toEqual(expect.arrayContaining([...listing.children]));
    }
  });

  test('writes only what its condition allows', async () => {
    const { etag = '' } = await put(remote, 'a', 'one');
    await expect(put(remote, 'a', 'two')).rejects.toMatchObject({ code: 'conditionFailed' });
    await expect(put(remote, 'a', 'two', { kind: 'version', etag: 'stale' })).rejects.toMatchObject({
      code: 'conditionFailed',
    });
    await put(remote, 'a', 'two, longer', { kind: 'version', etag });
    await expect(remote.remove(path('a'), etag, signal)).rejects.toMatchObject({ code: 'conditionFailed' });
    expect(await get(remote, 'a')).toBe('two, longer');
    await expect(put(remote, 'no/a', 'x')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('moves with the id, never onto anything', async () => {
    const { id } = await put(remote, 'a', 'one');
    await put(remote, 'b', 'two');
    await expect(remote.move(path('a'), path('b'), signal)).rejects.toMatchObject({
      code: 'conditionFailed',
    });
    await remote.move(path('a'), path('c'), signal);
    expect(await remote.look(path('c'), signal)).toMatchObject({ id });
    expect(await remote.look(path('a'), signal)).toBeUndefined();
    await expect(remote.move(path('a'), path('d'), signal)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('says what is there, what is not, and what can’t be', async () => {
    await remote.createFolder(path('folder'), signal);
    await expect(remote.createFolder(path('folder'), signal)).rejects.toMatchObject({ code: 'exists' });
    await expect(remote.createFolder(path('no/folder'), signal)).rejects.toMatchObject({
      code: 'parentMissing',
    });
    await expect(remote.list(path('no'), signal)).rejects.toMatchObject({ code: 'notFound' });
    await expect(get(remote, 'no')).rejects.toMatchObject({ code: 'notFound' });
    await expect(get(remote, 'folder')).rejects.toMatchObject({ code: 'malformed' });
    expect(await remote.remove(path('no'), undefined, signal)).toBe(false);
    expect(await remote.remove(path('folder'), undefined, signal)).toBe(true);
  });

  test('goes on in the middle of a version, and gives no other than the one asked for', async () => {
    await put(remote, 'a', '0123456789');
    expect(await get(remote, 'a', { offset: 4 })).toBe('456789');
    await expect(get(remote, 'a', { offset: 4, etag: 'another' })).rejects.toMatchObject({
      code: 'contentChanged',
    });
    await expect(get(remote, 'a', { size: 11 })).rejects.toMatchObject({ code: 'wrongLength' });
    expect(await get(remote, 'a')).toBe('0123456789');
  });

  test('stores many files at once over whatever is there, those it can, and states no checksum', async () => {
    expect(await remote.takesBulk(signal)).toBe(true);
    await remote.createFolder(path('many'), signal);
    await put(remote, 'many/standing', 'what somebody wrote');
    const file = (to: string): BulkFile => {
      const checksum = sum(`in ${to}`);
      return { path: path(to), content: Buffer.from(`in ${to}`), mtime: 1_500_000_000, checksum };
    };
    const files = ['many/été 😀', 'many/standing', 'many/nowhere/a', 'many/z'].map(file);
    expect(await remote.uploadBulk(files, signal)).toEqual(
      new Set(['many/été 😀', 'many/standing', 'many/z']),
    );
    expect(await get(remote, 'many/standing')).toBe('in many/standing');
    const entry = { kind: 'file', size: 'in many/z'.length, mtime: 1_500_000_000, stated: '', racy: false };
    expect(await remote.look(path('many/z'), signal)).toMatchObject(entry);
    expect(await remote.uploadBulk([], signal)).toEqual(new Set());
  });

  test('puts parts together, in order, on its condition', async () => {
    const upload = { id: 'contract-1', path: path('large') };
    await remote.beginParts(upload, signal);
    await remote.putPart(upload, { number: 2, size: 3, body: bodyOf('def') }, signal);
    await remote.putPart(upload, { number: 1, size: 3, body: bodyOf('abc') }, signal);
    expect(await remote.listParts(upload, signal)).toEqual(
      new Map([
        [1, 3],
        [2, 3],
      ]),
    );
    const file = { size: 6, mtime: 1_500_000_000, checksum: sum('abcdef'), signal };
    await expect(
      remote.finishParts(upload, { ...file, condition: { kind: 'version', etag: 'no' } }),
    ).rejects.toMatchObject({ code: 'conditionFailed' });
    await remote.finishParts(upload, { ...file, condition: absent });
    expect(await get(remote, 'large')).toBe('abcdef');
    expect(await remote.listParts(upload, signal)).toBeUndefined();
    await remote.abortParts(upload, signal);
  });
});
