import { z } from 'zod';
import type { MediaRef } from '../protocol.ts';

/** How to decrypt an attachment (Client-Server API, EncryptedFile). */
export interface FileKey {
  /** JSON Web Key material, base64url. */
  readonly key: string;
  /** Base64. */
  readonly iv: string;
  /** SHA-256 of the encrypted bytes, base64. */
  readonly sha256: string;
}

/** Where the bytes of a picture or file are. */
export interface MediaSource {
  /** What it is asked for by. */
  readonly key: string;
  readonly mxc: string;
  readonly file: FileKey | null;
  readonly mimeType: string;
}

/** Remembers how to get the bytes behind a key. */
export interface MediaSink {
  add(source: MediaSource): void;
}

const Mxc = z.string().regex(/^mxc:\/\/[\w.:[\]-]+\/[\w-]+$/);
const EncryptedFile = z.object({
  url: Mxc,
  key: z.object({ k: z.string().regex(/^[\w-]{43}$/), alg: z.literal('A256CTR') }),
  iv: z.string().max(30),
  hashes: z.object({ sha256: z.string().max(50) }),
  v: z.literal('v2'),
});

const MIME = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;

/**
 * The reference of a plain (`url`) or encrypted (`file`) attachment; null when there is neither, well-formed.
 */
export function mediaRef(
  sink: MediaSink,
  source: { readonly url?: unknown; readonly file?: unknown },
  mimeType: string | null,
  size: number | null,
): MediaRef | null {
  const type = mimeType !== null && MIME.test(mimeType) ? mimeType : 'application/octet-stream';
  const encrypted = EncryptedFile.safeParse(source.file);
  if (encrypted.success) {
    const { url, key: secret, iv, hashes } = encrypted.data;
    // Not the address alone: somebody may send it again with a hash of their own, and the first must stay readable.
    const key = `${url} ${hashes.sha256}`;
    sink.add({ key, mxc: url, file: { key: secret.k, iv, sha256: hashes.sha256 }, mimeType: type });
    return { key, mimeType: type, size };
  }
  const plain = Mxc.safeParse(source.url);
  if (!plain.success) return null;
  sink.add({ key: plain.data, mxc: plain.data, file: null, mimeType: type });
  return { key: plain.data, mimeType: type, size };
}
