import { chmod, cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Product } from '../product.ts';
import { metainfo } from './appstream.ts';
import { autostartEntry, autostartScript, desktopFileName, menuEntry } from './desktop-files.ts';

/** What a package's files are made from. */
export interface TreeParts {
  readonly product: Product;
  /** The program as a folder. */
  readonly program: string;
  /** The brand as it was made for the program: its icons are in it. */
  readonly brand: string;
  /** Papers that go with it: notices, components. */
  readonly papers: readonly string[];
  /** Of the build. */
  readonly date: Date;
}

/** Files of a package that an administrator may change: they are kept when the package is renewed. */
export function configurationFiles(product: Product): readonly string[] {
  return [`/etc/xdg/autostart/${desktopFileName(product)}`];
}

/** The folder for the policy: it is there from the start, so that nobody has to guess its name. */
export function policyFolder({ id }: Product): string {
  return `/etc/${id}`;
}

/** Lays out what a deb and an rpm install, below `root`, with the rights it has on the machine. */
export async function layOutTree(parts: TreeParts, root: string): Promise<void> {
  const { product, program, brand, papers, date } = parts;
  const { id } = product;
  const command = `/opt/${id}/${id}`;
  const script = `/opt/${id}/autostart`;
  const write = async (path: string, text: string, mode = 0o644): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), mode);
  };
  await mkdir(join(root, 'opt'), { recursive: true });
  await cp(program, join(root, 'opt', id), { recursive: true, verbatimSymlinks: true });
  // Chromium's helper that makes the sandbox where the kernel gives no namespaces to people (mode as its documents say).
  await chmod(join(root, 'opt', id, 'chrome-sandbox'), 0o4755);
  // By it the program knows that new versions come from elsewhere (main/updates).
  await write(`opt/${id}/resources/managed`, '');
  await write(script, autostartScript(`${policyFolder(product)}/policy.json`, command), 0o755);
  await write(`usr/share/applications/${desktopFileName(product)}`, menuEntry(product, command));
  await write(`etc/xdg/autostart/${desktopFileName(product)}`, autostartEntry(product, script));
  await write(
    `usr/share/metainfo/${product.applicationId}.metainfo.xml`,
    metainfo(product, date.toISOString().slice(0, 10)),
  );
  await mkdir(join(root, 'usr/bin'), { recursive: true });
  await symlink(`../../opt/${id}/${id}`, join(root, 'usr/bin', id));
  await mkdir(join(root, policyFolder(product)), { recursive: true });
  await placeIcons(product, brand, join(root, 'usr/share/icons/hicolor'));
  const documents = join(root, 'usr/share/doc', id);
  await mkdir(documents, { recursive: true });
  for (const paper of papers) await cp(paper, join(documents, paper.slice(dirname(paper).length + 1)));
}

async function placeIcons({ applicationId }: Product, brand: string, theme: string): Promise<void> {
  const drawn = join(brand, 'icons');
  const pictures = (await readdir(drawn)).filter((name) => /^\d+x\d+\.png$/.test(name));
  for (const name of pictures) {
    const folder = join(theme, name.slice(0, -4), 'apps');
    await mkdir(folder, { recursive: true });
    await cp(join(drawn, name), join(folder, `${applicationId}.png`));
  }
  const scalable = join(theme, 'scalable', 'apps');
  await mkdir(scalable, { recursive: true });
  await cp(join(brand, 'logo.svg'), join(scalable, `${applicationId}.svg`));
}
