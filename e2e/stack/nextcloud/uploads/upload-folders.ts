/**
 * Chunked uploads on disk: `<dataDir>/data/<uid>/uploads/<id>/<chunk>`. The disk is the only record, so an upload
 * can be taken up again after a restart.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { forbidden } from '../dav/dav-error.ts';
import type { Standin } from '../standin.ts';
import { nameProblem } from '../store/names.ts';

export interface Chunk {
  readonly name: string;
  readonly diskPath: string;
  readonly size: number;
  /** Seconds. */
  readonly mtime: number;
  /** With quotes. */
  readonly etag: string;
}

/** One upload: a folder with chunks in it. */
export interface UploadFolder {
  readonly id: string;
  readonly diskPath: string;
  /** Seconds. */
  readonly mtime: number;
}

/** How long an upload is kept, in milliseconds. */
const lifetimeMs = 24 * 60 * 60 * 1000;

const natural = new Intl.Collator('en', { numeric: true });

/** Where an account's uploads lie. */
export function uploadsDir(standin: Standin, uid: string): string {
  return path.join(standin.dataDir, 'data', uid, 'uploads');
}

/** The upload of that name, if there is one. */
export function findUpload(standin: Standin, uid: string, id: string): UploadFolder | null {
  const diskPath = path.join(uploadsDir(standin, uid), safeName(id));
  return existsSync(diskPath) ? { id, diskPath, mtime: mtimeOf(diskPath) } : null;
}

/** Makes an upload folder, and forgets those nobody came back for. */
export function makeUpload(standin: Standin, uid: string, id: string): void {
  for (const old of listUploads(standin, uid)) {
    if (old.mtime * 1000 < standin.clock() - lifetimeMs)
      rmSync(old.diskPath, { recursive: true, force: true });
  }
  const folder = path.join(uploadsDir(standin, uid), safeName(id));
  mkdirSync(folder, { recursive: true });
  utimesSync(folder, standin.clock() / 1000, standin.clock() / 1000);
}

export function listUploads(standin: Standin, uid: string): UploadFolder[] {
  const folder = uploadsDir(standin, uid);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted((a, b) => natural.compare(a, b))
    .map((id) => ({ id, diskPath: path.join(folder, id), mtime: mtimeOf(path.join(folder, id)) }));
}

/** The chunks in the order they are put together: 1, 2, 10 (07/26). */
export function listChunks(upload: UploadFolder): Chunk[] {
  return readdirSync(upload.diskPath)
    .toSorted((a, b) => natural.compare(a, b))
    .map((name) => chunkAt(path.join(upload.diskPath, name), name));
}

export function findChunk(upload: UploadFolder, name: string): Chunk | null {
  const diskPath = path.join(upload.diskPath, safeName(name));
  return existsSync(diskPath) ? chunkAt(diskPath, name) : null;
}

export function putChunk(standin: Standin, upload: UploadFolder, name: string, tempPath: string): Chunk {
  const diskPath = path.join(upload.diskPath, safeName(name));
  renameSync(tempPath, diskPath);
  const now = standin.clock() / 1000;
  utimesSync(diskPath, now, now);
  utimesSync(upload.diskPath, now, now);
  return chunkAt(diskPath, name);
}

/** The whole as it would be put together, the `.file` of an upload. */
export function wholeFile(upload: UploadFolder, chunks: readonly Chunk[]): Omit<Chunk, 'diskPath'> {
  const size = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  const state = createHash('md5').update(chunks.map((chunk) => chunk.etag).join() + upload.id);
  return { name: '.file', size, mtime: upload.mtime, etag: `"${state.digest('hex').slice(0, 13)}"` };
}

function chunkAt(diskPath: string, name: string): Chunk {
  const { size, mtimeMs, ino } = statSync(diskPath);
  const mtime = Math.floor(mtimeMs / 1000);
  const etag = createHash('md5').update(`${mtime}:${ino}:${size}`).digest('hex');
  return { name, diskPath, size, mtime, etag: `"${etag}"` };
}

function mtimeOf(diskPath: string): number {
  return Math.floor(statSync(diskPath).mtimeMs / 1000);
}

/** Refuses what is no plain file name; with that, a path never leaves the upload folder. */
function safeName(name: string): string {
  if (nameProblem(name) !== null || name === '' || name === '.' || name === '..' || name.includes('/')) {
    throw forbidden();
  }
  return name;
}
