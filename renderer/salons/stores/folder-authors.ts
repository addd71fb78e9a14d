import type { FileAuthor } from '../../../preload/contract/files.ts';
import type { AppBridge } from '../../bridge.ts';
import { type Readable, Store } from '../../ui/store.ts';

/** Who changed the files of one folder last, by their paths. */
export type AuthorsByPath = ReadonlyMap<string, FileAuthor>;

interface Watch {
  readonly salonId: string;
  readonly path: string;
  readonly authors: Store<AuthorsByPath>;
  readonly watched: Readable<AuthorsByPath>;
  askedAt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Each question costs the file server a few: a folder that changes all the time is not asked about all the time. */
const PAUSE_MS = 15_000;

/** Who changed the files of the folders that are shown; nobody where nobody can tell. */
export class FolderAuthors {
  readonly #ask: AppBridge['files']['authors'];
  readonly #watches = new Map<string, Watch>();

  constructor(ask: AppBridge['files']['authors']) {
    this.#ask = ask;
  }

  /** The authors in a folder of a salon, asked for as long as someone listens; the same store each time. */
  readonly of = (salonId: string, path: string): Readable<AuthorsByPath> => {
    const key = `${salonId} ${path}`;
    const watch = this.#watches.get(key) ?? this.#newWatch(salonId, path);
    this.#watches.set(key, watch);
    return watch.watched;
  };

  /** Entries of these salons changed. */
  readonly changed = (salonIds: ReadonlySet<string>): void => {
    for (const watch of this.#watches.values()) if (salonIds.has(watch.salonId)) this.#askSoon(watch);
  };

  readonly clear = (): void => {
    for (const { timer } of this.#watches.values()) clearTimeout(timer);
    this.#watches.clear();
  };

  #newWatch(salonId: string, path: string): Watch {
    const authors = new Store<AuthorsByPath>(new Map());
    const subscribe = (listener: () => void) => {
      const stop = authors.subscribe(listener);
      this.#askSoon(watch);
      return stop;
    };
    const watched = { get: authors.get, subscribe };
    const never = Number.NEGATIVE_INFINITY;
    const watch: Watch = { salonId, path, authors, watched, askedAt: never, timer: undefined };
    return watch;
  }

  #askSoon(watch: Watch): void {
    if (watch.timer !== undefined || watch.authors.listenerCount === 0) return;
    const wait = Math.max(0, watch.askedAt + PAUSE_MS - performance.now());
    watch.timer = setTimeout(() => {
      watch.timer = undefined;
      watch.askedAt = performance.now();
      if (watch.authors.listenerCount > 0) void this.#read(watch);
    }, wait);
  }

  async #read({ salonId, path, authors }: Watch): Promise<void> {
    const outcome = await this.#ask({ salonId, path });
    // A name that can't be had now is better than an error: the files are there.
    if (outcome.ok) authors.set(new Map(outcome.value.map((each) => [each.path, each])));
  }
}
