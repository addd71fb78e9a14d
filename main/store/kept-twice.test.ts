import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { silentLog } from '../log/silent.ts';
import { keptTwice } from './kept-twice.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-twice-'));
});
afterEach(() => rm(folder, { recursive: true }));
const open = () => keptTwice(join(folder, 'value.json'), z.array(z.string()), [], silentLog);

test('a value outlives the first file and the second, not both', async () => {
  await (await open()).set(['a', 'b']);
  await writeFile(join(folder, 'value.json'), '["a", ');
  const again = await open();
  expect(again.value).toEqual(['a', 'b']);
  await again.set(['c']);
  await writeFile(join(folder, 'value.json.spare'), 'nothing');
  expect((await open()).value).toEqual(['c']);
  expect(await readdir(folder)).toContain('value.json.broken');
  await Promise.all(['value.json', 'value.json.spare'].map((name) => writeFile(join(folder, name), '1')));
  expect((await open()).value).toEqual([]);
});
