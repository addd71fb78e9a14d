import { createHash } from 'node:crypto';
import type { Clock } from '../options.ts';
import type { FileNode, FolderNode } from './nodes.ts';

/** Makes folder etags: PHP's uniqid(), 13 hex digits of the time in microseconds, never the same twice. */
export class FolderEtags {
  readonly #clock: Clock;
  #last = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  next(): string {
    this.#last = Math.max(this.#last + 1, Math.floor(this.#clock() * 1000));
    const seconds = Math.floor(this.#last / 1e6);
    const micros = this.#last - seconds * 1e6;
    return seconds.toString(16).padStart(8, '0') + micros.toString(16).padStart(5, '0');
  }
}

/**
 * A file's etag: a hash of the disk's mtime in seconds, inode, device and size (FACTS 4, 11/46). The file id
 * stands for the inode, which an overwrite keeps.
 */
export function fileEtag(file: { id: number; storageMtime: number; size: number }): string {
  return createHash('md5').update(`${file.storageMtime}:${file.id}:${file.size}`).digest('hex');
}

/**
 * Renews a file's etag after its bytes or its mtime changed. The recorded server keeps the old etag as long as
 * the disk's mtime stays in the same second, even when the size differs (03/01 to 03/03, 13/12).
 */
export function renewFileEtag(file: FileNode, storageMtime: number, size: number): void {
  const sameSecond = file.storageMtime === storageMtime && file.etag !== '';
  file.storageMtime = storageMtime;
  file.size = size;
  if (!sameSecond) setEtag(file, fileEtag(file));
}

/** Gives a node another etag and remembers the one before. */
export function setEtag(node: FileNode | FolderNode, etag: string): void {
  if (node.etag !== '' && node.etag !== etag) node.previousEtag = node.etag;
  node.etag = etag;
}

/** The etag of a folder that has mounts below it: 32 hex digits over its own and theirs (04/14). */
export function combinedEtag(own: string, mounted: readonly string[]): string {
  return mounted.length === 0
    ? own
    : createHash('md5')
        .update([own, ...mounted].join('::'))
        .digest('hex');
}
