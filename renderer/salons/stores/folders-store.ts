import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { ShownPicture } from '../../../preload/contract/conflict-pictures.ts';
import type { NoticeCode } from '../../../preload/contract/file-states.ts';
import type {
  ConflictFacts,
  FilesOverview,
  FolderEntry,
  SalonFolder,
} from '../../../preload/contract/files.ts';
import type { Estimate, FolderContents, Freeable } from '../../../preload/contract/folder-sizes.ts';
import type { AppBridge } from '../../bridge.ts';
import type { SalonListSnapshot } from '../../matrix/protocol.ts';
import { Disposables } from '../../ui/disposables.ts';
import { reuse } from '../../ui/reuse.ts';
import { type Readable, Store } from '../../ui/store.ts';
import { FolderAuthors } from './folder-authors.ts';

/** What is in a folder: not known yet, known, or not to be had (with what was known before). */
export interface Listing {
  readonly entries: readonly FolderEntry[] | null;
  readonly error: ContractError | null;
}

interface Watch {
  readonly listing: Store<Listing>;
  readonly salonId: string;
  readonly path: string;
  /** The listing, which notes who listens. */
  readonly watched: Readable<Listing>;
  /** Main is being asked; `again`: what it will answer is old already. */
  asking: 'no' | 'yes' | 'again';
}

/** The synced folders: what main's engine says of them, and what a person does with them. */
export class FoldersStore {
  readonly overview = new Store<FilesOverview | null>(null);
  /** Why the overview could not be had, null when it could. */
  readonly error = new Store<ContractError | null>(null);
  readonly authors: FolderAuthors;
  readonly #files: AppBridge['files'];
  readonly #watches = new Map<string, Watch>();
  readonly #disposables = new Disposables();
  #followed = '';

  constructor(files: AppBridge['files']) {
    this.#files = files;
    this.authors = new FolderAuthors(files.authors);
    this.#disposables.add(
      files.on('overviewChanged', (overview) => this.overview.update((last) => reuse(last, overview))),
      files.on('entriesChanged', ({ salonIds }) => this.#listAgain(new Set(salonIds))),
      files.on('entriesChanged', ({ salonIds }) => this.authors.changed(new Set(salonIds))),
      () => this.authors.clear(),
    );
  }

  readonly load = async (): Promise<void> => {
    const outcome = await this.#files.overview();
    this.error.set(outcome.ok ? null : outcome.error);
    if (outcome.ok) this.overview.update((last) => reuse(last, outcome.value));
  };

  /** A salon's folder in the overview, null when it has none there. */
  readonly folder = (salonId: string): SalonFolder | null =>
    this.overview.get()?.folders.find((folder) => folder.salonId === salonId) ?? null;

