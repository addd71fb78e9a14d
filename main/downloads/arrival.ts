import { dirname, join } from 'node:path';
import type { Log } from '../log/log.ts';
import { putInPlace } from './free-name.ts';
import { moveFile, type PutMark } from './move-file.ts';

/**
 * Where a file is to be in the end: under a name that nothing in a folder has yet, or exactly where the person said, who
 * was asked whether it may replace what is there.
 */
export interface FinalPlace {
  readonly kind: 'free' | 'chosen';
  readonly folder: string;
  readonly name: string;
}

/** What an arrival is put in its place with. */
export interface ArrivalParts {
  /** Where all of its bytes are now, under a name by which nobody takes it for the file itself. */
  readonly part: string;
  readonly place: FinalPlace;
  /** Where it goes when its place can't take it. */
  readonly spareFolder: () => string;
  readonly mark: PutMark;
  readonly log: Log;
}

/** A file that came whole, on its way to its final name. Until it has one, its bytes stay where they are. */
export class Arrival {
  readonly #parts: ArrivalParts;
  #path: string | null = null;

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
  }

  /** Where its bytes are. */
  get path(): string {
    return this.#path ?? this.#parts.part;
  }

  /** Whether it has its final name. */
  get isThere(): boolean {
    return this.#path !== null;
  }

  /** Whether it lies in another folder than the one it was meant for. */
  get isElsewhere(): boolean {
    return this.isThere && dirname(this.path) !== this.#parts.place.folder;
  }

  /**
   * Marks it and gives it its final name, in this order: at no moment a file of that name is there without its mark.
   * Answers whether it has one; it may be asked again.
   */
  async land(): Promise<boolean> {
    const { part, place, log } = this.#parts;
    if (this.isThere) return true;
    await this.#mark(part);
    try {
      this.#path = await this.#put();
      return true;
    } catch (error) {
      log.error('download.not-placed', { place: place.kind }, error);
      return false;
    }
  }

  async #put(): Promise<string> {
    const { part, place, spareFolder, log } = this.#parts;
    try {
      return await this.#putWhereMeant();
    } catch (error) {
      const spare = spareFolder();
      if (place.kind === 'free' && place.folder === spare) throw error;
      log.warn('download.placed-elsewhere', { place: place.kind }, error);
      return putInPlace(part, spare, place.name, this.#mark);
    }
  }

  async #putWhereMeant(): Promise<string> {
    const { part, place } = this.#parts;
    if (place.kind === 'free') return putInPlace(part, place.folder, place.name, this.#mark);
    const path = join(place.folder, place.name);
    await moveFile(part, path, this.#mark);
    return path;
  }

  /** FAT holds no marks: the file is worth more than they are. */
  readonly #mark = (path: string): Promise<void> =>
    this.#parts.mark(path).catch((error: unknown) => this.#parts.log.warn('download.not-marked', {}, error));
}
