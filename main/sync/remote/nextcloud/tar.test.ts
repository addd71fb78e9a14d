import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTar } from './tar.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'traboule-tar-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const files: Readonly<Record<string, string>> = {
  'folder/a.txt': 'a',
  'folder/empty': '',
  'folder/block': 'x'.repeat(512),
  'folder/été = ünï.txt': 'accents',
  [`folder/${'deep/'.repeat(30)}${'long '.repeat(40)}.txt`]: 'a long way',
  'folder/large.bin': 'large '.repeat(20_000),
};

/** What the system's own tar makes of the files. */
function archive(format: string): Buffer {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  }
  return execFileSync('tar', ['-c', `--format=${format}`, '-C', base, 'folder'], { maxBuffer: 10_000_000 });
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

async function read(bytes: Uint8Array, size: number): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { path, content } of readTar(inPieces(bytes, size))) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    found[path] = Buffer.concat(pieces).toString();
  }
  return found;
}

test.each(['gnu', 'posix'])('reads what tar writes in the format %s, however it arrives', async (format) => {
  const bytes = archive(format);
  for (const size of [100, 512, 65_536]) expect(await read(bytes, size)).toEqual(files);
});

test('a file that nobody reads is passed over', async () => {
  const paths: string[] = [];
  for await (const { path } of readTar(inPieces(archive('posix'), 1000))) paths.push(path);
  expect(paths.toSorted()).toEqual(Object.keys(files).toSorted());
});

test('an end too early, a wrong sum and what is no tar at all are failures', async () => {
  const bytes = archive('posix');
  await expect(read(bytes.subarray(0, bytes.length / 2), 1000)).rejects.toMatchObject({
    code: 'interrupted',
  });
  const wrong = Buffer.from(bytes);
  wrong[0] = (wrong[0] ?? 0) + 1;
  await expect(read(wrong, 1000)).rejects.toMatchObject({ code: 'malformed' });
  await expect(read(Buffer.from('<html>no tar</html>'.repeat(100)), 1000)).rejects.toMatchObject({
    code: 'malformed',
  });
});
