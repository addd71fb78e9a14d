// Signs the lists of new versions in a folder, and says which part of the PCs they are for:
// TRABOULE_FEED_KEY=key.pem node build/package/feed.ts FOLDER [PERCENT]
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SIGNATURE_ENDING } from '../../main/updates/signature.ts';

const LIST = /^(latest|beta)(-mac|-linux)?\.yml$/;

/**
 * Writes the part of the PCs (0 to 100) into each list of new versions, and its signature beside it. Answers the files
 * that it wrote. A list is changed by this alone: its signature is over every byte.
 */
export async function signFeeds(folder: string, key: KeyObject, percent: number): Promise<string[]> {
  const lists = (await readdir(folder)).filter((name) => LIST.test(name));
  const written: string[] = [];
  for (const name of lists) {
    const file = join(folder, name);
    const text = withPart(await readFile(file, 'utf8'), percent);
    await writeFile(file, text);
    await writeFile(
      `${file}${SIGNATURE_ENDING}`,
      `${sign(null, Buffer.from(text), key).toString('base64')}\n`,
    );
    written.push(file, `${file}${SIGNATURE_ENDING}`);
  }
  return written;
}

/** Reads a private Ed25519 key (PEM). Throws when it is another. */
export async function feedKey(file: string): Promise<KeyObject> {
  const key = createPrivateKey(await readFile(file));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds no Ed25519 key`);
  return key;
}

function withPart(list: string, percent: number): string {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100)
    throw new Error(`${percent} is no part of a hundred`);
  const rest = list.replace(/^stagingPercentage:.*\n/m, '');
  return percent === 100 ? rest : `${rest.trimEnd()}\nstagingPercentage: ${percent}\n`;
}

if (import.meta.main) {
  const [folder, percent = '100'] = process.argv.slice(2);
  const file = process.env['TRABOULE_FEED_KEY'];
  if (folder === undefined || file === undefined)
    throw new Error('TRABOULE_FEED_KEY=key.pem node build/package/feed.ts FOLDER [PERCENT]');
  console.log((await signFeeds(folder, await feedKey(file), Number(percent))).join('\n'));
}
