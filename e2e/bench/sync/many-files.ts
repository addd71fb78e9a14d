import { createHash } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the so-manieth of many files is: fifty in a folder, a thousand below each of the topmost. */
export function nameOf(file: number): string {
  return `dossier ${Math.floor(file / 1000)}/partie ${Math.floor(file / 50) % 20}/document ${file}.txt`;
}

export function contentOf(file: number): string {
  return `content of ${file}`;
}

/** `OC-Checksum` of a content. */
export function stated(content: string): string {
  return `SHA1:${createHash('sha1').update(content).digest('hex')}`;
}

/** Writes so many files below a folder. */
export function writeMany(folder: string, files: number, mtime: number): void {
  for (let file = 0; file < files; file += 1) {
    const path = join(folder, nameOf(file));
    if (file % 50 === 0) mkdirSync(dirname(path), { recursive: true });
    writeAged(path, contentOf(file), mtime);
  }
}

/** The files of the tasks with small ones: 0.5 to 8 KB in 20 folders. */
export function writeSmall(folder: string, files: number, mtime: number): void {
  for (let file = 0; file < files; file += 1) {
    const into = join(folder, `folder ${file % 20}`);
    mkdirSync(into, { recursive: true });
    writeAged(join(into, `${file}.txt`), 'x'.repeat(500 + ((file * 37) % 7500)), mtime);
  }
}

/** @param mtime seconds since 1970: old enough for the file to be synced at once */
export function writeAged(path: string, content: string | Uint8Array, mtime: number): void {
  writeFileSync(path, content);
  utimesSync(path, mtime, mtime);
}
