import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { filesBelow } from '../../build/package/contents.ts';
import { FUSES, readFuses } from '../../build/package/fuses.ts';
import { loadBrand } from '../../main/brand/load.ts';
import { type StartedProgram, startProgram } from '../bench/started-program.ts';
import { type Display, openDisplay } from '../electron/display.ts';
import { runCommand } from '../setup/command.ts';
import { changedBrand } from '../stack/brand.ts';
import { type Feed, openFeed } from './feed.ts';
import { type Made, packBrand } from './rig.ts';
import { insideRoot, isRoot, NOBODY, scratchRoot, withoutRights } from './scratch-root.ts';

// One packaging of ENSEMBLE in every form that a Linux machine makes by itself; each is looked at, installed and started.
const ID = 'lyon-ensemble';
const NAME = `${ID}-0.1.0-x64-unsigned`;
const START_MS = 120_000;

let made: Made;
let display: Display;
let profiles: string;
let work: string;
let feed: Feed;
const packed = (ending: string): string => join(made.output, `${NAME}.${ending}`);
const unpacked = (): string => join(made.output, 'linux-unpacked');

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'packed-brand-'));
  feed = await openFeed(work, 'fr.traboule.ensemble', '9.0.0');
  const updates = { feed: feed.url, key: feed.key };
  const pack = loadBrand(await changedBrand(join(work, 'brand'), ID, { updates }));
  made = await packBrand(ID, ['dir', 'tar.gz', 'deb', 'rpm'], { pack });
  display = await openDisplay(true);
  profiles = await mkdtemp(join(tmpdir(), 'packed-profiles-'));
  await Promise.all([profiles, made.scratch].map((folder) => chmod(folder, 0o755)));
}, 180_000);
afterAll(async () => {
  display?.close();
  feed?.close();
  await rm(work, { recursive: true, force: true });
  await rm(profiles, { recursive: true, force: true, maxRetries: 5 });
  await made?.close();
});

/** Starts a packaged program with a profile of its own, as a click on its icon does. */
async function start(executablePath: string, name: string, args: string[] = []): Promise<StartedProgram> {
  const profile = join(profiles, name);
  await mkdir(join(profile, 'home'), { recursive: true });
  if (isRoot) for (const folder of [profile, join(profile, 'home')]) await chown(folder, NOBODY, NOBODY);
  const launch = { executablePath, args, playwrightArgs: [] };
  return startProgram({ launch, display: display.name, profile, brand: '' });
}

/** The words and the theme of its window, once it has drawn itself. */
async function seen({ page }: StartedProgram): Promise<string> {
  const look = () =>
    page.call(() => `${document.documentElement.dataset['theme']} ${document.body.innerText}`);
  await expect.poll(look, { timeout: 20_000 }).toMatch(/Métropole de Lyon/);
  return String(await look());
}

/** How the program stands towards new versions, as it tells its page. */
async function updatesOf({ page }: StartedProgram): Promise<unknown> {
  const answer = await page.call(() => Reflect.get(window, 'traboule').invoke('updates.get', undefined));
  return z.object({ ok: z.literal(true), value: z.unknown() }).parse(answer).value;
}

