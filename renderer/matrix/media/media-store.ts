import type { FileKey, MediaSink, MediaSource } from '../events/media-source.ts';
import { ChatError } from '../http/chat-error.ts';
import type { BytesOptions, ChatHttp } from '../http/chat-http.ts';
import type { MediaProgress } from '../protocol.ts';
import { decodeBase64, decodeBase64Url } from './base64.ts';
import { shrink } from './shrink.ts';

/** Larger ones are not shown inside the conversation. */
const MAX_BYTES = 100 * 1024 * 1024;
/** How far a fetch is, is told this often at most, milliseconds. */
const TELL_EVERY_MS = 200;
/** What is kept in memory for the next time it is asked for. */
const MAX_KEPT_BYTES = 24 * 1024 * 1024;
const MAX_KEPT_ONE = 4 * 1024 * 1024;
/** Only these are handed out as pictures: others (SVG above all) could carry scripts. */
const SAFE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

/** What fetching needs of its surroundings. */
export interface MediaStoreParts {
  readonly http: Pick<ChatHttp, 'bytes'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly heard: (progress: MediaProgress) => void;
}

interface Fetch {
  readonly blob: Promise<Blob>;
  readonly stop: AbortController;
}

/** Pictures and files of the chat server: fetched with the session's token, decrypted, made small, kept a while. */
export class MediaStore implements MediaSink {
  readonly #parts: MediaStoreParts;
  readonly #sources = new Map<string, MediaSource>();
  readonly #kept = new Map<string, Blob>();
  readonly #running = new Map<string, Fetch>();

  constructor(parts: MediaStoreParts) {
    this.#parts = parts;
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
    const id = idOf(key, maxPixels);
    const kept = this.#kept.get(id);
    if (kept) {
      this.#keep(id, kept);
      return kept;
    }
    const running = this.#running.get(id) ?? this.#begin(key, maxPixels);
    this.#running.set(id, running);
    try {
      const blob = await running.blob;
      this.#keep(id, blob);
      return blob;
    } finally {
      if (this.#running.get(id) === running) this.#running.delete(id);
    }
  }

  /** Ends a fetch for all who wait for it: `get` throws `offline`. Whoever asks again begins anew. */
  stop(key: string, maxPixels: number | null): void {
    const id = idOf(key, maxPixels);
    this.#running.get(id)?.stop.abort();
    this.#running.delete(id);
  }

  #begin(key: string, maxPixels: number | null): Fetch {
    const stop = new AbortController();
    const { now, heard } = this.#parts;
    let told = now();
    const options: BytesOptions = {
      maxBytes: MAX_BYTES,
      signal: stop.signal,
      heard: (received, total) => {
        if (now() - told < TELL_EVERY_MS) return;
        told = now();
        heard({ key, maxPixels, received, total });
      },
    };
    return { stop, blob: this.#fetch(key, maxPixels, options) };
  }

  async #fetch(key: string, maxPixels: number | null, options: BytesOptions): Promise<Blob> {
    const { http } = this.#parts;
    const source = this.#sources.get(key);
    const { server, media } = partsOf(source?.mxc ?? key);
    const path = `${encodeURIComponent(server)}/${encodeURIComponent(media)}`;
    if (source?.file) {
      const sealed = await http.bytes(`/_matrix/client/v1/media/download/${path}`, options);
      const bytes = await decryptFile(await sealed.arrayBuffer(), source.file);
      return await shrink(new Blob([bytes], { type: safeType(source.mimeType) }), maxPixels);
    }
    const query = { width: String(maxPixels), height: String(maxPixels), method: 'scale' };
    const blob =
      maxPixels === null
        ? await http.bytes(`/_matrix/client/v1/media/download/${path}`, options)
        : await http.bytes(`/_matrix/client/v1/media/thumbnail/${path}`, { ...options, query });
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

function idOf(key: string, maxPixels: number | null): string {
  return `${key} ${maxPixels ?? ''}`;
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
