import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from '../local/local-failures.ts';

/**
 * Whose account it is that one signs in to under a name, kept from one run to the next: a run that finds nothing changed
 * asks the server one thing only. Somebody else's account lets nobody in under this one's password, so that an answer
 * that holds no more harms nothing; it is forgotten with the first run that does not end well.
 */
export class KnownUser {
  readonly #file: string;

  /** @param file its own, which may not be there yet */
  constructor(file: string) {
    this.#file = file;
  }

  /** The id, asked for when it is not known. */
  async get(ask: () => Promise<string>): Promise<string> {
    return (await this.#read()) ?? (await ask());
  }

  async keep(user: string): Promise<void> {
    if ((await this.#read()) === user) return;
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await writeFile(this.#file, user, { mode: 0o600 });
  }

  async forget(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  async #read(): Promise<string | undefined> {
    try {
      const text = await readFile(this.#file, 'utf8');
      return /^[^\0\n]{1,255}$/.test(text) ? text : undefined;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }
}
