import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { z } from 'zod';
import { type ProblemCode, Transfer } from '../../preload/contract/files.ts';
import { AppError } from '../contract/app-error.ts';
import type { Log } from '../log/log.ts';
import { errnoOf } from '../store/errno.ts';
import type { Kept } from '../store/kept.ts';
import type { EntryInfo, ImportSource, SyncEvent } from '../sync/api.ts';
import { problemCodeOf } from './activity.ts';
import { copyIn } from './copy-in.ts';
import { type Engine, EngineError } from './engine.ts';
import type { FolderPlace } from './folder-place.ts';
import { realPathInside } from './path-guard.ts';

/** A transfer with the pair it belongs to, as it is kept on disk until the page settled it. */
export const KeptTransfer = z.strictObject({
  pairId: z.string(),
  /** Whether `path` is its copy in the folder; before that it is a wished name, which another file may have. */
  inFolder: z.boolean(),
  transfer: Transfer,
});
export type KeptTransfer = z.infer<typeof KeptTransfer>;

/** What transfers work with. */
export interface TransferParts {
  readonly engine: Engine;
  readonly placeOf: (salonId: string) => FolderPlace;
  /** The bare file id of something in a salon's folder; null when the server does not say. */
  readonly fileIdOf: (place: FolderPlace, path: string) => Promise<string | null>;
  readonly trash: (path: string) => Promise<void>;
  readonly kept: Kept<readonly KeptTransfer[]>;
  readonly tell: (transfer: Transfer) => void;
  readonly log: Log;
}

type Step = Transfer['step'];

/** Steps after which nothing follows by itself. */
const OVER: ReadonlySet<Step['step']> = new Set(['done', 'stopped']);

/**
 * Files that a person put into a conversation, from the drop until their message is sent: copied into the salon's folder,
 * uploaded by the engine, followed by its events, kept on disk so that a restart loses none.
 */
export class Transfers {
  readonly #parts: TransferParts;

  constructor(parts: TransferParts) {
    this.#parts = parts;
    parts.engine.onEvent((event) => void this.#take(event));
  }

  /** What was being copied when the program ended is not in the folder: the person is told. Call once at the start. */
  async takeUp(): Promise<void> {
    for (const { transfer } of this.#parts.kept.value) {
      if (transfer.step.step === 'copying')
        await this.#step(transfer, { step: 'failed', problem: 'unknown' });
    }
  }

  /** All that the page has not settled. Those of a person who signed out wait for them and are told to nobody else. */
  list(): Transfer[] {
    return this.#parts.kept.value.filter((entry) => this.#isOurs(entry)).map(({ transfer }) => transfer);
  }

  /**
   * Puts a file into a salon's folder; what follows is told. `folder` is the path of one in it: what is put there by hand
   * is no message.
   */
  async add(salonId: string, source: ImportSource, folder?: string): Promise<Transfer> {
    const place = this.#parts.placeOf(salonId);
    const name = source.kind === 'path' ? basename(source.path) : source.name;
    const size = source.kind === 'path' ? await sizeOf(source.path) : source.bytes.byteLength;
    const step: Step =
      size === null ? { step: 'failed', problem: 'not-a-file' } : { step: 'copying', bytesDone: 0 };
    const path = folder ? `${folder}/${name}` : name;
    const quiet = folder === undefined ? {} : { quiet: true };
    const transfer: Transfer = { transferId: randomUUID(), salonId, path, size: size ?? 0, ...quiet, step };
    await this.#keep([...this.#parts.kept.value, { pairId: place.pairId, inFolder: false, transfer }]);
    if (size !== null) void this.#bringIn(transfer, place, source);
    return transfer;
  }

  /** The page is done with it. */
  async settle(transferId: string): Promise<void> {
    await this.#keep(this.#parts.kept.value.filter(({ transfer }) => transfer.transferId !== transferId));
  }

  /** Someone signed out: what is in the folders stays there, nothing more is told of it. */
  async forgetAll(): Promise<void> {
    await this.#keep([]);
  }

  /** Stops one and takes its copy out of the folder, into the trash. One that is done stays. */
  async stop(transferId: string): Promise<void> {
    const entry = this.#find(transferId);
    if (!entry || OVER.has(entry.transfer.step.step)) return;
    await this.#step(entry.transfer, { step: 'stopped' });
    if (entry.inFolder) await this.#takeOut(entry.transfer);
  }

  async #bringIn(transfer: Transfer, place: FolderPlace, source: ImportSource): Promise<void> {
    try {
      const moved = { ...transfer, path: await this.#place(transfer, place, source) };
      const now = this.#find(transfer.transferId)?.transfer.step.step;
      // One that was stopped while it was copied may be settled already.
      if (now === undefined || now === 'stopped') await this.#takeOut(moved);
      else await this.#step(moved, { step: 'kept' }, true);
    } catch (error) {
      this.#parts.log.warn('transfer.failed', {}, error);
      await this.#step(transfer, { step: 'failed', problem: problemOf(error) });
    }
  }

  /** Puts the copy into the folder, by the engine where it has the folder open; answers the name it got. */
  async #place(transfer: Transfer, place: FolderPlace, source: ImportSource): Promise<string> {
    if (!place.report || !(await isThere(place.localDir))) {
      // Before its first run the engine has no folder yet; but a place that is gone is never made anew.
      if (!(await isThere(dirname(dirname(place.localDir))))) throw new AppError('not-found.place');
      return this.#copyIn(transfer, place, source);
    }
    try {
      return await this.#import(transfer, place, source);
    } catch (error) {
      // Its process ended, or the session at the file server did: pasted bytes are nowhere else.
      if (!(error instanceof EngineError) || !['died', 'closed'].includes(error.code)) throw error;
      return this.#copyIn(transfer, place, source);
    }
  }