describe('the program as a folder', () => {
  test('holds what was decided, and nothing that its sources could be read from', () => {
    const files = listPackage(join(unpacked(), 'resources/app.asar'), { isPack: false });
    expect(files).toEqual(
      expect.arrayContaining(['/package.json', '/out/main/index.js', '/out/brand/brand.json']),
    );
    expect(files.filter((path) => /\.(map|tsx?|env|pem)$|\.test\.|\.local/.test(path))).toEqual([]);
    expect(files.filter((path) => path.startsWith('/out/brand/'))).not.toContain('/out/brand/icons');
  });

  test('has beside its archive only what Electron needs, and the papers', async () => {
    const names = (await readdir(unpacked())).toSorted();
    const known = [
      /^(LICENSE\.electron|LICENSE|THIRD-PARTY)\.txt$/,
      /^LICENSES\.chromium\.html$/,
      /^components\.cdx\.json$/,
      /^(chrome-sandbox|chrome_crashpad_handler|lyon-ensemble|locales|resources)$/,
      /^[\w.]+\.(pak|bin|dat)$/,
      /^lib\w+\.so(\.1)?$/,
      /^vk_swiftshader_icd\.json$/,
    ];
    expect(names.filter((name) => !known.some((one) => one.test(name)))).toEqual([]);
    expect(await readdir(join(unpacked(), 'resources'))).toEqual(['app-update.yml', 'app.asar']);
  });

  test('has every fuse set as decided', async () => {
    const fuses = await readFuses(join(unpacked(), ID));
    expect(fuses.size).toBeGreaterThanOrEqual(made.isOlder ? 6 : 9);
    const wrong = [...fuses].filter(([name, value]) => FUSES[FuseV1Options[name]] !== value);
    expect(wrong).toEqual([]);
  });

  test('takes no script of others', async () => {
    const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPLAY: ':none' };
    const said = runCommand(join(unpacked(), ID), ['-e', 'console.log("ran")', '--no-sandbox'], {
      env: asNode,
    });
    expect(await said.catch((error: Error) => error.message)).not.toMatch(/^ran$/m);
  });

  test('starts as somebody without rights, and finds a newer version in its brand’s feed where it can renew itself', {
    timeout: START_MS,
  }, async () => {
    const image = join(made.scratch, 'ENSEMBLE.AppImage');
    const run = await withoutRights(
      `env APPIMAGE=${image} ${join(unpacked(), ID)}`,
      join(made.scratch, 'run-image'),
    );
    const program = await start(run, 'image', [`--ignore-certificate-errors-spki-list=${feed.spki}`]);
    expect(await seen(program)).toMatch(/ENSEMBLE/);
    await program.page.call(() => Reflect.get(window, 'traboule').invoke('updates.look', undefined));
    await expect
      .poll(() => updatesOf(program), { timeout: 30_000 })
      .toEqual({ status: 'offered', version: '9.0.0' });
    await program.stop();
  });
});

describe('the tar.gz', () => {
  test('is one folder that starts where it is unpacked, and leaves nothing elsewhere', {
    timeout: START_MS,
  }, async () => {
    const place = join(made.scratch, 'somewhere');
    await mkdir(place);
    await runCommand('tar', ['-xzf', packed('tar.gz'), '-C', place]);
    expect(await readdir(place)).toEqual([NAME]);
    const program = await start(
      await withoutRights(join(place, NAME, ID), join(made.scratch, 'run-tar')),
      'tar',
    );
    expect(await seen(program)).toMatch(/ENSEMBLE/);
    await program.stop();
    expect(await filesBelow(join(profiles, 'tar/home'))).toEqual([]);
    expect(await readdir(join(profiles, 'tar/config'))).toContain(ID);
  });
});

describe('the deb', () => {
  test('says what it is, belongs to root, and runs nothing when it is installed', async () => {
    const facts = await runCommand('dpkg-deb', ['--field', packed('deb')]);
    expect(facts).toMatch(/^Package: lyon-ensemble\nVersion: 0\.1\.0\nArchitecture: amd64$/m);
    expect(facts).toMatch(/^Maintainer: Métropole de Lyon$/m);
    const scripts = await runCommand('dpkg-deb', ['--ctrl-tarfile', packed('deb')]).catch(() => '');
    expect(scripts).not.toMatch(/postinst|prerm|postrm|preinst/);
    const listed = (await runCommand('dpkg-deb', ['--contents', packed('deb')])).split('\n');
    expect(listed.filter((line) => !line.includes(' root/root '))).toEqual([]);
    expect(listed.find((line) => line.endsWith('chrome-sandbox'))).toMatch(/^-rwsr-xr-x/);
    expect(listed.filter((line) => /^.....w|^........w/.test(line) && !line.startsWith('l'))).toEqual([]);
  });

  test.skipIf(!isRoot)(
    `is installed, starts, obeys the machine's policy, and is removed but for what people made${isRoot ? '' : ' (not on this machine: only root installs packages)'}`,
    { timeout: START_MS },
    async () => {
      const root = await scratchRoot(join(made.scratch, 'root'));
      await root.dpkg('--install', packed('deb'));
      await chmod(root.folder, 0o755);
      const policy = join(root.folder, 'etc', ID, 'policy.json');
      const asked = feed.connections();
      await writeFile(
        policy,
        JSON.stringify({ theme: 'dark', updateMode: 'automatic', updateFeed: feed.url }),
      );
      const run = await insideRoot(root.folder, `/usr/bin/${ID}`, join(made.scratch, 'run-deb'));
      const program = await start(run, 'deb');
      expect(await seen(program)).toMatch(/^dark[^]*ENSEMBLE/);
      expect(await updatesOf(program)).toEqual({ status: 'off', why: 'managed' });
      await program.page.call(() => Reflect.get(window, 'traboule').invoke('updates.look', undefined));
      await program.stop();
      expect(feed.connections()).toBe(asked);
      await root.dpkg('--purge', ID);
      const left = (await filesBelow(root.folder)).filter((path) => !path.startsWith('var/lib/dpkg/'));
      expect(left).toEqual([`etc/${ID}/policy.json`]);
      expect(await readdir(join(profiles, 'deb/config'))).toContain(ID);
    },
  );

  test('brings entries that the desktop and software centres take', async () => {
    const place = join(made.scratch, 'deb');
    await runCommand('dpkg-deb', ['--extract', packed('deb'), place]);
    const entry = join(place, 'usr/share/applications/fr.traboule.ensemble.desktop');
    await runCommand('desktop-file-validate', [entry]);
    await runCommand('desktop-file-validate', [
      join(place, 'etc/xdg/autostart/fr.traboule.ensemble.desktop'),
    ]);
    const data = join(place, 'usr/share/metainfo/fr.traboule.ensemble.metainfo.xml');
    await runCommand('appstreamcli', ['validate', '--no-net', data]);
    expect(await readFile(entry, 'utf8')).toMatch(/^MimeType=x-scheme-handler\/ensemble;$/m);
    expect(await readdir(join(place, 'usr/share/icons/hicolor'))).toEqual(
      expect.arrayContaining(['16x16', '48x48', '256x256', '512x512', 'scalable']),
    );
  });
});

