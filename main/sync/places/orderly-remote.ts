import type { RemotePath } from '../model/paths.ts';
import type { Outcome, Place, Places } from '../ports/places.ts';
import type {
  ArchivedFile,
  BulkFile,
  Download,
  DownloadRequest,
  Part,
  PartUpload,
  Remote,
  RemoteIdentity,
  RemoteListing,
  Stored,
  UploadRequest,
} from '../ports/remote.ts';
import { outcomeOf } from './outcome.ts';

type Bytes = AsyncIterable<Uint8Array>;

/**
 * A server at which each transfer of file content waits for a place first. Everything else passes freely: listings
 * are small, and who holds a place may need one.
 */
export class OrderlyRemote implements Remote {
  readonly #remote: Remote;
  readonly #places: Places;
  readonly #now: () => number;

  /** @param now ms, of a clock that only goes forward */
  constructor(remote: Remote, places: Places, now: () => number) {
    this.#remote = remote;
    this.#places = places;
    this.#now = now;
  }

  get requests(): number {
    return this.#remote.requests;
  }

  get takesParts(): boolean {
    return this.#remote.takesParts;
  }

  upload(request: UploadRequest): Promise<Stored> {
    const { signal, size } = request;
    return this.#send(`file ${magnitude(size)}`, request.body, signal, (body) =>
      this.#remote.upload({ ...request, body }),
    );
  }

  putPart(upload: PartUpload, part: Part, signal: AbortSignal): Promise<void> {
    return this.#send(`part ${magnitude(part.size)}`, part.body, signal, (body) =>
      this.#remote.putPart(upload, { ...part, body }, signal),
    );
  }

  async uploadBulk(files: readonly BulkFile[], signal: AbortSignal): Promise<ReadonlySet<RemotePath>> {
    const place = await this.#places.take(signal);
    return ending(place, () => this.#remote.uploadBulk(files, signal));
  }

  /** It keeps its place until it is closed, however slowly it is read. */
  async download(request: DownloadRequest): Promise<Download> {
    const place = await this.#places.take(request.signal);
    const begun = this.#now();
    let download: Download;
    try {
      download = await this.#remote.download(request);
    } catch (error) {
      place.leave(outcomeOf(error));
      throw error;
    }
    // Of the bytes, whoever reads them and the limit of the line decide how fast they come.
    let outcome: Outcome = {
      kind: 'well',
      pace: { sort: 'download', ms: this.#now() - begun },
    };
    const body = noting(download.body, (error) => (outcome = outcomeOf(error)));
    const close = async (): Promise<void> => {
      try {
        await download.close();
      } finally {
        place.leave(outcome);
      }
    };
    return { offset: download.offset, stated: download.stated, body, close };
  }

  /** It keeps its place until it is read to the end or left. */
  async archive(path: RemotePath, signal: AbortSignal): Promise<AsyncIterable<ArchivedFile> | undefined> {
    const place = await this.#places.take(signal);
    let files: AsyncIterable<ArchivedFile> | undefined;
    try {
      files = await this.#remote.archive(path, signal);
    } catch (error) {
      place.leave(outcomeOf(error));
      throw error;
    }
    if (files !== undefined) return held(files, place);
    place.leave({ kind: 'well' });
    return undefined;
  }

  identify(signal: AbortSignal): Promise<RemoteIdentity> {
    return this.#remote.identify(signal);
  }

  createRoot(signal: AbortSignal): Promise<void> {
    return this.#remote.createRoot(signal);
  }

  list(path: RemotePath, signal: AbortSignal): Promise<RemoteListing> {
    return this.#remote.list(path, signal);
  }

  listAll(signal: AbortSignal): Promise<ReadonlyMap<RemotePath, RemoteListing>> {
    return this.#remote.listAll(signal);
  }

  look(path: RemotePath, signal: AbortSignal): ReturnType<Remote['look']> {
    return this.#remote.look(path, signal);
  }

  takesBulk(signal: AbortSignal): Promise<boolean> {
    return this.#remote.takesBulk(signal);
  }

  beginParts(upload: PartUpload, signal: AbortSignal): Promise<void> {
    return this.#remote.beginParts(upload, signal);
  }

  listParts(upload: PartUpload, signal: AbortSignal): Promise<ReadonlyMap<number, number> | undefined> {
    return this.#remote.listParts(upload, signal);
  }

  /** Takes a server minutes in which it would stand in others' way; by then the bytes are there. */
  finishParts(upload: PartUpload, file: Omit<UploadRequest, 'body' | 'path'>): Promise<Stored> {
    return this.#remote.finishParts(upload, file);
  }

  abortParts(upload: PartUpload, signal: AbortSignal): Promise<void> {
    return this.#remote.abortParts(upload, signal);
  }

  createFolder(path: RemotePath, signal: AbortSignal): ReturnType<Remote['createFolder']> {
    return this.#remote.createFolder(path, signal);
  }

  move(from: RemotePath, to: RemotePath, signal: AbortSignal): Promise<void> {
    return this.#remote.move(from, to, signal);
  }

  remove(path: RemotePath, etag: string | undefined, signal: AbortSignal): Promise<boolean> {
    return this.#remote.remove(path, etag, signal);
  }

  setPassword(password: string): void {
    this.#remote.setPassword(password);
  }

  close(): Promise<void> {
    return this.#remote.close();
  }

  /** The server's time begins when it has the bytes: before that, the line and its limit decide. */
  async #send<Answer>(
    sort: string,
    body: Bytes,
    signal: AbortSignal,
    run: (body: Bytes) => Promise<Answer>,
  ): Promise<Answer> {
    const place = await this.#places.take(signal);
    let sentAt = this.#now();
    const watched = untilEnd(body, () => (sentAt = this.#now()));
    return ending(
      place,
      () => run(watched),
      () => ({ sort, ms: this.#now() - sentAt }),
    );
  }
}

type Pace = Extract<Outcome, { readonly kind: 'well' }>['pace'];

/** Gives the place back when it is done. */
async function ending<Answer>(
  place: Place,
  run: () => Promise<Answer>,
  pace: () => Pace = () => undefined,
): Promise<Answer> {
  try {
    const answer = await run();
    const took = pace();
    place.leave(took === undefined ? { kind: 'well' } : { kind: 'well', pace: took });
    return answer;
  } catch (error) {
    place.leave(outcomeOf(error));
    throw error;
  }
}

/** Sizes that take about as long as each other: up to 64 KB, then up to twice as much, and so on. */
function magnitude(bytes: number): number {
  return Math.ceil(Math.log2(Math.max(1, bytes / (64 * 1024))));
}

async function* untilEnd(body: Bytes, onEnd: () => void): AsyncGenerator<Uint8Array> {
  yield* body;
  onEnd();
}

async function* noting(body: Bytes, onFailure: (error: unknown) => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    onFailure(error);
    throw error;
  }
}

async function* held(files: AsyncIterable<ArchivedFile>, place: Place): AsyncGenerator<ArchivedFile> {
  let outcome: Outcome = { kind: 'silent' };
  try {
    yield* files;
    outcome = { kind: 'well' };
  } catch (error) {
    outcome = outcomeOf(error);
    throw error;
  } finally {
    place.leave(outcome);
  }
}
