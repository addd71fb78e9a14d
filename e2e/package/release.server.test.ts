import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadPack } from '../../build/brand/make.ts';
import { makeDeb } from '../../build/package/linux/deb.ts';
import { makeRpm } from '../../build/package/linux/rpm.ts';
import { productOf } from '../../build/package/product.ts';
import { signFile, signRpm } from '../../build/package/sign-linux.ts';
import { readSigning } from '../../build/package/signing.ts';
import { runCommand } from '../setup/command.ts';
import { packBrand } from './rig.ts';

// What makes a release one: it is signed, and the same sources make the same bytes.
const KEY = 'release@metropole.example';
const product = productOf(loadPack('tno').brand, '0.1.0');
const date = new Date('2026-11-28T12:00:00Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'));
  vi.stubEnv('GNUPGHOME', join(folder, 'keys'));
  await mkdir(join(folder, 'keys'), { mode: 0o700 });
  const make = ['--batch', '--passphrase', '', '--quick-generate-key', KEY, 'rsa2048', 'sign', 'never'];
  await runCommand('gpg', make);
});
afterAll(async () => {
  await runCommand('gpgconf', ['--kill', 'gpg-agent']);
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A package with next to nothing in it, laid out as the real ones are. */
async function smallTree(name: string): Promise<string> {
  const tree = join(folder, name);
  for (const path of [`opt/${product.id}/resources`, 'usr/bin', `etc/${product.id}`, 'etc/xdg/autostart'])
    await mkdir(join(tree, path), { recursive: true });
  const files = [
    `opt/${product.id}/chrome-sandbox`,
    `usr/bin/${product.id}`,
    `etc/xdg/autostart/${product.applicationId}.desktop`,
    `usr/share/applications/${product.applicationId}.desktop`,
    `usr/share/doc/${product.id}/LICENSE.txt`,
    `usr/share/icons/hicolor/16x16/apps/${product.applicationId}.png`,
    `usr/share/metainfo/${product.applicationId}.metainfo.xml`,
  ];
  for (const file of files) {
    await mkdir(join(tree, file, '..'), { recursive: true });
    await writeFile(join(tree, file), file);
  }
  return tree;
}

test('what nobody signs, or what stands in for the real Electron, is refused as a release', async () => {
  const signing = readSigning({});
  const refused = packBrand('tno', ['deb', 'msi'], { release: true, signing });
  await expect(refused).rejects.toThrow(/can't be called a release[^]*TRABOULE_GPG_KEY[^]*WIN_CSC_LINK/);
});

test('a deb is signed beside it, and its signature tells a change', async () => {
  const file = join(folder, 'a.deb');
  await makeDeb(product, await smallTree('deb'), file, { pressing: 'fast', date });
  await signFile(file, KEY);
  await runCommand('gpg', ['--verify', `${file}.asc`, file]);
  await writeFile(file, 'changed');
  await expect(runCommand('gpg', ['--verify', `${file}.asc`, file])).rejects.toThrow(/BAD signature/);
});

test('an rpm is signed inside, as its tools check it', async () => {
  const file = join(folder, 'a.rpm');
  await makeRpm(product, await smallTree('rpm'), file, { pressing: 'fast', date });
  await signRpm(file, KEY);
  const keys = join(folder, 'key.asc');
  await runCommand('gpg', ['--armor', '--output', keys, '--export', KEY]);
  const database = ['--dbpath', join(folder, 'rpmdb')];
  await runCommand('rpmkeys', [...database, '--import', keys]);
  expect(await runCommand('rpmkeys', [...database, '--checksig', file])).toMatch(/digests signatures OK/);
});

test('the same sources make the same deb and rpm, whatever the hour and the rights of who builds', async () => {
  const made: Buffer[] = [];
  for (const name of ['one', 'two']) {
    const [forDeb, forRpm] = [await smallTree(`${name}-deb`), await smallTree(`${name}-rpm`)];
    if (name === 'two') await chmod(join(forDeb, `usr/share/doc/${product.id}`), 0o700);
    const [deb, rpm] = [join(folder, `${name}.deb`), join(folder, `${name}.rpm`)];
    await makeDeb(product, forDeb, deb, { pressing: 'fast', date });
    await makeRpm(product, forRpm, rpm, { pressing: 'fast', date });
    made.push(Buffer.concat([await readFile(deb), await readFile(rpm)]));
  }
  expect(made[0]?.equals(made[1] ?? Buffer.alloc(0))).toBe(true);
});
