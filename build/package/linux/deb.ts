import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from '../contents.ts';
import type { Product } from '../product.ts';
import { run } from '../run.ts';
import { normaliseTree, treeKilobytes } from './normal.ts';
import { configurationFiles } from './tree.ts';

/** What Electron and the program need, as Debian 12 and newer and Ubuntu 22.04 and newer name it. */
const DEPENDS = [
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libsecret-1-0',
  'libxss1',
  'libxtst6',
  'xdg-utils',
];

/** How a package is pressed: `small` takes a minute, `fast` a second. */
export type Pressing = 'small' | 'fast';
const PRESSINGS: Readonly<Record<Pressing, readonly string[]>> = {
  small: ['-Zxz', '-z6'],
  fast: ['-Zzstd', '-z1'],
};

/** The package's own facts (Debian policy 5.3). It has no maintainer scripts: Debian's triggers take note of its files. */
export function control(product: Product, kilobytes: number): string {
  const { id, version, organisation, summary, name } = product;
  return `Package: ${id}
Version: ${debVersion(version)}
Architecture: amd64
Section: net
Priority: optional
Maintainer: ${organisation}
Installed-Size: ${kilobytes}
Depends: ${DEPENDS.join(', ')}
Recommends: xdg-desktop-portal, libayatana-appindicator3-1
Description: ${name}: conversations, shared folders and calls
 ${summary.en}
 .
 ${summary.fr}
`;
}

/** A version before another one sorts before it (`1.0.0~beta.1`). */
export function debVersion(version: string): string {
  return version.replace('-', '~');
}

/** Makes a deb of a laid-out tree, which is used up. Needs dpkg-deb. */
export async function makeDeb(
  product: Product,
  tree: string,
  file: string,
  options: { readonly pressing: Pressing; readonly date: Date },
): Promise<void> {
  const kilobytes = await treeKilobytes(tree);
  const there = new Set((await filesBelow(tree)).map((path) => `/${path}`));
  const kept = configurationFiles(product).filter((path) => there.has(path));
  const facts = join(tree, 'DEBIAN');
  await mkdir(facts);
  await writeFile(join(facts, 'control'), control(product, kilobytes));
  await writeFile(join(facts, 'conffiles'), kept.map((path) => `${path}\n`).join(''));
  await chmod(facts, 0o755);
  await normaliseTree(tree, options.date);
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(options.date.getTime() / 1000)) };
  const args = ['--root-owner-group', ...PRESSINGS[options.pressing], '--build', tree, file];
  await run('dpkg-deb', args, { env });
}
