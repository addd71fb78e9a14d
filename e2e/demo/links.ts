import { existsSync, readFileSync, watch } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The links that a program hands to the system's browser, caught before they get there. */
export interface Links {
  /** For the program's environment: its `xdg-open` is ours. */
  env: Record<string, string>;
  /** The next link that fits, or one that came and nobody took. Throws after so many milliseconds. */
  next(fits: (link: string) => boolean, withinMs: number): Promise<string>;
  /** Hears every link that nobody took. */
  onLink(listener: (link: string) => void): void;
  close(): void;
}

const SHIM = '#!/bin/sh\nprintf \'%s\\n\' "$1" >> "$TRABOULE_E2E_LINKS"\n';

/** Catches the links of one program by standing before `xdg-open` on its PATH. */
export async function catchLinks(folder: string): Promise<Links> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'xdg-open'), SHIM);
  await chmod(join(bin, 'xdg-open'), 0o755);
  const file = join(folder, 'links.txt');
  await writeFile(file, '');
  const queue = new LinkQueue();
  let seen = 0;
  const watcher = watch(file, () => {
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    for (const link of lines.slice(seen)) queue.add(link);
    seen = Math.max(seen, lines.length);
  });
  const path = [bin, process.env['PATH'] ?? ''].join(delimiter);
  return {
    env: { PATH: path, TRABOULE_E2E_LINKS: file },
    next: (fits, withinMs) => queue.next(fits, withinMs),
    onLink: (listener) => queue.onLink(listener),
    close: () => watcher.close(),
  };
}

interface Waiting {
  fits: (link: string) => boolean;
  take: (link: string) => void;
}

class LinkQueue {
  readonly #waiting: Waiting[] = [];
  readonly #kept: string[] = [];
  readonly #listeners: ((link: string) => void)[] = [];

  add(link: string): void {
    const index = this.#waiting.findIndex(({ fits }) => fits(link));
    const [taker] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (taker) taker.take(link);
    else {
      this.#kept.push(link);
      for (const listener of this.#listeners) listener(link);
    }
  }

  next(fits: (link: string) => boolean, withinMs: number): Promise<string> {
    const index = this.#kept.findIndex(fits);
    const [kept] = index < 0 ? [] : this.#kept.splice(index, 1);
    if (kept !== undefined) return Promise.resolve(kept);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no link was opened within ${withinMs} ms`)), withinMs);
      const take = (link: string) => {
        clearTimeout(timer);
        resolve(link);
      };
      this.#waiting.push({ fits, take });
    });
  }

  onLink(listener: (link: string) => void): void {
    this.#listeners.push(listener);
  }
}
