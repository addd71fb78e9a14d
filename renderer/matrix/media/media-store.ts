import type { FileKey, MediaSink, MediaSource } from '../events/media-source.ts';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import { decodeBase64, decodeBase64Url } from './base64.ts';
import { shrink } from './shrink.ts';

/** Larger ones are not shown inside the conversation. */
const MAX_BYTES = 100 * 1024 * 1024;
/** What is kept in memory for the next time it is asked for. */
const MAX_KEPT_BYTES = 24 * 1024 * 1024;
const MAX_KEPT_ONE = 4 * 1024 * 1024;
/** Only these are handed out as pictures: others (SVG above all) could carry scripts. */
const SAFE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** Pictures and files of the chat server: fetched with the session's token, decrypted, made small, kept a while. */
export class MediaStore implements MediaSink {
  readonly #http: ChatHttp;
  readonly #sources = new Map<string, MediaSource>();
  readonly #kept = new Map<string, Blob>();
  readonly #running = new Map<string, Promise<Blob>>();

  constructor(http: ChatHttp) {
    this.#http = http;
  }

  add(source: MediaSource): void {
    if (!this.#sources.has(source.key)) this.#sources.set(source.key, source);
  }

  /**
   * The bytes behind a media key.
   * @param maxPixels longest side of the picture that is wanted; null: the original.
   * @throws ChatError `not-found`, `too-large`, `offline`; `refused` when the bytes are not what was sent.
   */
  async get(key: string, maxPixels: number | null): Promise<Blob> {
    const id = `${key} ${maxPixels ?? ''}`;
    const kept = this.#kept.get(id);
    if (kept) {
      this.#keep(id, kept);
      return kept;
    }
    const running = this.#running.get(id) ?? this.#fetch(key, maxPixels);
    this.#running.set(id, running);
    try {
      const blob = await running;
      this.#keep(id, blob);
      return blob;
    } finally {
      this.#running.delete(id);
    }
  }

  async #fetch(key: string, maxPixels: number | null): Promise<Blob> {
    const source = this.#sources.get(key);
    const { server, media } = partsOf(source?.mxc ?? key);
    const path = `${encodeURIComponent(server)}/${encodeURIComponent(media)}`;
    if (source?.file) {
      const sealed = await this.#http.bytes(`/_matrix/client/v1/media/download/${path}`, {}, MAX_BYTES);
      const bytes = await decryptFile(await sealed.arrayBuffer(), source.file);
      return await shrink(new Blob([bytes], { type: safeType(source.mimeType) }), maxPixels);
    }
    const query = { width: String(maxPixels), height: String(maxPixels), method: 'scale' };
    const blob =
      maxPixels === null
        ? await this.#http.bytes(`/_matrix/client/v1/media/download/${path}`, {}, MAX_BYTES)
        : await this.#http.bytes(`/_matrix/client/v1/media/thumbnail/${path}`, query, MAX_BYTES);
    return new Blob([blob], {
      type: safeType(source?.mimeType.endsWith('*') === false ? source.mimeType : blob.type),
    });
  }

  #keep(id: string, blob: Blob): void {
    this.#kept.delete(id);
    if (blob.size > MAX_KEPT_ONE) return;
    this.#kept.set(id, blob);
    let total = [...this.#kept.values()].reduce((sum, one) => sum + one.size, 0);
    for (const [oldest, one] of this.#kept) {
      if (total <= MAX_KEPT_BYTES) break;
      this.#kept.delete(oldest);
      total -= one.size;
    }
  }
}

function safeType(type: string): string {
  const plain = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return SAFE_TYPES.has(plain) ? plain : 'application/octet-stream';
}

function partsOf(mxc: string): { readonly server: string; readonly media: string } {
  const [, server, media] = /^mxc:\/\/([^/]+)\/([\w-]+)$/.exec(mxc) ?? [];
  if (server === undefined || media === undefined) throw new ChatError('not-found', 'not a media address');
  return { server, media };
}

/**
 * Decrypts an attachment: AES-CTR with 64 bits of counter, the hash checked first
 * (Client-Server API, Sending encrypted attachments).
 * @throws ChatError `refused` when the hash differs.
 */
export async function decryptFile(sealed: ArrayBuffer, file: FileKey): Promise<ArrayBuffer> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', sealed));
  const expected = decodeBase64(file.sha256);
  if (hash.length !== expected.length || hash.some((byte, index) => byte !== expected[index])) {
    throw new ChatError('refused', 'attachment differs from what was sent');
  }
  const key = await crypto.subtle.importKey('raw', decodeBase64Url(file.key), 'AES-CTR', false, ['decrypt']);
  const counter = decodeBase64(file.iv);
  return await crypto.subtle.decrypt({ name: 'AES-CTR', counter, length: 64 }, key, sealed);
}