  async #copyIn({ path }: Transfer, place: FolderPlace, source: ImportSource): Promise<string> {
    const folder = folderOf(path);
    const target = folder === '' ? place.localDir : await realPathInside(place.localDir, folder);
    const name = await copyIn(target, source, posix.basename(path));
    return folder === '' ? name : `${folder}/${name}`;
  }

  async #import(transfer: Transfer, place: FolderPlace, source: ImportSource): Promise<string> {
    const answer = await this.#parts.engine.run(
      { type: 'importFile', pair: place.pairId, source, targetDir: folderOf(transfer.path) },
      (bytesDone) => {
        const now = this.#find(transfer.transferId)?.transfer;
        if (now?.step.step === 'copying') this.#tellStep(now, { step: 'copying', bytesDone });
      },
    );
    return z.object({ path: z.string().min(1) }).parse(answer).path;
  }

  async #takeOut(transfer: Transfer): Promise<void> {
    const { localDir } = this.#parts.placeOf(transfer.salonId);
    await this.#parts.trash(join(localDir, transfer.path));
  }

  async #take(event: SyncEvent): Promise<void> {
    try {
      if (event.type === 'item') await this.#takeItem(event);
      else if (event.type === 'problem') await this.#takeProblem(event);
      else if (event.type === 'state' && event.state.kind === 'idle') await this.#checkAll(event.pair);
    } catch (error) {
      this.#parts.log.error('transfer.not-followed', {}, error);
    }
  }

  async #takeItem(event: Extract<SyncEvent, { type: 'item' }>): Promise<void> {
    const transfer = this.#under(event.pair, event.from ?? event.path);
    if (!transfer) return;
    if (event.action === 'moveRemote' && event.phase === 'done') {
      await this.#step({ ...transfer, path: event.path }, transfer.step);
    } else if (event.action === 'upload' && event.phase === 'done') await this.#finish(transfer);
    else if (event.action === 'upload') {
      this.#tellStep(transfer, { step: 'uploading', bytesDone: event.bytesDone, secondsLeft: null });
    }
  }

  async #takeProblem(event: Extract<SyncEvent, { type: 'problem' }>): Promise<void> {
    const transfer = this.#under(event.pair, event.problem.path);
    if (transfer) await this.#step(transfer, { step: 'failed', problem: problemCodeOf(event.problem.code) });
  }

  /** The engine rests: what it has synced is done, what is gone was taken out by the person. */
  async #checkAll(pairId: string): Promise<void> {
    const those = this.#parts.kept.value.filter((entry) => entry.pairId === pairId && isUnderWay(entry));
    if (those.length === 0) return;
    for (const { transfer } of those) {
      const entries = Listing.parse(
        await this.#parts.engine.run({ type: 'list', pair: pairId, folder: folderOf(transfer.path) }),
      );
      const entry = entries.find(({ path }) => path === transfer.path);
      if (!entry) await this.#step(transfer, { step: 'stopped' });
      else if (entry.state === 'synced') await this.#finish(transfer);
    }
  }

  async #finish(transfer: Transfer): Promise<void> {
    const fileId = await this.#parts.fileIdOf(this.#parts.placeOf(transfer.salonId), transfer.path);
    await this.#step(transfer, { step: 'done', fileId: fileId ?? '' });
  }

  #under(pairId: string, path: string): Transfer | undefined {
    return this.#parts.kept.value.find(
      (entry) => entry.pairId === pairId && entry.transfer.path === path && isUnderWay(entry),
    )?.transfer;
  }

  #isOurs({ pairId, transfer }: KeptTransfer): boolean {
    try {
      return this.#parts.placeOf(transfer.salonId).pairId === pairId;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-found') return false;
      throw error;
    }
  }

  #find(transferId: string): KeptTransfer | undefined {
    return this.#parts.kept.value.find(({ transfer }) => transfer.transferId === transferId);
  }

  /** Notes and tells where a transfer is now; `arrived`: from now on it is in the folder under its path. */
  async #step(transfer: Transfer, step: Step, arrived = false): Promise<void> {
    const known = this.#find(transfer.transferId);
    if (!known) return;
    const next = { ...transfer, step };
    const changed = { ...known, inFolder: known.inFolder || arrived, transfer: next };
    await this.#keep(this.#parts.kept.value.map((entry) => (entry === known ? changed : entry)));
    this.#parts.tell(next);
  }

  /** Tells how far it is, without writing that down. */
  #tellStep(transfer: Transfer, step: Step): void {
    this.#parts.tell({ ...transfer, step });
  }

  async #keep(transfers: readonly KeptTransfer[]): Promise<void> {
    await this.#parts.kept.set(transfers);
  }
}

