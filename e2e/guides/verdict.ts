import type { GalleryWindow } from '../gallery/gallery-window.ts';
import { type Notes, readPicture } from './kept.ts';
import { difference } from './likeness.ts';
import { RENEW, type Shot } from './pictures.ts';
import { take } from './take.ts';

/**
 * How much of a picture may differ: other settings of the system's fonts change up to 3 %, another theme or layout much
 * more. What can be read there has to be the same to the letter.
 */
const SAME_TO_THE_EYE = 0.06;

/**
 * What of a kept picture is not as the program shows it now, with what to do about it; nothing if it tells the truth.
 *
 * @param engine the Chromium that draws now: another than the one of the kept picture breaks lines elsewhere, so that
 *   its words alone are compared
 */
export async function untrueIn(
  gallery: GalleryWindow,
  shot: Shot,
  notes: Notes,
  engine: string,
): Promise<string[]> {
  const { picture, words } = await take(gallery, shot);
  const told = otherWords(notes.words[shot.file] ?? [], words);
  if (told) return [`${shot.file}: ${told}. To renew the pictures: ${RENEW}`];
  if (engine !== notes.engine) return [];
  const differs = await difference(await readPicture(shot.file), picture);
  if (differs <= SAME_TO_THE_EYE) return [];
  return [`${shot.file}: ${percent(differs)} of it looks otherwise now. To renew the pictures: ${RENEW}`];
}

/** Tells the first line that is another one; undefined where all are the same. */
function otherWords(kept: readonly string[], now: readonly string[]): string | undefined {
  const longest = kept.length > now.length ? kept : now;
  const at = longest.findIndex((_, index) => kept[index] !== now[index]);
  if (at === -1) return undefined;
  return `it says ${quoted(kept[at])}, the program ${quoted(now[at])}`;
}

function quoted(line: string | undefined): string {
  return line === undefined ? 'no more' : `“${line}”`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
