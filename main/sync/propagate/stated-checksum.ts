import { createHash, type Hash } from 'node:crypto';
import type { Checksum } from '../model/entries.ts';

const algorithms: Readonly<Record<string, string>> = { SHA1: 'sha1', SHA256: 'sha256', MD5: 'md5' };

/** Hashes content as it passes: always to SHA-1, and to what the server states it by where that is something else. */
export class ContentHash {
  readonly #sha1 = createHash('sha1');
  readonly #stated: { readonly expected: string; readonly other: Hash | undefined } | undefined;

  /** @param stated `OC-Checksum` or `oc:checksums`: `ALGORITHM:hex`, several apart by spaces, or nothing */
  constructor(stated: string) {
    this.#stated = pickStated(stated);
  }

  update(chunk: Uint8Array): void {
    this.#sha1.update(chunk);
    this.#stated?.other?.update(chunk);
  }

  /** Ends it: the SHA-1, and whether the content is what the server stated (true when it stated nothing). */
  digest(): { readonly checksum: Checksum; readonly isAsStated: boolean } {
    const sha1 = this.#sha1.digest('hex');
    const isAsStated =
      this.#stated === undefined || (this.#stated.other?.digest('hex') ?? sha1) === this.#stated.expected;
    return { checksum: `SHA1:${sha1}`, isAsStated };
  }
}

function pickStated(stated: string): { expected: string; other: Hash | undefined } | undefined {
  for (const part of stated.split(/\s+/)) {
    const [name = '', hex = ''] = part.split(':');
    const algorithm = algorithms[name.toUpperCase()];
    if (algorithm !== undefined)
      return {
        expected: hex.toLowerCase(),
        other: algorithm === 'sha1' ? undefined : createHash(algorithm),
      };
  }
  return undefined;
}
