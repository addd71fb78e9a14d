import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../store/errno.ts';
import { replaceFile } from '../store/kept.ts';

/** Sealed by the system's key store, or in the clear. */
export type FileKind = 'system' | 'file';
const ENDINGS: Readonly<Record<FileKind, string>> = { system: '.sealed', file: '.json' };

/** The files of accounts: `ID.sealed` or `ID.json`, and `ID.MARK.sealed` for what was set aside. */
export class SecretFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Ids of the accounts that have a file of any kind. */
  async ids(): Promise<string[]> {
    const ours = (await this.#names()).filter((name) =>
      Object.values(ENDINGS).some((end) => name.endsWith(end)),
    );
    return [...new Set(ours.map((name) => name.slice(0, name.indexOf('.'))))];
  }

  /** Null when there is none. */
  read(id: string, kind: FileKind): Promise<Uint8Array | null> {
    return readOrNothing(this.#path(`${id}${ENDINGS[kind]}`));
  }

  /** What was set aside. */
  async readAside(id: string, kind: FileKind): Promise<Uint8Array[]> {
    const names = (await this.#namesOf(id, kind)).filter((name) => name !== `${id}${ENDINGS[kind]}`);
    const all = await Promise.all(names.map((name) => readOrNothing(this.#path(name))));
    return all.filter((content) => content !== null);
  }

  /** Replaces the file atomically. */
  write(id: string, kind: FileKind, content: Uint8Array): Promise<void> {
    return replaceFile(this.#path(`${id}${ENDINGS[kind]}`), content);
  }

  /** Makes room for another one; the file is there. */
  setAside(id: string, kind: FileKind): Promise<void> {
    const mark = randomBytes(4).toString('hex');
    return rename(this.#path(`${id}${ENDINGS[kind]}`), this.#path(`${id}.${mark}${ENDINGS[kind]}`));
  }

  /** Also what was set aside. */
  async remove(id: string, kinds: readonly FileKind[]): Promise<void> {
    const names = (await Promise.all(kinds.map((kind) => this.#namesOf(id, kind)))).flat();
    await Promise.all(names.map((name) => rm(this.#path(name), { force: true })));
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  async #namesOf(id: string, kind: FileKind): Promise<string[]> {
    return (await this.#names()).filter((name) => name.startsWith(`${id}.`) && name.endsWith(ENDINGS[kind]));
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

async function readOrNothing(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
