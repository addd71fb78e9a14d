import { randomUUID } from 'node:crypto';
import { lstat, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ShownPicture } from '../../preload/contract/conflict-pictures.ts';
import type { Conflict, ConflictFacts } from '../../preload/contract/files.ts';
import { AppError } from '../contract/app-error.ts';
import { ownName } from '../sync/discover/own-names.ts';
import type { Authors } from './authors.ts';
import type { ConflictBook } from './conflict-book.ts';
import { conflictFacts, seenAt, type Versions, versionsOf } from './conflict-facts.ts';
import { diskWords } from './disk-words.ts';
import { exchange } from './exchange.ts';
import type { Keepsakes } from './keepsakes.ts';
import { moveToFree } from './move-to-free.ts';
import { pictureOf } from './picture-of.ts';
import type { SalonFolders } from './salon-folders.ts';

/** What a person decides about two versions of one file, and what they looked at (null: it was gone). */
export type Decision =
  | { readonly keep: 'both' }
  | { readonly keep: 'here' | 'there'; readonly there: string | null; readonly here: string | null };

/** What the settling of conflicts works with. */
export interface ConflictParts {
  readonly folders: Pick<SalonFolders, 'placeOf'> & {
    readonly conflicts: Pick<ConflictBook, 'forget' | 'recall'>;
  };
  readonly authors: Pick<Authors, 'ofFile'>;
  readonly keepsakes: Keepsakes;
  /** Puts a file into the system's trash. */
  readonly trash: (path: string) => Promise<void>;
}

type Undo = () => Promise<void>;

/** A decision can be undone so long. */
const UNDO_MS = 10 * 60_000;

