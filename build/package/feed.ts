// Signs the lists of new versions in a folder, and says which part of the PCs they are for:
// TRABOULE_FEED_KEY=key.pem node build/package/feed.ts FOLDER [PERCENT]
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SIGNATURE_ENDING } from '../../main/updates/signature.ts';

const LIST = /^(latest|beta)(-mac|-linux)?\.yml$/;

/** Says in each list of new versions whose they are; the part that the program believes it for comes with the signature. */
export async function nameFeeds(folder: string, applicationId: string): Promise<void> {
  for (const file of await listsIn(folder)) {
    await writeFile(file, withLine(await readFile(file, 'utf8'), 'product', applicationId));
  }
}

/**
 * Writes the part of the PCs (0 to 100) and its own name into each list of new versions, and its signature beside it.
 * Answers the files that it wrote. A list is changed by this alone: its signature is over every byte. Throws when one does
 * not say whose it is.
 */
export async function signFeeds(folder: string, key: KeyObject, percent: number): Promise<string[]> {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    throw new Error(`${percent} is no part of a hundred`);
  const written: string[] = [];
  for (const file of await listsIn(folder)) {
    const list = await readFile(file, 'utf8');
    if (!/^product: \S/m.test(list)) throw new Error(`${file} does not say whose it is: package it anew`);
    const named = withLine(list, 'list', basename(file));
    const text = withLine(named, 'stagingPercentage', percent === 100 ? null : String(percent));
    await writeFile(file, text);
    await writeFile(
      `${file}${SIGNATURE_ENDING}`,
      `${sign(null, Buffer.from(text), key).toString('base64')}\n`,
    );
    written.push(file, `${file}${SIGNATURE_ENDING}`);
  }
  return written;
}

async function listsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => LIST.test(name)).map((name) => join(folder, name));
}

/** Reads a private Ed25519 key (PEM). Throws when it is another. */
export async function feedKey(file: string): Promise<KeyObject> {
  const key = createPrivateKey(await readFile(file));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds no Ed25519 key`);
  return key;
}

/** A list with one of its lines said anew, or left out. */
function withLine(list: string, name: string, value: string | null): string {
  const rest = list.replace(new RegExp(`^${name}:.*\\n`, 'm'), '');
  return value === null ? rest : `${rest.trimEnd()}\n${name}: ${value}\n`;
}

if (import.meta.main) {
  const [folder, percent = '100'] = process.argv.slice(2);
  const file = process.env['TRABOULE_FEED_KEY'];
  if (folder === undefined || file === undefined)
    throw new Error('TRABOULE_FEED_KEY=key.pem node build/package/feed.ts FOLDER [PERCENT]');
  console.log((await signFeeds(folder, await feedKey(file), Number(percent))).join('\n'));
}
