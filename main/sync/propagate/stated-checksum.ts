import { createHash, type Hash } from 'node:crypto';
import type { Checksum } from '../model/entries.ts';

const algorithms: Readonly<Record<string, string>> = { SHA1: 'sha1', SHA256: 'sha256', MD5: 'md5' };

/** Hashes content as it passes: always to SHA-1, and to what the server states it by. */
export class ContentHash {
  readonly #sha1 = createHash('sha1');
  readonly #stated: { readonly hash: Hash; readonly expected: string } | undefined;

  /** @param stated `OC-Checksum` or `oc:checksums`: `ALGORITHM:hex`, several apart by spaces, or nothing */
  constructor(stated: string) {
    this.#stated = pickStated(stated);
  }

  update(chunk: Uint8Array): void {
    this.#sha1.update(chunk);
    this.#stated?.hash.update(chunk);
  }

  /** Ends it: the SHA-1, and whether the content is what the server stated (true when it stated nothing). */
  digest(): { readonly checksum: Checksum; readonly isAsStated: boolean } {
    const checksum: Checksum = `SHA1:${this.#sha1.digest('hex')}`;
    const isAsStated =
      this.#stated === undefined || this.#stated.hash.digest('hex') === this.#stated.expected;
    return { checksum, isAsStated };
  }
}

function pickStated(stated: string): { hash: Hash; expected: string } | undefined {
  for (const part of stated.split(/\s+/)) {
    const [name = '', hex = ''] = part.split(':');
    const algorithm = algorithms[name.toUpperCase()];
    if (algorithm !== undefined) return { hash: createHash(algorithm), expected: hex.toLowerCase() };
  }
  return undefined;
}