/** Files that were changed on both sides: what the versions are, which one is kept, and back. */
export class Conflicts {
  readonly #parts: ConflictParts;
  readonly #undos = new Map<string, { readonly undo: Undo; readonly timer: NodeJS.Timeout }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ConflictParts) {
    this.#parts = parts;
  }

  /** Both versions as they are now. Throws `not-found.file` when there is no such conflict. */
  async facts(salonId: string, copyPath: string, signal: AbortSignal): Promise<ConflictFacts> {
    const { conflict, versions, remotePath } = await this.#find(salonId, copyPath);
    const change =
      remotePath === null ? null : await this.#parts.authors.ofFile(`${remotePath}/${conflict.path}`, signal);
    return conflictFacts(versions, change?.author ?? null, this.#parts.keepsakes);
  }

  /** One of its versions, if it is a picture that a page can show. Throws `not-found.file` when there is no such conflict. */
  async picture(salonId: string, copyPath: string, side: keyof Versions): Promise<ShownPicture | null> {
    const { versions } = await this.#find(salonId, copyPath);
    return pictureOf(versions[side]);
  }

  /**
   * Settles a conflict on this PC; the engine carries it to the server. `here`: the set-aside version of this PC takes the
   * name again. `there`: the server's version keeps it. What is not kept goes to the trash; `both` leaves both. Answers
   * what undoes it, null when only the trash can. Throws `changed.file`, and does nothing, when a version is not what the
   * person looked at; and what the disk says, with both versions where they were.
   */
  settle(salonId: string, copyPath: string, decision: Decision): Promise<string | null> {
    return this.#inTurn(() => this.#settle(salonId, copyPath, decision));
  }

  /**
   * Puts a settled conflict back. Throws `changed.file` or `not-found.file` when that is not possible any more, and leaves
   * all as it is.
   */
  undo(id: string): Promise<void> {
    return this.#inTurn(() => this.#undo(id));
  }

  /** Nothing can be undone any more. */
  async close(): Promise<void> {
    for (const { timer } of this.#undos.values()) clearTimeout(timer);
    this.#undos.clear();
    await this.#parts.keepsakes.clear();
  }

  /** One after the other: of two answers to one question, the second would throw away what the first has kept. */
  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(task).catch((error: unknown) => {
      throw diskWords(error);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #settle(salonId: string, copyPath: string, decision: Decision): Promise<string | null> {
    const { conflict, versions } = await this.#find(salonId, copyPath);
    const undo = decision.keep === 'both' ? nothing : await this.#keepOne(versions, decision);
    await this.#parts.folders.conflicts.forget(salonId, copyPath);
    if (undo === null) return null;
    return this.#offer(async () => {
      await undo();
      await this.#parts.folders.conflicts.recall(salonId, conflict);
    });
  }

  async #undo(id: string): Promise<void> {
    const offered = this.#undos.get(id);
    if (!offered) throw new AppError('changed.file');
    clearTimeout(offered.timer);
    this.#undos.delete(id);
    await offered.undo();
  }

  async #find(
    salonId: string,
    copyPath: string,
  ): Promise<{ conflict: Conflict; versions: Versions; remotePath: string | null }> {
    const { localDir, remotePath, report } = this.#parts.folders.placeOf(salonId);
    const conflict = report?.conflicts.find((candidate) => candidate.copyPath === copyPath);
    if (!conflict) throw new AppError('not-found.file');
    return { conflict, versions: await versionsOf(localDir, conflict), remotePath };
  }

  async #keepOne(versions: Versions, decision: Exclude<Decision, { keep: 'both' }>): Promise<Undo | null> {
    const [there, here] = await Promise.all([seenAt(versions.there), seenAt(versions.here)]);
    if (here === null || there !== decision.there || here !== decision.here)
      throw new AppError('changed.file');
    return decision.keep === 'there'
      ? this.#throwAway(versions.here)
      : this.#replace(versions, there !== null);
  }

  /** The server's version stays alone under its name. */
  async #throwAway(copy: string): Promise<Undo | null> {
    const kept = await this.#parts.keepsakes.keep(copy);
    await this.#parts.trash(copy);
    return kept === null ? null : () => this.#bringBack(kept, copy);
  }

  /**
   * This PC's version takes the name, which is never without one, and the other, if it is still there, has that of the copy
   * until it is in the trash. What somebody puts into the place of one that was gone stays: the conflict is then as it was.
   */
  async #replace({ there, here }: Versions, isThere: boolean): Promise<Undo | null> {
    const kept = isThere ? await this.#parts.keepsakes.keep(there) : null;
    if (isThere) await this.#exchangeAndThrowAway(there, here);
    else if (!(await moveToFree(here, there))) throw new AppError('changed.file');
    const placed = await lookOf(there);
    if (isThere && kept === null) return null;
    return async () => {
      if ((await lookOf(there)) !== placed) throw new AppError('changed.file');
      await this.#exchangeBack({ there, here }, kept);
    };
  }

  async #exchangeAndThrowAway(there: string, here: string): Promise<void> {
    exchange(there, here);
    try {
      await this.#parts.trash(here);
    } catch (error) {
      exchange(there, here);
      throw error;
    }
  }

  /** Both versions where they were; when the kept one can't have the name again, the other does not leave it. */
  async #exchangeBack({ there, here }: Versions, kept: string | null): Promise<void> {
    let hasLeft = false;
    const leave = async () => {
      hasLeft = await moveToFree(there, here);
      return hasLeft;
    };
    try {
      if (kept !== null) await this.#bringBack(kept, there, leave);
      else if (!(await leave())) throw new AppError('changed.file');
    } catch (error) {
      if (hasLeft) await moveToFree(here, there);
      throw error;
    }
  }

  /**
   * Puts a kept version back in its place. It waits beside it until `free` made room there, so that the name belongs to
   * nobody for an instant only: an engine that looks just then would take the file for deleted.
   */
  async #bringBack(kept: string, to: string, free: () => Promise<boolean> = isFree): Promise<void> {
    const waiting = join(dirname(to), ownName('undo', randomUUID()));
    try {
      await this.#parts.keepsakes.putBack(kept, waiting);
      if (!(await free()) || !(await moveToFree(waiting, to))) throw new AppError('changed.file');
    } finally {
      await rm(waiting, { force: true });
    }
    await this.#parts.keepsakes.forget(kept);
  }

  #offer(undo: Undo): string {
    const id = randomUUID();
    const timer = setTimeout(() => this.#undos.delete(id), UNDO_MS);
    timer.unref();
    this.#undos.set(id, { undo, timer });
    return id;
  }
}

const nothing: Undo = () => Promise.resolve();
const isFree = (): Promise<boolean> => Promise.resolve(true);

/** What a sync leaves alone: it may touch the times of a file's entry, never its bytes. */
async function lookOf(path: string): Promise<string> {
  const { ino, size, mtimeNs } = await lstat(path, { bigint: true });
  return [ino, size, mtimeNs].join(' ');
}
