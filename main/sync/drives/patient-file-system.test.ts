import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { looksAside } from '../local/looks-aside.ts';
import { nodeFileSystem } from '../local/node-file-system.ts';
import { DriveSilent } from '../model/failures.ts';
import { type LocalPath, localPath } from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { Hints } from '../ports/hints.ts';
import { Drive } from './drive.ts';
import { patientFileSystem } from './patient-file-system.ts';
import { patientHints } from './patient-hints.ts';

const patience = { lookMs: 50, workMs: 100 };
const never = (): Promise<never> => new Promise(() => undefined);

let base: string;
let drive: Drive;
const at = (...names: string[]): LocalPath => localPath(join(base, ...names));
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-drive-'));
  drive = new Drive();
  mkdirSync(at('folder'));
  writeFileSync(at('plan.txt'), 'plan');
  writeFileSync(at('large.bin'), Buffer.alloc(2_500_000, 'x'));
});
afterEach(() => rmSync(base, { recursive: true }));

async function read(
  disk: Pick<FileSystem, 'read'>,
  path: LocalPath,
  start = 0,
  end?: number,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  const range = end === undefined ? { start } : { start, end };
  for await (const piece of disk.read(path, range)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('looks that are made aside see what those at once see', async () => {
  const aside = looksAside((call) => call());
  const byName = async (disk: Pick<FileSystem, 'list'>) =>
    (await disk.list(at())).entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  expect(await byName(aside)).toEqual(await byName(nodeFileSystem));
  for (const path of [at('plan.txt'), at('folder'), at('nothing'), at('plan.txt', 'below')])
    expect(await aside.look(path)).toEqual(await nodeFileSystem.look(path));
  expect(await read(aside, at('plan.txt'), 1, 3)).toBe('la');
  await expect(aside.list(at('nothing'))).rejects.toMatchObject({ code: 'missing' });
});

describe.each([false, true])('a drive that answers, its looks made aside: %s', (isAside) => {
  test('is read and written as any other', async () => {
    const disk = patientFileSystem(nodeFileSystem, drive, { isAside });
    expect((await disk.list(at())).entries).toHaveLength(3);
    expect(await disk.look(at('plan.txt'))).toMatchObject({ kind: 'file', size: 4 });
    expect(await read(disk, at('plan.txt'), 0, 4)).toBe('plan');
    expect(await read(disk, at('large.bin'))).toHaveLength(2_500_000);
    const writer = await disk.write(at('new.txt'), 0);
    await writer.write(Buffer.from('new'));
    expect(writer.position).toBe(3);
    await writer.finish(1_700_000_000_000);
    await writer.close();
    expect(readFileSync(at('new.txt'), 'utf8')).toBe('new');
  });

  test('lets a reader go that has enough', async () => {
    const disk = patientFileSystem(nodeFileSystem, drive, { isAside });
    for await (const piece of disk.read(at('large.bin'), { start: 0 })) {
      expect(piece).toHaveLength(1024 * 1024);
      break;
    }
    expect(drive.isSilent).toBe(false);
  });
});

describe('a drive that hangs', () => {
  beforeEach(() => {
    drive = new Drive(patience);
  });
  const hung: FileSystem = {
    ...nodeFileSystem,
    read: () => ({ [Symbol.asyncIterator]: () => ({ next: never, return: never }) }),
    write: () => Promise.resolve({ position: 0, write: never, flush: never, finish: never, close: never }),
  };

  test('ends who reads and who writes, and leaves nobody to wait for the end of a file', async () => {
    const disk = patientFileSystem(hung, drive, { isAside: false });
    const writer = await disk.write(at('new.txt'), 0);
    await expect(read(disk, at('plan.txt'))).rejects.toThrow(DriveSilent);
    await expect(writer.write(Buffer.from('x'))).rejects.toThrow(DriveSilent);
    await writer.close();
  });

  test('is looked at aside from then on', async () => {
    const { promise, resolve } = Promise.withResolvers<LocalPath>();
    const aside = { ...looksAside((call) => call()), look: vi.fn<FileSystem['look']>() };
    const disk = patientFileSystem({ ...nodeFileSystem, resolve: () => promise }, drive, {
      isAside: false,
      aside,
    });
    await disk.look(at('plan.txt'));
    await expect(disk.resolve(at())).rejects.toThrow(DriveSilent);
    await expect(disk.look(at('plan.txt'))).rejects.toThrow(DriveSilent);
    expect(aside.look).not.toHaveBeenCalled();
    resolve(at());
    await vi.waitFor(() => expect(drive.isSilent).toBe(false));
    await disk.look(at('plan.txt'));
    expect(aside.look).toHaveBeenCalledOnce();
  });

  test('is not watched before it answers', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const watch = vi.fn<Hints['watch']>(() => () => Promise.resolve());
    const unwatch = patientHints({ watch }, drive, () => promise).watch(() => undefined);
    await vi.waitFor(() => expect(drive.isSilent).toBe(true));
    expect(watch).not.toHaveBeenCalled();
    resolve();
    await vi.waitFor(() => expect(watch).toHaveBeenCalledOnce());
    await unwatch();
  });
});

test('what turns out to be a share behind a letter is looked at aside', async () => {
  const aside = { ...looksAside((call) => call()), look: vi.fn<FileSystem['look']>() };
  const share = { ...nodeFileSystem, resolve: () => Promise.resolve(localPath('\\\\nas\\bureau')) };
  const disk = patientFileSystem(share, drive, { isAside: false, aside });
  await disk.look(at('plan.txt'));
  expect(aside.look).not.toHaveBeenCalled();
  await disk.resolve(at());
  await disk.look(at('plan.txt'));
  expect(aside.look).toHaveBeenCalledOnce();
});
