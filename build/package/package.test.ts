import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSignedWith } from '../../main/updates/signature.ts';
import { billOf, licenceOf } from './components.ts';
import { unwantedIn } from './contents.ts';
import { feedKey, nameFeeds, signFeeds } from './feed.ts';
import { lyon } from './fixtures/products.ts';
import { noticesOf } from './notices.ts';
import { sumsOf } from './sums.ts';
import { readTargets } from './targets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const write = (path: string, text = ''): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe('what goes into a package', () => {
  it.each([
    'out/main/index.js.map',
    'main/index.ts',
    '.env',
    'out/brand/icons/icon.ico',
    'node_modules/undici/types/index.d.ts',
    'out/renderer/assets/key.pem',
    'node_modules/native-reg/src/index.ts',
  ])('is never %s', async (path) => {
    write('out/main/index.js');
    write('out/renderer/workers/worker-1a.js');
    write(path);
    expect(await unwantedIn(folder)).toEqual([path]);
  });
});

describe('targets', () => {
  it('are those that need no download when none is named', () => {
    expect(readTargets(undefined)).toEqual(['dir', 'tar.gz', 'deb', 'rpm']);
  });

  it('that are not known are named', () => {
    expect(() => readTargets('deb,exe')).toThrow(/no target exe.*nsis/);
    expect(readTargets('deb, msi,deb')).toEqual(['deb', 'msi']);
  });
});

describe('papers', () => {
  const component = { 'bom-ref': 'a@1', name: 'a', version: '1.0.0', licenses: [{ license: { id: 'MIT' } }] };
  const bom = {
    bomFormat: 'CycloneDX' as const,
    specVersion: '1.5',
    serialNumber: 'urn:uuid:chance',
    metadata: { timestamp: 'now', component: { name: 'x' } },
    components: [component],
  };

  it('list all components and Electron, alike for the same sources', () => {
    const date = new Date('2026-11-28T12:00:00Z');
    const bill = billOf(bom, lyon, '45.4.1', date);
    expect(bill.components.map(({ name }) => name)).toEqual(['a', 'electron']);
    expect(bill.metadata).toMatchObject({
      timestamp: '2026-11-28T12:00:00.000Z',
      component: { name: 'lyon-ensemble' },
    });
    expect(billOf({ ...bom, serialNumber: 'urn:uuid:other' }, lyon, '45.4.1', date)).toEqual(bill);
    expect(bill.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('hold the licences of others in full, and miss none', async () => {
    write('node_modules/a/LICENSE', 'Do as you please.');
    expect(await noticesOf([component], folder)).toMatch(/^a 1\.0\.0 \(MIT\)$[^]*Do as you please\./m);
    const silent = { 'bom-ref': 'b@1', name: 'b', version: '1.0.0' };
    await expect(noticesOf([silent], folder)).rejects.toThrow(/b 1\.0\.0 does not say/);
    expect(licenceOf({ ...silent, licenses: [{ expression: 'MIT OR ISC' }] })).toBe('MIT OR ISC');
  });

  it('sum files as sha256sum reads it', async () => {
    write('b', 'abc');
    write('a');
    expect(await sumsOf([join(folder, 'b'), join(folder, 'a')])).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b\n',
    );
  });
});

describe('the lists of new versions', () => {
  it('are signed as the program checks it, for a part of the PCs first and for all later', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    write('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    write('latest-linux.yml', 'version: 0.2.0\n');
    write('other.yml', 'a: 1\n');
    await nameFeeds(folder, 'fr.traboule.tno');
    const said = 'version: 0.2.0\nproduct: fr.traboule.tno\nlist: latest-linux.yml\n';
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    for (const [part, list] of [
      [20, `${said}stagingPercentage: 20\n`],
      [50, `${said}stagingPercentage: 50\n`],
      [100, said],
    ] as const) {
      const written = await signFeeds(folder, await feedKey(join(folder, 'key.pem')), part);
      expect(written).toEqual([join(folder, 'latest-linux.yml'), join(folder, 'latest-linux.yml.sig')]);
      expect(read('latest-linux.yml')).toBe(list);
      expect(isSignedWith(key, list, read('latest-linux.yml.sig'))).toBe(true);
    }
    await expect(signFeeds(folder, privateKey, 101)).rejects.toThrow(/no part/);
    write('beta.yml', 'version: 0.3.0\n');
    await expect(signFeeds(folder, privateKey, 100)).rejects.toThrow(/whose it is/);
  });
});
