import type { DiskSpace } from '../local/free-space.ts';
import type { LocalPath } from '../model/paths.ts';
import type { Claim, Need, Room } from '../ports/room.ts';
import { spareOf } from './spare.ts';

/** A look at a disk that had room holds for so many ms: many small files come in that time. */
const looksEvery = 1000;
/** One of so many bytes is reason to look anew. */
const muchOf = 16 * 1024 * 1024;

interface Look {
  readonly at: number;
  readonly space: Promise<DiskSpace | undefined>;
}

/** The room that pairs share: what their files take together, and what is on its way to each disk. */
export class SharedRoom implements Room {
  readonly #spaceAt: (folder: LocalPath) => Promise<DiskSpace | undefined>;
  readonly #now: () => number;
  readonly #used = new Map<string, number>();
  readonly #looks = new Map<LocalPath, Look>();
  readonly #coming = new Map<string, number>();
  #growing = 0;

  /**
   * @param spaceAt what is free on the disk of a folder; nothing where the system does not say, which is no reason to refuse
   * @param now ms
   */
  constructor(spaceAt: (folder: LocalPath) => Promise<DiskSpace | undefined>, now: () => number) {
    this.#spaceAt = spaceAt;
    this.#now = now;
  }

  note(pair: string, bytes: number): void {
    this.#used.set(pair, bytes);
  }

  forget(pair: string): void {
    this.#used.delete(pair);
  }

  async claim({ pair, folder, bytes, growth, most }: Need): Promise<Claim> {
    const space = await this.#look(folder);
    if (growth > 0 && this.#total() + growth > most) return { kind: 'refused', why: 'roomLimit' };
    if (space === undefined) return this.#grant({ pair, folder, bytes, growth }, undefined);
    const coming = this.#coming.get(space.disk) ?? 0;
    if (bytes > 0 && space.free - coming - bytes < spareOf(space.size)) {
      // Somebody may be making room at this moment.
      this.#looks.delete(folder);
      return { kind: 'refused', why: 'diskFull' };
    }
    return this.#grant({ pair, folder, bytes, growth }, space.disk);
  }

  #grant({ pair, folder, bytes, growth }: Omit<Need, 'most'>, disk: string | undefined): Claim {
    this.#come(disk, bytes);
    this.#growing += growth;
    let isOpen = true;
    return {
      kind: 'granted',
      end: (hasCome) => {
        if (!isOpen) return;
        isOpen = false;
        this.#come(disk, -bytes);
        this.#growing -= growth;
        // What has come is in the next look, and was counted as on its way until then.
        if (bytes >= muchOf) this.#looks.delete(folder);
        const used = this.#used.get(pair);
        if (hasCome && used !== undefined) this.#used.set(pair, used + growth);
      },
    };
  }

  #come(disk: string | undefined, bytes: number): void {
    if (disk !== undefined) this.#coming.set(disk, (this.#coming.get(disk) ?? 0) + bytes);
  }

  #total(): number {
    let total = this.#growing;
    for (const bytes of this.#used.values()) total += bytes;
    return total;
  }

  #look(folder: LocalPath): Promise<DiskSpace | undefined> {
    const known = this.#looks.get(folder);
    if (known !== undefined && Math.abs(this.#now() - known.at) < looksEvery) return known.space;
    const space = this.#spaceAt(folder);
    this.#looks.set(folder, { at: this.#now(), space });
    return space;
  }
}
