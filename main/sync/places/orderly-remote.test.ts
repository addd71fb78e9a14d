import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { isAbort, RemoteFailure } from '../model/failures.ts';
import { remotePath, remoteRoot } from '../model/paths.ts';
import type { Outcome, Places } from '../ports/places.ts';
import type { Stored } from '../ports/remote.ts';
import { MemoryRemote } from '../testing/memory-remote.ts';
import { MemoryServer } from '../testing/memory-server.ts';
import { OrderlyRemote } from './orderly-remote.ts';

const never = new AbortController().signal;

/** One place, which tells how it was given back. */
class OnePlace implements Places {
  readonly outcomes: Outcome[] = [];
  isTaken = false;

  take(signal: AbortSignal): Promise<{ leave: (outcome: Outcome) => void }> {
    if (signal.aborted) return Promise.reject(new DOMException('stopped', 'AbortError'));
    if (this.isTaken) return Promise.reject(new Error('a second place was asked for'));
    this.isTaken = true;
    const leave = (outcome: Outcome): void => {
      this.isTaken = false;
      this.outcomes.push(outcome);
    };
    return Promise.resolve({ leave });
  }
}

let now: number;
let places: OnePlace;
/** What the server does before it answers. */
let answer: (operation: string) => Promise<void>;
let remote: OrderlyRemote;
beforeEach(() => {
  now = 1000;
  places = new OnePlace();
  answer = () => Promise.resolve();
  const server = new MemoryServer(() => 1_800_000_000_000);
  remote = new OrderlyRemote(new MemoryRemote(server, (operation) => answer(operation)), places, () => now);
});

async function* bytes(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await setImmediate();
    now += 5000;
    yield Buffer.from(chunk);
  }
}

function upload(name: string, ...chunks: readonly string[]): Promise<Stored> {
  return remote.upload({
    path: remotePath([name]),
    size: chunks.join('').length,
    mtime: 1_700_000_000,
    checksum: 'SHA1:0',
    condition: { kind: 'absent' },
    body: bytes(...chunks),
    signal: never,
  });
}

async function openDownload(name: string): ReturnType<OrderlyRemote['download']> {
  const path = remotePath([name]);
  const found = await remote.look(path, never);
  if (found?.kind !== 'file') throw new Error(`no file ${name}`);
  return remote.download({
    path,
    etag: found.etag,
    size: found.size,
    offset: 0,
    signal: never,
  });
}

describe('an upload', () => {
  test('holds a place while it lasts, and tells how long the server took, not the line', async () => {
    await upload('a.txt', 'one', 'two');
    expect(places.isTaken).toBe(false);
    expect(places.outcomes).toEqual([{ kind: 'well', pace: { sort: 'file 0', ms: 0 } }]);
  });

  test('that fails gives its place back, and tells what it says of the server', async () => {
    const failures = [
      new RemoteFailure('unavailable', { status: 503 }),
      new RemoteFailure('serverError', { status: 504 }),
      new RemoteFailure('interrupted'),
      new RemoteFailure('quotaFull', { status: 507 }),
      new DOMException('stopped', 'AbortError'),
    ];
    for (const failure of failures) {
      answer = (operation) => (operation === 'upload' ? Promise.reject(failure) : Promise.resolve());
      await expect(upload('a.txt', 'one')).rejects.toBe(failure);
      expect(places.isTaken).toBe(false);
    }
    expect(places.outcomes).toEqual([
      { kind: 'trouble', forAll: failures[0] },
      { kind: 'trouble' },
      { kind: 'trouble' },
      { kind: 'silent' },
      { kind: 'silent' },
    ]);
  });
});

describe('a download', () => {
  beforeEach(async () => {
    await upload('a.txt', 'content');
    places.outcomes.length = 0;
  });

  test('holds its place until it is closed, even when it is read to the end', async () => {
    const download = await openDownload('a.txt');
    for await (const _ of download.body) expect(places.isTaken).toBe(true);
    now += 60_000;
    expect(places.isTaken).toBe(true);
    await download.close();
    expect(places.isTaken).toBe(false);
    expect(places.outcomes).toEqual([{ kind: 'well', pace: { sort: 'download', ms: 0 } }]);
  });

  test('lets listings pass while it holds the only place', async () => {
    const download = await openDownload('a.txt');
    expect((await remote.list(remoteRoot, never)).children).toHaveLength(1);
    await download.close();
  });

  test('that can’t begin gives its place back', async () => {
    answer = (operation) =>
      operation === 'download' ? Promise.reject(new RemoteFailure('notFound')) : Promise.resolve();
    await expect(openDownload('a.txt')).rejects.toMatchObject({
      code: 'notFound',
    });
    expect(places.outcomes).toEqual([{ kind: 'silent' }]);
  });
});

test('an archive holds its place until it is left', async () => {
  await remote.createFolder(remotePath(['plans']), never);
  await upload('plans/a.txt', 'one');
  await upload('plans/b.txt', 'two');
  const archive = await remote.archive(remotePath(['plans']), never);
  expect(archive).toBeDefined();
  for await (const _ of archive ?? []) {
    expect(places.isTaken).toBe(true);
    break;
  }
  expect(places.isTaken).toBe(false);
  expect(places.outcomes.at(-1)).toEqual({ kind: 'silent' });
});

test('what is stopped before its place asks the server for nothing', async () => {
  const before = remote.requests;
  await expect(remote.uploadBulk([], AbortSignal.abort())).rejects.toSatisfy(isAbort);
  expect(remote.requests).toBe(before);
});