  /** What is in a folder of a salon, kept fresh as long as someone listens; the same store each time it is asked for. */
  readonly entries = (salonId: string, path: string): Readable<Listing> => {
    const key = `${salonId} ${path}`;
    return (this.#watches.get(key) ?? this.#newWatch(key, salonId, path)).watched;
  };

  /**
   * Tells main which salons have which folder, once the whole list is known: a part of it would make main let go
   * of folders that are only not listed yet.
   */
  readonly followSalons = (list: SalonListSnapshot): void => {
    if (list.connection !== 'live' || list.total === null || list.salons.length < list.total) return;
    const salons = list.salons.flatMap(({ id, name, folder, membership }) =>
      folder && membership === 'joined' ? [{ salonId: id, name, folder }] : [],
    );
    const followed = JSON.stringify(salons);
    if (followed === this.#followed) return;
    this.#followed = followed;
    void this.#files.follow({ salons });
  };

  readonly estimate = (): Promise<Outcome<Estimate>> => this.#files.estimate();
  readonly choosePlace = (
    how: 'suggested' | 'ask',
    keep: 'all' | 'none' = 'all',
  ): Promise<Outcome<{ place: string | null }>> => this.#files.choosePlace({ how, keep });
  readonly contents = (salonId: string, path: string): Promise<Outcome<FolderContents>> =>
    this.#files.contents({ salonId, path });
  readonly freeable = (): Promise<Outcome<Freeable>> => this.#files.freeable();
  readonly choose = (salonId: string, unwanted: readonly string[]): Promise<Outcome<undefined>> =>
    this.#files.choose({ salonId, unwanted: [...unwanted] });
  readonly open = (salonId: string, path: string): Promise<Outcome<undefined>> =>
    this.#files.open({ salonId, path });
  readonly stopOpening = (salonId: string, path: string): Promise<Outcome<undefined>> =>
    this.#files.stopOpening({ salonId, path });
  readonly reveal = (salonId: string, path: string): Promise<Outcome<undefined>> =>
    this.#files.reveal({ salonId, path });
  readonly fileId = (salonId: string, path: string): Promise<Outcome<{ fileId: string | null }>> =>
    this.#files.fileId({ salonId, path });
  readonly openPlace = (): Promise<Outcome<undefined>> => this.#files.openPlace();
  /** Pauses all folders; `minutes` null: until they are resumed. */
  readonly pause = (minutes: number | null): Promise<Outcome<undefined>> =>
    this.#files.pause({ paused: true, minutes });
  readonly resume = (): Promise<Outcome<undefined>> => this.#files.pause({ paused: false, minutes: null });
  readonly drag = (salonId: string, path: string): Promise<Outcome<undefined>> =>
    this.#files.drag({ salonId, path });
  readonly overrulePause = (): Promise<Outcome<undefined>> => this.#files.overrulePause();
  readonly retry = (salonId: string, path: string | null): Promise<Outcome<undefined>> =>
    this.#files.retry({ salonId, path });
  readonly rename = (salonId: string, path: string, name: string): Promise<Outcome<undefined>> =>
    this.#files.rename({ salonId, path, name });
  readonly decideGuard = (
    salonId: string,
    guardId: string,
    decision: 'delete' | 'restore',
  ): Promise<Outcome<undefined>> => this.#files.decideGuard({ salonId, guardId, decision });
  readonly dismissNotice = (salonId: string, code: NoticeCode): Promise<Outcome<undefined>> =>
    this.#files.dismissNotice({ salonId, code });
  readonly dismissLowRoom = (): Promise<Outcome<undefined>> => this.#files.dismissLowRoom();
  readonly conflict = (salonId: string, copyPath: string): Promise<Outcome<ConflictFacts>> =>
    this.#files.conflict({ salonId, copyPath });
  readonly conflictPicture = (
    salonId: string,
    copyPath: string,
    side: 'here' | 'there',
  ): Promise<Outcome<{ picture: ShownPicture | null }>> =>
    this.#files.conflictPicture({ salonId, copyPath, side });
  readonly settleConflict = (
    salonId: string,
    copyPath: string,
    decision: Parameters<AppBridge['files']['settleConflict']>[0]['decision'],
  ): Promise<Outcome<{ undo: string | null }>> => this.#files.settleConflict({ salonId, copyPath, decision });
  readonly undoSettle = (undo: string): Promise<Outcome<undefined>> => this.#files.undoSettle({ undo });

  /** Forgets everything: another person may sign in. */
  readonly clear = (): void => {
    this.#followed = '';
    this.#watches.clear();
    this.authors.clear();
    this.overview.set(null);
    this.error.set(null);
  };

  readonly dispose = (): void => this.#disposables.dispose();

  #newWatch(key: string, salonId: string, path: string): Watch {
    const listing = new Store<Listing>({ entries: null, error: null });
    const subscribe = (listener: () => void) => {
      const stop = listing.subscribe(listener);
      if (listing.listenerCount === 1) void this.#list(watch);
      return stop;
    };
    const watch: Watch = { listing, salonId, path, watched: { get: listing.get, subscribe }, asking: 'no' };
    this.#watches.set(key, watch);
    return watch;
  }

  /** One question at a time for each folder: while much is synced, entries change faster than they are listed. */
  async #list(watch: Watch): Promise<void> {
    if (watch.asking !== 'no') {
      watch.asking = 'again';
      return;
    }
    do {
      watch.asking = 'yes';
      await this.#ask(watch);
    } while (isOldAgain(watch) && watch.listing.listenerCount > 0);
    watch.asking = 'no';
  }

  async #ask(watch: Watch): Promise<void> {
    const outcome = await this.#files.list({ salonId: watch.salonId, path: watch.path });
    watch.listing.update((last) =>
      outcome.ok
        ? { entries: reuse(last.entries, outcome.value), error: null }
        : { entries: last.entries, error: outcome.error },
    );
  }

  #listAgain(salonIds: ReadonlySet<string>): void {
    for (const [key, watch] of this.#watches) {
      if (!salonIds.has(watch.salonId)) continue;
      if (watch.listing.listenerCount > 0) void this.#list(watch);
      else this.#watches.delete(key);
    }
  }
}

/** Whether entries changed while main was being asked for them. */
function isOldAgain({ asking }: Watch): boolean {
  return asking === 'again';
}
