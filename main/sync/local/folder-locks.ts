import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LocalPath } from '../model/paths.ts';
import { FolderInUse, type FolderLocks, LocksNotOwn } from '../ports/folder-locks.ts';
import { errnoOf } from './local-failures.ts';

/**
 * Locks as files of SQLite, which the system frees when their process ends, each beside a note of the folder that
 * it is for, which goes when it is given back: each taker reads them all. They are in a folder of this user's and this session's, never in the synced one.
 *
 * @param place where the locks are kept
 */
export function folderLocks(place: string = lockPlace()): FolderLocks {
  return {
    take(folder) {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      refuseForeign(place);
      const lock = takeLock(place, folder);
      if (lock === undefined) throw new FolderInUse(folder);
      const giveBack = (): void => {
        // While it is still held: who takes it next writes a note of their own.
        rmSync(noteOf(place, folder), { force: true });
        lock.close();
      };
      try {
        // First one's own, then a look at the others: of two that begin together at least one sees the other.
        writeFileSync(noteOf(place, folder), folder);
        refuseRelated(place, folder);
      } catch (error) {
        giveBack();
        throw error;
      }
      return giveBack;
    },
  };
}

function lockPlace(): string {
  const given = process.env['XDG_RUNTIME_DIR'];
  const base = given !== undefined && isAbsolute(given) ? given : tmpdir();
  return join(base, `traboule-locks-${process.getuid?.() ?? 'user'}`);
}

/**
 * Without a folder of the session's the place is in one where everybody may make folders: in one that somebody else made
 * first, what is written as a note may be a link to any file of this user's.
 */
function refuseForeign(place: string): void {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  const found = lstatSync(place);
  const isOwn = found.isDirectory() && found.uid === uid && (found.mode & 0o022) === 0;
  if (!isOwn) throw new LocksNotOwn(place);
}

function refuseRelated(place: string, folder: string): void {
  for (const other of notedFolders(place)) {
    const isRelated = other !== folder && (isBelow(folder, other) || isBelow(other, folder));
    if (isRelated && isTaken(place, other)) throw new FolderInUse(other);
  }
}

function notedFolders(place: string): string[] {
  const notes = readdirSync(place).filter((name) => name.endsWith('.folder'));
  return notes.flatMap((name) => readNote(join(place, name)));
}

/** Nothing when it was given back just now. */
function readNote(path: string): readonly string[] {
  try {
    return [readFileSync(path, 'utf8')];
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isTaken(place: string, folder: string): boolean {
  const lock = takeLock(place, folder);
  lock?.close();
  return lock === undefined;
}

function takeLock(place: string, folder: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(join(place, `${keyOf(folder)}.lock`));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked/i.test(error.message)) return undefined;
    throw error;
  }
}

function noteOf(place: string, folder: LocalPath): string {
  return join(place, `${keyOf(folder)}.folder`);
}

function keyOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 24);
}