describe('the rpm', () => {
  test('says what it is, and holds what the deb holds', async () => {
    const facts = await runCommand('rpm', [
      '-qp',
      '--qf',
      '%{NAME} %{VERSION} %{ARCH} %{LICENSE} %{VENDOR}',
      packed('rpm'),
    ]);
    expect(facts).toBe('lyon-ensemble 0.1.0 x86_64 EUPL-1.2 Métropole de Lyon');
    expect(await runCommand('rpm', ['-qp', '--scripts', packed('rpm')])).toBe('');
    expect(await runCommand('rpm', ['-qp', '--configfiles', packed('rpm')])).toBe(
      '/etc/xdg/autostart/fr.traboule.ensemble.desktop',
    );
    const ofDeb = (await runCommand('dpkg-deb', ['--contents', packed('deb')]))
      .split('\n')
      .filter((line) => !line.startsWith('d'))
      .map((line) => line.replace(/^.*? \.\//, '/').replace(/ -> .*$/, ''));
    const ofRpm = (
      await runCommand('rpm', ['-qp', '--qf', '[%{FILEMODES:perms} %{FILENAMES}\n]', packed('rpm')])
    )
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('d'))
      .map((line) => line.slice(line.indexOf(' ') + 1));
    expect(ofRpm.toSorted()).toEqual(ofDeb.toSorted());
    const modes = await runCommand('rpm', ['-qplv', packed('rpm')]);
    expect(modes).toMatch(/^-rwsr-xr-x\s.*chrome-sandbox$/m);
  });

  test('unpacks to the same program', async () => {
    const place = join(made.scratch, 'rpm');
    await mkdir(place);
    await runCommand('sh', ['-c', `rpm2cpio '${packed('rpm')}' | cpio -idm --quiet`], { cwd: place });
    const [ours, theirs] = await Promise.all(
      [join(place, 'opt', ID), unpacked()].map((folder) => readFile(join(folder, 'resources/app.asar'))),
    );
    expect(ours?.equals(theirs ?? Buffer.alloc(0))).toBe(true);
  });
});

test('sums, notices and components are of what was made', async () => {
  await runCommand('sha256sum', ['--check', '--strict', 'SHA256SUMS-unsigned'], { cwd: made.output });
  const sums = await readFile(join(made.output, 'SHA256SUMS-unsigned'), 'utf8');
  expect(sums.trim().split('\n')).toHaveLength(6);
  const notices = await readFile(join(made.output, 'THIRD-PARTY.txt'), 'utf8');
  expect(notices).toMatch(/^react 19\.[\d.]+ \(MIT\)$/m);
  expect(notices).toMatch(/Permission is hereby granted/);
});
