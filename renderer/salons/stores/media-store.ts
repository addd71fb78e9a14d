import type { MediaRef } from '../../matrix/protocol.ts';
import { type Readable, Store } from '../../ui/store.ts';
import type { ChatPort } from './chat-port.ts';

/** A picture as a page can show it: not there yet, its address, or not to be had. */
export type Picture =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly url: string; readonly blob: Blob }
  | { readonly state: 'failed' };

/** Pictures kept while nobody shows them. */
const KEPT = 200;

/**
 * Pictures of the chat server as addresses within this page. Each is fetched once, kept while shown and for a while
 * after, and its address given back when it goes.
 */
export class MediaStore {
  readonly #run: ChatPort['run'];
  readonly #pictures = new Map<string, Store<Picture>>();

  constructor(run: ChatPort['run']) {
    this.#run = run;
  }

  /** A picture no larger than `maxPixels` on its longer side; whole when null. */
  readonly picture = (media: MediaRef, maxPixels: number | null): Readable<Picture> => {
    const key = `${maxPixels} ${media.key}`;
    const known = this.#pictures.get(key);
    if (known) {
      this.#pictures.delete(key);
      this.#pictures.set(key, known);
      return known;
    }
    const picture = new Store<Picture>({ state: 'loading' });
    this.#pictures.set(key, picture);
    void this.#fetch(media, maxPixels, picture);
    this.#letGoOfOldest();
    return picture;
  };

  readonly clear = (): void => {
    for (const picture of this.#pictures.values()) revoke(picture);
    this.#pictures.clear();
  };

  readonly dispose = (): void => this.clear();

  async #fetch(media: MediaRef, maxPixels: number | null, picture: Store<Picture>): Promise<void> {
    const outcome = await this.#run('media', {
      key: media.key,
      ...(maxPixels === null ? {} : { maxPixels }),
    });
    if (!outcome.ok) return picture.set({ state: 'failed' });
    const { blob } = outcome.value;
    picture.set({ state: 'ready', url: URL.createObjectURL(blob), blob });
  }

  #letGoOfOldest(): void {
    for (const [key, picture] of this.#pictures) {
      if (this.#pictures.size <= KEPT) return;
      if (picture.listenerCount > 0) continue;
      revoke(picture);
      this.#pictures.delete(key);
    }
  }
}

function revoke(picture: Store<Picture>): void {
  const current = picture.get();
  if (current.state === 'ready') URL.revokeObjectURL(current.url);
}
