/** What a finder works with. */
export interface FinderParts {
  /** Where folders are, by file id; one that is missing in the answer is not among the person's files. */
  readonly locate: (fileIds: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>;
  /** The server answered. Called with every id that was asked for: its path, or null. */
  readonly onAnswer: (found: ReadonlyMap<string, string | null>) => void;
  /** The server did not; it is asked again later. */
  readonly onFailure: (error: unknown) => void;
  readonly pace?: { readonly firstMs: number; readonly mostMs: number };
}

const USUAL_PACE = { firstMs: 15_000, mostMs: 300_000 };

/**
 * Looks for folders on the server, one look at a time; while the server does not answer it looks again, later each time.
 */
export class FolderFinder {
  readonly #parts: FinderParts;
  readonly #wanted = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #pause = 0;
  #isLooking = false;
  #closed = false;

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  /** Whether the last look failed. */
  get isFailing(): boolean {
    return this.#pause > 0;
  }

  /** Looks for these too, at once unless the server is not answering. */
  want(fileIds: Iterable<string>): void {
    for (const id of fileIds) this.#wanted.add(id);
    if (this.#pause === 0) void this.#look();
  }

  /** Does not wait for its time: a person asked, or the network is back. */
  now(): void {
    clearTimeout(this.#timer);
    this.#pause = 0;
    void this.#look();
  }

  /** Looks no more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#closed || this.#wanted.size === 0) return;
    this.#isLooking = true;
    const asked = new Set(this.#wanted);
    try {
      const found = await this.#parts.locate(asked);
      for (const id of asked) this.#wanted.delete(id);
      this.#pause = 0;
      this.#isLooking = false;
      if (!this.#closed) this.#parts.onAnswer(new Map([...asked].map((id) => [id, found.get(id) ?? null])));
      void this.#look();
    } catch (error) {
      this.#isLooking = false;
      this.#lookLater();
      this.#parts.onFailure(error);
    }
  }

  #lookLater(): void {
    const { firstMs, mostMs } = this.#parts.pace ?? USUAL_PACE;
    this.#pause = this.#pause === 0 ? firstMs : Math.min(this.#pause * 2, mostMs);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#look(), this.#pause);
  }
}
