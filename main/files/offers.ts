import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { AppError } from '../contract/app-error.ts';

/** How many dropped files are remembered: a token is used at once or never. */
const REMEMBERED = 1000;

/**
 * Files that a person dropped on the page. The preload tells their paths, the page gets tokens only, so it can't
 * name a path that nobody dropped.
 */
export class OfferedFiles {
  readonly #paths = new Map<string, string>();

  /** Remembers files; answers a token for each, null for one without a path of its own. */
  offer(paths: readonly string[]): (string | null)[] {
    return paths.map((path) => {
      if (!isAbsolute(path)) return null;
      const token = randomUUID();
      this.#paths.set(token, path);
      this.#forgetOldest();
      return token;
    });
  }

  /** The path behind a token, once. Throws `not-found.file` for one that was never given or was used. */
  take(token: string): string {
    const path = this.#paths.get(token);
    if (path === undefined) throw new AppError('not-found.file');
    this.#paths.delete(token);
    return path;
  }

  #forgetOldest(): void {
    const oldest = this.#paths.keys().next();
    if (this.#paths.size > REMEMBERED && !oldest.done) this.#paths.delete(oldest.value);
  }
}
