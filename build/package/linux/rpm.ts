import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Product } from '../product.ts';
import { run } from '../run.ts';
import type { Pressing } from './deb.ts';
import { normaliseTree } from './normal.ts';
import { configurationFiles, policyFolder } from './tree.ts';

/** What Electron and the program need, as Fedora and Red Hat name it. */
const REQUIRES = [
  'alsa-lib',
  'at-spi2-core',
  'gtk3',
  'libnotify',
  'libsecret',
  'libXScrnSaver',
  'libXtst',
  'mesa-libgbm',
  'nss',
  'xdg-utils',
];

const PRESSINGS: Readonly<Record<Pressing, string>> = { small: 'w6.xzdio', fast: 'w1.zstdio' };

/**
 * The package's description for rpmbuild. It has no scripts: desktop files and icons are taken note of by triggers of
 * the distribution. Nothing of the program is looked at, stripped or linked: it is packed as it was built.
 */
export function spec(product: Product, pressing: Pressing): string {
  const { id, version, organisation, summary, name } = product;
  const own = [
    `%attr(4755, root, root) /opt/${id}/chrome-sandbox`,
    ...configurationFiles(product).map((path) => `%config(noreplace) ${path}`),
    `%dir ${policyFolder(product)}`,
    `/opt/${id}`,
    `/usr/bin/${id}`,
    `/usr/share/applications/*.desktop`,
    `/usr/share/doc/${id}`,
    `/usr/share/icons/hicolor/*/apps/*`,
    `/usr/share/metainfo/*.xml`,
  ];
  return `%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _binary_payload ${PRESSINGS[pressing]}
%global _buildhost ${id}
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
Name: ${id}
Version: ${version.replace('-', '~')}
Release: 1
Summary: ${escaped(`${name}: conversations, shared folders and calls`)}
License: EUPL-1.2
Vendor: ${escaped(organisation)}
BuildArch: x86_64
AutoReqProv: no
${REQUIRES.map((need) => `Requires: ${need}`).join('\n')}

%description
${escaped(summary.en)}

${escaped(summary.fr)}

%files
%defattr(-, root, root, -)
${own.join('\n')}
`;
}

/** A percent sign begins a macro. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}

/** Makes an rpm of a laid-out tree, which is used up. Needs rpmbuild. */
export async function makeRpm(
  product: Product,
  tree: string,
  file: string,
  options: { readonly pressing: Pressing; readonly date: Date },
): Promise<void> {
  await normaliseTree(tree, options.date);
  const top = await mkdtemp(join(tmpdir(), 'rpm-'));
  try {
    const described = join(top, `${product.id}.spec`);
    await mkdir(join(top, 'RPMS'));
    await writeFile(described, spec(product, options.pressing));
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(Math.floor(options.date.getTime() / 1000)) };
    await run(
      'rpmbuild',
      [
        '-bb',
        '--define',
        `_topdir ${top}`,
        '--target',
        'x86_64',
        '--buildroot',
        tree,
        '--noclean',
        described,
      ],
      { env },
    );
    const names = await readdir(join(top, 'RPMS'), { recursive: true });
    const made = names.find((name) => name.endsWith('.rpm'));
    if (made === undefined) throw new Error('rpmbuild made no package');
    await copyFile(join(top, 'RPMS', made), file);
  } finally {
    await rm(top, { recursive: true, force: true });
  }
}
