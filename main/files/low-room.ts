import type { LowRoom as Told } from '../../preload/contract/folder-sizes.ts';
import type { Log } from '../log/log.ts';
import type { SyncEvent } from '../sync/api.ts';
import { type DiskSpace, diskSpace } from '../sync/local/free-space.ts';
import { enoughOf, lowOf, spareOf } from '../sync/room/spare.ts';
import type { Engine } from './engine.ts';

/** How often the disks are looked at in any case, and how often at most. */
const EVERY_MS = 10 * 60_000;
const AT_MOST_EVERY_MS = 60_000;

/** How bad it is: `full` is when downloads wait. */
export type Level = Told['level'];

/** How the disks stand: what a person is told while there is little room. */
export type Standing = { readonly level: 'enough' } | Told;

/** What disks are looked at for, and what is remembered of what the person read. */
export interface LowRoomParts {
  readonly engine: Pick<Engine, 'onEvent'>;
  /** Where the folders are, and what the program keeps; each once. */
  readonly paths: () => readonly string[];
  /** The level that the person was told of and has read; null for none. Kept over restarts. */
  readonly read: { readonly get: () => Level | null; readonly set: (level: Level | null) => Promise<void> };
  /** What is to be told is another than before. */
  readonly tell: () => void;
  readonly log: Log;
  readonly spaceAt?: (path: string) => Promise<DiskSpace | undefined>;
}

/** Tells a person once that a disk in use has little room left, and anew when it got worse, or again after it was well. */
export class LowRoom {
  readonly #parts: LowRoomParts;
  readonly #timer: NodeJS.Timeout;
  #standing: Standing = { level: 'enough' };
  #isClosed = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #look: Promise<void> | undefined;

  constructor(parts: LowRoomParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.look(), EVERY_MS);
    this.#timer.unref();
    parts.engine.onEvent((event) => this.#take(event));
  }

  /** What the person is to be told; null when there is room, or when they have read it. */
  toTell(): Told | null {
    const { level } = this.#standing;
    if (level === 'enough') return null;
    const read = this.#parts.read.get();
    return read === level || read === 'full' ? null : this.#standing;
  }

  /** The person has read it. */
  async dismiss(): Promise<void> {
    const { level } = this.#standing;
    if (level !== 'enough') await this.#parts.read.set(level);
    this.#parts.tell();
  }

  /** Looks at the disks now; at one that does not answer only once. */
  look(): Promise<void> {
    this.#look ??= this.#lookNow()
      .catch((error: unknown) => this.#parts.log.warn('room.not-looked-at', {}, error))
      .finally(() => {
        this.#look = undefined;
      });
    return this.#look;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
  }

  /** A run just ended: it may have filled the disk. */
  #take(event: SyncEvent): void {
    const mayBeFuller = event.type === 'state' && event.state.kind === 'idle';
    if (mayBeFuller && performance.now() - this.#lookedAt >= AT_MOST_EVERY_MS) void this.look();
  }

  async #lookNow(): Promise<void> {
    this.#lookedAt = performance.now();
    const spaceAt = this.#parts.spaceAt ?? diskSpace;
    const spaces = await Promise.all(this.#parts.paths().map(spaceAt));
    if (this.#isClosed) return;
    const before = this.#standing;
    this.#standing = standingAfter(
      before,
      spaces.filter((space) => space !== undefined),
    );
    if (this.#standing.level === 'enough' && this.#parts.read.get() !== null)
      await this.#parts.read.set(null);
    if (this.#standing.level !== before.level) this.#parts.tell();
  }
}

/**
 * How disks stand after a look: as the worst of them does. What was low stays so until there is clearly more, so that
 * nobody is told again and again of a disk that is near the edge.
 */
export function standingAfter(before: Standing, spaces: readonly DiskSpace[]): Standing {
  const [worst] = spaces.toSorted((one, other) => shareOf(one) - shareOf(other));
  if (worst === undefined) return { level: 'enough' };
  const { free, size } = worst;
  const told = { freeBytes: Math.max(0, Math.round(free)) };
  if (free < spareOf(size)) return { level: 'full', ...told };
  const edge = before.level === 'enough' ? lowOf(size) : enoughOf(size);
  return free < edge ? { level: 'low', ...told } : { level: 'enough' };
}

/** How much there is of what a disk of that size should have. */
function shareOf({ free, size }: DiskSpace): number {
  return free / lowOf(size);
}
