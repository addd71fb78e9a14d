import type { SalonFolder } from '../../../preload/contract/files.ts';
import type { FoldersStore } from '../../salons/stores/folders-store.ts';
import { reuse } from '../../ui/reuse.ts';
import { Store } from '../../ui/store.ts';
import { rowKey, type TreeRow, treeRows } from './tree-rows.ts';

/** The tree of folders of one kind: which of them are expanded, and the lines that follow from it. */
export class TreeModel {
  readonly rows = new Store<readonly TreeRow[]>([]);
  readonly #folders: FoldersStore;
  readonly #kind: SalonFolder['kind'];
  readonly #expanded = new Set<string>();
  /** The folders whose entries are in the lines, each with the way to stop listening to it. */
  readonly #listening = new Map<string, () => void>();
  #isShown = false;

  constructor(folders: FoldersStore, kind: SalonFolder['kind']) {
    this.#folders = folders;
    this.#kind = kind;
  }

  /** Listens as long as it is shown. @returns the way to stop */
  readonly start = (): (() => void) => {
    this.#isShown = true;
    const stop = this.#folders.overview.subscribe(this.#read);
    this.#read();
    return () => {
      this.#isShown = false;
      stop();
      this.#listenTo(new Map());
    };
  };

  readonly expand = (salonId: string, path: string): void => {
    this.#expanded.add(rowKey(salonId, path));
    this.#read();
  };

  /** Closes a folder; those in it are open again with it. */
  readonly collapse = (salonId: string, path: string): void => {
    this.#expanded.delete(rowKey(salonId, path));
    this.#read();
  };

  readonly #read = (): void => {
    if (!this.#isShown) return;
    const { folders: all = [] } = this.#folders.overview.get() ?? {};
    const folders = all.filter(({ kind }) => kind === this.#kind);
    const shown = new Map<string, { readonly salonId: string; readonly path: string }>();
    const rows = treeRows(folders, this.#expanded, (salonId, path) => {
      shown.set(rowKey(salonId, path), { salonId, path });
      return {
        listing: this.#folders.entries(salonId, path).get(),
        authors: this.#folders.authors.of(salonId, path).get(),
      };
    });
    this.#listenTo(shown);
    this.rows.update((last) => reuse(last, rows));
  };

  #listenTo(shown: ReadonlyMap<string, { readonly salonId: string; readonly path: string }>): void {
    for (const [key, stop] of this.#listening) {
      if (shown.has(key)) continue;
      this.#listening.delete(key);
      stop();
    }
    for (const [key, { salonId, path }] of shown) {
      if (this.#listening.has(key)) continue;
      const stops = [
        this.#folders.entries(salonId, path).subscribe(this.#read),
        this.#folders.authors.of(salonId, path).subscribe(this.#read),
      ];
      this.#listening.set(key, () => {
        for (const stop of stops) stop();
      });
    }
  }
}
