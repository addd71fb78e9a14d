import { lstatSync, readdirSync, renameSync } from 'node:fs';
import { lstat, mkdir, open, realpath, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { LocalFailure } from '../model/failures.ts';
import { type LocalPath, localName } from '../model/paths.ts';
import type { LocalTree, Trash } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { errnoOf, onDisk } from './local-failures.ts';

/** What the trash needs to know of its surroundings; a test gives its own. */
export interface TrashSurroundings {
  /** `$XDG_DATA_HOME`. */
  readonly dataHome: string;
  readonly uid: number;
  readonly now: () => Date;
}

/**
 * The trash of Linux desktops, after the freedesktop.org Trash specification 1.0: the home trash for what lies
 * on the same device as it, else `$topdir/.Trash/$uid` or `$topdir/.Trash-$uid` of the device. The note in
 * `info/` is made first, with its name reserved; then the file is renamed into `files/`. Nothing is copied.
 */
export function xdgTrash(surroundings: TrashSurroundings = systemSurroundings()): Trash {
  return {
    put: (path, isMeant) => onDisk('write', () => moveToTrash(path, surroundings, isMeant)),
  };
}

/** Puts whatever stands there into the same trash. */
export async function throwAwayHere(
  path: LocalPath,
  surroundings: TrashSurroundings = systemSurroundings(),
): Promise<void> {
  await onDisk('write', () => moveToTrash(path, surroundings, () => true));
}

function systemSurroundings(): TrashSurroundings {
  const given = process.env['XDG_DATA_HOME'];
  return {
    dataHome: given?.startsWith('/') ? given : join(homedir(), '.local', 'share'),
    uid: process.getuid?.() ?? 0,
    now: () => new Date(),
  };
}

/** The last look and the move are one step of this program: a version that somebody saves meanwhile stays. */
async function moveToTrash(
  path: LocalPath,
  surroundings: TrashSurroundings,
  isMeant: (found: LocalTree) => boolean,
): Promise<boolean> {
  const { folder, storedPath } = await chooseTrash(path, surroundings);
  await mkdir(join(folder, 'files'), { recursive: true, mode: 0o700 });
  await mkdir(join(folder, 'info'), { recursive: true, mode: 0o700 });
  const name = await reserve(folder, basename(path), infoText(storedPath, surroundings.now()));
  let isMoved = false;
  try {
    if (isMeant(treeAt(path))) {
      renameSync(path, join(folder, 'files', name));
      isMoved = true;
    }
    return isMoved;
  } finally {
    if (!isMoved) await unlink(join(folder, 'info', `${name}.trashinfo`));
  }
}

/** Looked at without a pause, so that nothing of this program comes between the look and the move. */
function treeAt(path: string): LocalTree {
  const below = (): readonly LocalTree[] | undefined => {
    const names = readdirSync(path);
    return names.some((name) => name.includes('\uFFFD'))
      ? undefined
      : names.map((name) => treeAt(join(path, name)));
  };
  return { name: localName(basename(path)), entry: entryOf(lstatSync(path, { bigint: true })), below };
}

/** The trash folder for a path, and the path as that trash writes it down. */
async function chooseTrash(
  path: LocalPath,
  { dataHome, uid }: TrashSurroundings,
): Promise<{ readonly folder: string; readonly storedPath: string }> {
  const { dev } = await lstat(path);
  const home = join(dataHome, 'Trash');
  await mkdir(home, { recursive: true, mode: 0o700 });
  if ((await lstat(await realpath(home))).dev === dev) return { folder: home, storedPath: path };
  const top = await topFolder(dirname(path), dev);
  const storedPath = relative(top, path);
  const shared = join(top, '.Trash');
  if (await isSharedTrash(shared)) return { folder: join(shared, String(uid)), storedPath };
  return { folder: join(top, `.Trash-${uid}`), storedPath };
}

/** The mount point of a device: the highest folder that is still on it. */
async function topFolder(folder: string, dev: number): Promise<string> {
  const above = dirname(folder);
  return above === folder || (await lstat(above)).dev !== dev ? folder : topFolder(above, dev);
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** An administrator's trash for all users must be a sticky folder and no link. */
async function isSharedTrash(path: string): Promise<boolean> {
  try {
    const stats = await lstat(path);
    return stats.isDirectory() && (stats.mode & 0o1000) !== 0;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Takes the first free name by making its note; two programs can't take the same. */
async function reserve(folder: string, wanted: string, info: string): Promise<string> {
  const dot = wanted.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ''];
  for (let number = 1; number < 100_000; number += 1) {
    const name = number === 1 ? wanted : `${stem}.${number}${extension}`;
    if (await exists(join(folder, 'files', name))) continue;
    try {
      const note = await open(join(folder, 'info', `${name}.trashinfo`), 'wx', 0o600);
      try {
        await note.writeFile(info);
        await note.sync();
      } finally {
        await note.close();
      }
      return name;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
  throw new LocalFailure('exists', { name: wanted });
}

function infoText(path: string, date: Date): string {
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `[Trash Info]\nPath=${escaped}\nDeletionDate=${day}T${time}\n`;
}
