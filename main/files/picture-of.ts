import { lstat, readFile } from 'node:fs/promises';
import { MOST_SHOWN_BYTES, type ShownPicture } from '../../preload/contract/conflict-pictures.ts';
import { errnoOf } from '../store/errno.ts';
import { type PictureLook, pictureLook } from './picture-look.ts';

/** A picture of so many takes 200 MB once it is drawn. */
const MOST_PIXELS = 50_000_000;
/** A drawing is drawn anew from its words: a long one keeps the window busy. */
const MOST_DRAWING_BYTES = 1024 * 1024;

/**
 * The picture in a file, by what is in it and not by its name; null when it is none that a page shows, too large to be
 * shown, or gone.
 */
export async function pictureOf(path: string): Promise<ShownPicture | null> {
  const bytes = await readOrNone(path);
  const look = bytes && pictureLook(bytes);
  return look && isShown(look, bytes.byteLength) ? { type: look.type, bytes: new Uint8Array(bytes) } : null;
}

function isShown({ type, pixels }: PictureLook, size: number): boolean {
  return type === 'image/svg+xml' ? size <= MOST_DRAWING_BYTES : pixels > 0 && pixels <= MOST_PIXELS;
}

async function readOrNone(path: string): Promise<Buffer | null> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size <= MOST_SHOWN_BYTES ? await readFile(path) : null;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
