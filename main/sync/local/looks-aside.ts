import { lstat, readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import type { LocalEntry } from '../model/entries.ts';
import { type LocalPath, localName } from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { entryOf } from './entry-of.ts';
import { errnoOf, onDisk } from './local-failures.ts';
import { readInPieces } from './node-file-system.ts';
import { Unseen } from './unseen.ts';

/** Asks a drive one thing. */
export type Ask = <Answer>(call: () => Promise<Answer>) => Promise<Answer>;

/**
 * The looks of `nodeFileSystem`, made by the pool of threads and never in the thread that all folders share: ten times as
 * slow, but a drive that does not answer stops nobody else. Each call of the system is a question of its own.
 */
export function looksAside(ask: Ask): Pick<FileSystem, 'look' | 'list' | 'read'> {
  return {
    look: (path) => onDisk('read', () => ask(() => lookAt(path))),
    list: (path) => onDisk('read', () => list(path, ask)),
    read: (path, range) => readInPieces(path, range),
  };
}

async function list(path: LocalPath, ask: Ask): ReturnType<FileSystem['list']> {
  const names = await ask(() => readdir(path));
  const unseen = new Unseen();
  const lookIn = async (name: string): Promise<LocalEntry | undefined> => {
    try {
      return await ask(() => lookAt(`${path}${sep}${name}`));
    } catch (error) {
      unseen.add(name, error);
      return undefined;
    }
  };
  const found = await Promise.all(names.map(async (name) => ({ name, entry: await lookIn(name) })));
  unseen.refuseAll(names.length);
  const hidden = new Set<string>(unseen.entries.map(({ name }) => name));
  const gone = found.filter(({ name, entry }) => entry === undefined && !hidden.has(name));
  return {
    entries: [
      ...found.flatMap(({ name, entry }) => (entry === undefined ? [] : [{ name: localName(name), entry }])),
      ...unseen.entries,
    ],
    unreadableNames: gone.filter(({ name }) => name.includes('\uFFFD')).length,
  };
}

async function lookAt(path: string): Promise<LocalEntry | undefined> {
  try {
    return entryOf(await lstat(path, { bigint: true }));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return undefined;
    throw error;
  }
}