const Listing = z.array(
  z.custom<EntryInfo>((value) => typeof value === 'object' && value !== null && 'path' in value),
);

/** Whether the engine has its copy and something to do for it: a failed one may yet succeed. */
function isUnderWay({ inFolder, transfer: { step } }: KeptTransfer): boolean {
  if (!inFolder) return false;
  return step.step === 'kept' || step.step === 'uploading' || step.step === 'failed';
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch((error: unknown) => missing(error))) !== null;
}

function missing(error: unknown): null {
  if (errnoOf(error) === 'ENOENT') return null;
  throw error;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new AppError('not-found.file', {}, error);
    throw error;
  }
}

const BY_CODE: Readonly<Record<string, ProblemCode>> = {
  diskFull: 'disk-full',
  readOnly: 'read-only-here',
  unreadable: 'unreadable-here',
  inUse: 'file-in-use',
  nameTooLong: 'name-not-allowed',
  nameRefused: 'name-not-allowed',
  ENAMETOOLONG: 'name-not-allowed',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only-here',
  EACCES: 'read-only-here',
  EPERM: 'read-only-here',
  EBUSY: 'file-in-use',
};

/** Why a copy into the folder failed. */
function problemOf(error: unknown): ProblemCode {
  const code = error instanceof EngineError ? error.code : errnoOf(error);
  return BY_CODE[code ?? ''] ?? 'unknown';
}
