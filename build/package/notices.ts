import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../../main/store/errno.ts';
import { type Component, licenceOf } from './components.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * The licences of others that the program is made with, in full, from what is installed below `root`. Throws when a
 * component says nothing of its licence.
 */
export async function noticesOf(components: readonly Component[], root: string): Promise<string> {
  const sections = await Promise.all(components.map((component) => section(component, root)));
  return `This program contains work of others. Electron's own licence and Chromium's are in LICENSE.electron.txt and
LICENSES.chromium.html beside this file.

${sections.join('\n')}`;
}

async function section(component: Component, root: string): Promise<string> {
  const licence = licenceOf(component);
  const texts = await licenceTexts(join(root, 'node_modules', component.name));
  if (licence === '' && texts.length === 0)
    throw new Error(`${component.name} ${component.version} does not say under which licence it is`);
  const head = `${component.name} ${component.version}${licence === '' ? '' : ` (${licence})`}`;
  return [`${'='.repeat(80)}\n${head}\n${'='.repeat(80)}`, ...texts, ''].join('\n');
}

async function licenceTexts(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return []; // one that is inside another's folder: its licence is named above
    throw error;
  });
  const files = names.filter((name) => LICENCE_FILE.test(name)).toSorted();
  return Promise.all(files.map(async (name) => (await readFile(join(folder, name), 'utf8')).trim()));
}
