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
    const { url, key, iv, hashes } = encrypted.data;
    sink.add({ mxc: url, file: { key: key.k, iv, sha256: hashes.sha256 }, mimeType: type });
    return { key: url, mimeType: type, size };
  }
  const plain = Mxc.safeParse(source.url);
  if (!plain.success) return null;
  sink.add({ mxc: plain.data, file: null, mimeType: type });
  return { key: plain.data, mimeType: type, size };
}
