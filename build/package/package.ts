import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtWith } from './builder.ts';
import { type Bom, billOf, componentsOf } from './components.ts';
import { feedKey, nameFeeds, signFeeds } from './feed.ts';
import type { Job, PackageOptions } from './job.ts';
import { makeTarGz } from './linux/archive.ts';
import { makeDeb } from './linux/deb.ts';
import { makeRpm } from './linux/rpm.ts';
import { layOutTree } from './linux/tree.ts';
import { noticesOf } from './notices.ts';
import { type Product, productOf } from './product.ts';
import { signFile, signRpm } from './sign-linux.ts';
import { isSignedFor, unsignedMark, whyNoRelease } from './signing.ts';
import { type Staged, stage } from './stage.ts';
import { sumsOf } from './sums.ts';
import { type System, TARGETS, type Target } from './targets.ts';

/** Makes everything that is asked for, with notices, components and sums. Answers the files that it made. */
export async function makePackages(options: PackageOptions): Promise<readonly string[]> {
  const product = productOf(options.pack.brand, options.version);
  refuseFalseRelease(options);
  const work = await mkdtemp(join(tmpdir(), `package-${product.id}-`));
  try {
    await rm(options.output, { recursive: true, force: true });
    await mkdir(options.output, { recursive: true });
    options.progress(`${product.name}: gathering what goes in`);
    const papers = await writePapers(product, options, work);
    const job = { options, product, staged: stagedIn(options, product, work), papers, work };
    for (const target of options.targets) {
      options.progress(`${product.name}: ${target}`);
      await make(job, target);
    }
    return await seal(job);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function stagedIn(options: PackageOptions, product: Product, work: string): Job['staged'] {
  const made = new Map<System, Promise<Staged>>();
  return (system) => {
    const there = made.get(system) ?? stage({ ...options, product }, system, join(work, system));
    made.set(system, there);
    return there;
  };
}

function refuseFalseRelease({ release, signing, targets, electron }: PackageOptions): void {
  if (!release) return;
  const reasons = [
    ...(electron.older ? [`Electron ${electron.version} is not the one that the program is made for.`] : []),
    ...whyNoRelease(signing, targets),
  ];
  if (reasons.length > 0) throw new Error(`This can't be called a release.\n${reasons.join('\n')}`);
}

/** Notices, components and the licence, which also go into the package. */
async function writePapers(
  product: Product,
  { root, electron, date }: PackageOptions,
  work: string,
): Promise<string[]> {
  const bom: Bom = await componentsOf(root);
  const bill = billOf(bom, product, electron.version, date);
  const papers: [string, string][] = [
    ['THIRD-PARTY.txt', await noticesOf(bom.components, root)],
    ['components.cdx.json', `${JSON.stringify(bill, null, 2)}\n`],
  ];
  for (const [name, text] of papers) await writeFile(join(work, name), text);
  await copyFile(join(root, 'LICENSE'), join(work, 'LICENSE.txt'));
  return [...papers.map(([name]) => name), 'LICENSE.txt'].map((name) => join(work, name));
}

async function make(job: Job, target: Target): Promise<void> {
  const { options, product, papers, work } = job;
  const { output, pressing, date } = options;
  const name = `${product.id}-${product.version}-x64${unsignedMark(options.signing, 'linux')}`;
  const pressed = { pressing, date };
  switch (target) {
    case 'tar.gz':
      return makeTarGz(await programFolder(job), name, join(output, `${name}.tar.gz`), pressed);
    case 'deb':
    case 'rpm': {
      const tree = join(work, `tree-${target}`);
      const program = await programFolder(job);
      const { brand } = await job.staged('linux');
      await layOutTree({ product, program, brand, papers, date }, tree);
      const file = join(output, `${name}.${target}`);
      return target === 'deb' ? makeDeb(product, tree, file, pressed) : makeRpm(product, tree, file, pressed);
    }
    case 'dir':
    case 'AppImage':
    case 'nsis':
    case 'nsis-machine':
    case 'msi':
    case 'zip':
    case 'dmg':
    case 'mac-zip':
      return builtWith(job, target);
    default:
      return target satisfies never;
  }
}

/** The program as a folder, made once. */
async function programFolder(job: Job): Promise<string> {
  const folder = join(job.options.output, 'linux-unpacked');
  const there = await readdir(job.options.output);
  if (!there.includes('linux-unpacked')) await builtWith(job, 'dir');
  return folder;
}

/** Marks what nobody signed in its name, signs the rest, and writes the sums of all. */
async function seal({ options, product, papers }: Job): Promise<readonly string[]> {
  const { output, signing, targets } = options;
  for (const paper of papers) await copyFile(paper, join(output, paper.slice(paper.lastIndexOf('/') + 1)));
  if (!targets.includes('dir')) await rm(join(output, 'linux-unpacked'), { recursive: true, force: true });
  await rm(join(output, 'builder-debug.yml'), { force: true });
  await nameFeeds(output, product.applicationId);
  if (signing.feedKey !== null) await signFeeds(output, await feedKey(signing.feedKey), 100);
  const entries = await readdir(output, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(output, entry.name));
  const { gpgKey } = signing.linux;
  if (gpgKey !== null)
    for (const file of files.filter((name) => name.endsWith('.rpm'))) await signRpm(file, gpgKey);
  const isUnsigned = targets.some((target) => !isSignedFor(signing, TARGETS[target].system));
  const sums = join(output, isUnsigned ? 'SHA256SUMS-unsigned' : 'SHA256SUMS');
  await writeFile(sums, await sumsOf(files));
  if (gpgKey !== null)
    for (const file of [...files.filter((name) => name.endsWith('.deb')), sums]) await signFile(file, gpgKey);
  return [...files, sums];
}
