import type { CommandRequest, MediaProgress, MediaRef, SalonListSnapshot } from '../../matrix/protocol.ts';
import { Disposables } from '../../ui/disposables.ts';
import { type Readable, Store } from '../../ui/store.ts';
import type { CommandOutcome } from './chat-port.ts';

/** How far a fetch is, in bytes; `total` is null while nobody knows it. */
export type Fetched = Pick<MediaProgress, 'received' | 'total'>;

/** A picture or file of the chat server, as a page can show it. */
export type Media =
  /** Nobody asked for it, or the person stopped it. */
  | { readonly state: 'idle' }
  /** `progress`: null as long as it is not worth telling. */
  | { readonly state: 'loading'; readonly progress: Fetched | null }
  | { readonly state: 'ready'; readonly url: string; readonly blob: Blob }
  | { readonly state: 'failed' };

/** What is asked of the chat. */
export interface MediaChat {
  readonly fetch: (request: CommandRequest<'media'>) => Promise<CommandOutcome<'media'>>;
  readonly stop: (request: CommandRequest<'stopMedia'>) => void;
  readonly onProgress: (listener: (progress: MediaProgress) => void) => () => void;
  readonly list: Readable<SalonListSnapshot | null>;
}

interface Entry {
  readonly store: Store<Media>;
  readonly media: MediaRef;
  readonly maxPixels: number | null;
  /** The last fetch: what an earlier one still answers is of no interest. */
  attempt: symbol;
}

/** Pictures of people and salons are asked for at twice the size of the largest, for dense screens. */
export const AVATAR_PIXELS = 96;

/** Pictures kept while nobody shows them. */
const KEPT = 200;
/** What takes longer than this says how far it is, milliseconds. */
const LONG_MS = 1000;

/**
 * Pictures of the chat server as addresses within this page. Each is fetched once, kept while shown and for a while
 * after, and its address given back when it goes. Files are fetched when a person asks, and handed on.
 */
export class MediaStore {
  readonly #chat: MediaChat;
  readonly #pictures = new Map<string, Entry>();
  readonly #files = new Map<string, Entry>();
  readonly #disposables = new Disposables();
  #wasLive = false;

  constructor(chat: MediaChat) {
    this.#chat = chat;
    this.#disposables.add(chat.onProgress(this.#hear), chat.list.subscribe(this.#tryAgain));
  }

  /** A picture no larger than `maxPixels` on its longer side; whole when null. It is fetched at once. */
  readonly picture = (media: MediaRef, maxPixels: number | null): Readable<Media> => {
    const key = `${maxPixels} ${media.key}`;
    const known = this.#pictures.get(key);
    const entry = known ?? newEntry(media, maxPixels);
    this.#pictures.delete(key);
    this.#pictures.set(key, entry);
    if (!known) void this.#show(entry);
    this.#letGoOfOldest();
    return entry.store;
  };

  /** Fetches a picture that was stopped or failed. */
  readonly fetchPicture = (media: MediaRef, maxPixels: number | null): void => {
    const entry = this.#pictures.get(`${maxPixels} ${media.key}`);
    if (entry) void this.#show(entry, { received: 0, total: media.size });
  };

  /** Ends the fetch of a picture. */
  readonly stopPicture = (media: MediaRef, maxPixels: number | null): void => {
    this.#stop(this.#pictures.get(`${maxPixels} ${media.key}`));
  };

  /** What goes on with a file. */
  readonly file = (media: MediaRef): Readable<Media> => this.#file(media).store;

  /** The bytes of a file; null when they can't be had (see `file`), or when the person stopped it. */
  readonly fetchFile = async (media: MediaRef): Promise<Blob | null> => {
    const entry = this.#file(media);
    const blob = await this.#fetch(entry, { received: 0, total: media.size });
    if (blob) entry.store.set({ state: 'idle' });
    return blob;
  };

  /** Ends the fetch of a file. */
  readonly stopFile = (media: MediaRef): void => this.#stop(this.#file(media));

  readonly clear = (): void => {
    for (const { store } of this.#pictures.values()) revoke(store);
    this.#pictures.clear();
    this.#files.clear();
  };

  readonly dispose = (): void => {
    this.#disposables.dispose();
    this.clear();
  };

  #file(media: MediaRef): Entry {
    const entry = this.#files.get(media.key) ?? newEntry(media, null);
    this.#files.set(media.key, entry);
    return entry;
  }

  async #show(entry: Entry, progress: Fetched | null = null): Promise<void> {
    const blob = await this.#fetch(entry, progress);
    if (blob) entry.store.set({ state: 'ready', url: URL.createObjectURL(blob), blob });
  }

  /** Null when it failed, or was stopped; while it is being fetched already, too. */
  async #fetch(entry: Entry, progress: Fetched | null): Promise<Blob | null> {
    const { store, media } = entry;
    if (store.get().state === 'loading') return null;
    const attempt = Symbol(media.key);
    entry.attempt = attempt;
    store.set({ state: 'loading', progress });
    const late = setTimeout(() => tell(entry, { received: 0, total: media.size }), LONG_MS);
    const outcome = await this.#chat.fetch(requestOf(entry));
    clearTimeout(late);
    if (entry.attempt !== attempt || store.get().state !== 'loading') return null;
    if (!outcome.ok) store.set({ state: 'failed' });
    return outcome.ok ? outcome.value.blob : null;
  }

  #stop(entry: Entry | undefined): void {
    if (entry?.store.get().state !== 'loading') return;
    entry.store.set({ state: 'idle' });
    this.#chat.stop(requestOf(entry));
  }

  readonly #hear = ({ key, maxPixels, received, total }: MediaProgress): void => {
    const picture = this.#pictures.get(`${maxPixels} ${key}`);
    const file = maxPixels === null ? this.#files.get(key) : undefined;
    for (const entry of [picture, file])
      if (entry) tell(entry, { received, total: total ?? entry.media.size });
  };

  /** What could not be had while the line was away is asked for again: at once where it is shown. */
  readonly #tryAgain = (): void => {
    const isLive = this.#chat.list.get()?.connection === 'live';
    const isBack = isLive && !this.#wasLive;
    this.#wasLive = isLive;
    if (!isBack) return;
    for (const [key, entry] of this.#pictures) {
      if (entry.store.get().state !== 'failed') continue;
      if (entry.store.listenerCount > 0) void this.#show(entry);
      else this.#pictures.delete(key);
    }
  };

  #letGoOfOldest(): void {
    for (const [key, { store }] of this.#pictures) {
      if (this.#pictures.size <= KEPT) return;
      if (store.listenerCount > 0) continue;
      revoke(store);
      this.#pictures.delete(key);
    }
  }
}

function newEntry(media: MediaRef, maxPixels: number | null): Entry {
  return { store: new Store<Media>({ state: 'idle' }), media, maxPixels, attempt: Symbol(media.key) };
}

function requestOf({ media, maxPixels }: Entry): CommandRequest<'media'> {
  return { key: media.key, ...(maxPixels === null ? {} : { maxPixels }) };
}

/** What a message says of its size may be wrong, and what was told last may be more than a timer knows. */
function tell({ store }: Entry, { received, total }: Fetched): void {
  store.update((now) => {
    if (now.state !== 'loading' || (now.progress?.received ?? -1) > received) return now;
    return {
      state: 'loading',
      progress: { received, total: total !== null && total >= received ? total : null },
    };
  });
}

function revoke(store: Store<Media>): void {
  const current = store.get();
  if (current.state === 'ready') URL.revokeObjectURL(current.url);
}
