import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../log/silent.ts';
import { openKeptCredentials } from './kept-credentials.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxy-'));
});
afterEach(() => rm(folder, { recursive: true }));

const NADIA = { user: 'n.benali', password: 'juste' };
/** Turns every byte around: enough to see what lies in the clear. */
const turn = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);
const sealing = {
  seal: (text: string) => Promise.resolve(turn(Buffer.from(text))),
  open: (sealed: Uint8Array) => Promise.resolve({ text: Buffer.from(turn(sealed)).toString() }),
};
const file = () => join(folder, 'proxy.sealed');
const open = (with_: typeof sealing | null = sealing, mayKeep = true) =>
  openKeptCredentials(file(), mayKeep, () => Promise.resolve(with_), silentLog);

it('keeps a sign-in sealed from one start to the next, and forgets it when told', async () => {
  await (await open()).keep('p:3128', NADIA);
  expect((await readFile(file())).includes('juste')).toBe(false);
  const again = await open();
  expect([...again.all]).toEqual([['p:3128', NADIA]]);
  await again.keep('p:3128', null);
  expect(await readdir(folder)).toEqual([]);
});

it('writes nothing where there is no key store', async () => {
  await (await open(null)).keep('p:3128', NADIA);
  expect(await readdir(folder)).toEqual([]);
});

it('leaves nothing of what was kept where that is not allowed any more', async () => {
  await (await open()).keep('p:3128', NADIA);
  const kept = await open(sealing, false);
  expect([...kept.all]).toEqual([]);
  await kept.keep('p:3128', NADIA);
  expect(await readdir(folder)).toEqual([]);
});

it('goes on without what it can’t open any more', async () => {
  await writeFile(file(), 'sealed elsewhere');
  const kept = await open();
  expect([...kept.all]).toEqual([]);
  await kept.keep('p:3128', NADIA);
  expect([...(await open()).all]).toEqual([['p:3128', NADIA]]);
});
