import { z } from 'zod';
import { Deed, type DoneItem } from '../../preload/contract/file-activity.ts';
import { ByteCount, FolderPath, Timestamp } from '../../preload/contract/values.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import type { ItemAction, SyncEvent } from '../sync/api.ts';
import { soon } from './soon.ts';

/** One thing done, as it is kept on disk. */
export const KeptDone = z.strictObject({
  id: z.int().nonnegative(),
  pair: z.string(),
  path: FolderPath,
  from: FolderPath.nullable(),
  deed: Deed,
  size: ByteCount,
  at: Timestamp,
});
export type KeptDone = z.infer<typeof KeptDone>;

/** So many are remembered. */
const MOST = 200;
/** It is written down so long after something was done: a first run does thousands of things. */
const WRITE_AFTER_MS = 5000;

const DEEDS: Readonly<Record<ItemAction, Deed | null>> = {
  upload: 'sent',
  download: 'fetched',
  resolve: 'fetched',
  createRemote: 'folder-sent',
  createLocal: 'folder-fetched',
  moveRemote: 'moved-there',
  moveLocal: 'moved-here',
  removeRemote: 'removed-there',
  removeLocal: 'removed-here',
  evict: 'left-here',
  adopt: null,
  turnAway: null,
  forget: null,
};

/** The last things that the engine did, newest first. They outlive the program, so that a morning shows the evening. */
export class DoneItems {
  readonly #kept: Kept<readonly KeptDone[]>;
  readonly #write;
  #items: readonly KeptDone[];

  constructor(kept: Kept<readonly KeptDone[]>, log: Log) {
    this.#kept = kept;
    this.#items = kept.value;
    this.#write = soon(() => {
      kept.set(this.#items).catch((error: unknown) => log.warn('recent.not-written', {}, error));
    }, WRITE_AFTER_MS);
  }

  /** Takes an event in; answers whether something was done. */
  take(event: SyncEvent): boolean {
    if (event.type !== 'item' || event.phase !== 'done') return false;
    const deed = DEEDS[event.action];
    if (deed === null) return false;
    const { pair, path, from = null, bytesTotal: size, at } = event;
    const item: KeptDone = { id: this.newestId + 1, pair, path, from, deed, size, at };
    this.#items = [item, ...this.#items].slice(0, MOST);
    this.#write.wish();
    return true;
  }

  get newestId(): number {
    return this.#items[0]?.id ?? 0;
  }

  /** The last of them; of pairs that belong to no salon any more nothing. */
  list(salonOf: (pairId: string) => string | undefined): DoneItem[] {
    return this.#items.flatMap(({ pair, ...item }) => {
      const salonId = salonOf(pair);
      return salonId === undefined ? [] : [{ ...item, salonId }];
    });
  }

  /** Somebody signed out: names of files are nobody else's business. */
  async forgetAll(): Promise<void> {
    this.#items = [];
    this.#write.cancel();
    await this.#kept.set([]);
  }

  /** Writes down what is not written yet. */
  async close(): Promise<void> {
    this.#write.cancel();
    if (this.#items !== this.#kept.value) await this.#kept.set(this.#items);
  }
}
