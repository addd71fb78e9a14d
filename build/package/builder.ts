import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { builderConfig } from './builder-config.ts';
import { setFuses } from './fuses.ts';
import type { Job, PackageOptions } from './job.ts';
import type { Product } from './product.ts';
import { type System, TARGETS, type Target } from './targets.ts';
import { withProperties } from './windows/msi.ts';

/** What electron-builder calls our targets. */
const NAMES: Readonly<Record<Target, string>> = {
  dir: 'dir',
  'tar.gz': 'tar.gz',
  deb: 'deb',
  rpm: 'rpm',
  AppImage: 'AppImage',
  nsis: 'nsis',
  'nsis-machine': 'nsis',
  msi: 'msi',
  zip: 'zip',
  dmg: 'dmg',
  'mac-zip': 'zip',
};
const PLATFORMS = { linux: 'LINUX', windows: 'WINDOWS', macos: 'MAC' } as const satisfies Readonly<
  Record<System, string>
>;

/** Has electron-builder make one target into the output folder. */
export async function builtWith(job: Job, target: Target): Promise<void> {
  // Loaded here: it changes what certificates are made with in the whole process (pkijs's engine).
  const { Arch, build, Platform } = await import('electron-builder');
  const { options, product, papers, work } = job;
  const { system } = TARGETS[target];
  const staged = await job.staged(system);
  const mark = join(work, 'managed');
  await writeFile(mark, '');
  const config = builderConfig(
    {
      product,
      signing: options.signing,
      folders: { app: staged.app, icons: join(staged.brand, 'icons'), output: options.output },
      papers,
      managedMark: mark,
      electron: options.electron,
    },
    target,
    hooks(options, product),
  );
  const arch = system === 'macos' ? Arch.universal : Arch.x64;
  await build({
    projectDir: staged.app,
    publish: 'never',
    targets: Platform[PLATFORMS[system]].createTarget(NAMES[target], arch),
    config,
  });
}

function hooks(
  options: PackageOptions,
  product: Product,
): Pick<Configuration, 'afterPack' | 'msiProjectCreated'> {
  const { older } = options.electron;
  return {
    afterPack: async ({ appOutDir, electronPlatformName }) => {
      if (older) await removeForeign(appOutDir);
      await setFuses(executableIn(appOutDir, electronPlatformName, product), older);
    },
    msiProjectCreated: async (project) => {
      await writeFile(project, withProperties(await readFile(project, 'utf8'), product));
    },
  };
}

/** The older Electron comes out of another program's package: what is left of that has no place in ours. */
async function removeForeign(folder: string): Promise<void> {
  const names = ['resources/app', 'AppRun', '.DirIcon', 'fiftyone.desktop', 'fiftyone.png', 'usr'];
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}

function executableIn(folder: string, platform: string, product: Product): string {
  if (platform === 'win32') return join(folder, `${product.name}.exe`);
  if (platform === 'darwin') return join(folder, `${product.name}.app`);
  return join(folder, product.id);
}
