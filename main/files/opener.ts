import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../contract/app-error.ts';
import type { Engine } from './engine.ts';
import type { FolderPlace } from './folder-place.ts';
import { couldRun, realPathInside } from './path-guard.ts';
import { isUnwanted } from './unwanted.ts';

/** What the desktop does with files. */
export interface FileDesktop {
  /** Opens a file or folder with its program; throws when there is none. */
  readonly open: (path: string) => Promise<void>;
  /** Shows it in the file manager. */
  readonly reveal: (path: string) => void;
  /** Puts it into the system's trash. */
  readonly trash: (path: string) => Promise<void>;
  /** Begins to drag it out of the window, under the mouse button that is held. */
  readonly drag: (path: string) => void;
}

/** Looks for a file that is on its way this often. */
const LOOK_EVERY_MS = 300;

/** Opens files of salons' folders, never anything outside of them. */
export class Opener {
  readonly #engine: Engine;
  readonly #desktop: FileDesktop;
  /** What is being waited for, by pair and path. */
  readonly #waiting = new Map<string, AbortController>();

  constructor(engine: Engine, desktop: FileDesktop) {
    this.#engine = engine;
    this.#desktop = desktop;
  }

  /**
   * Opens a file with its program, as soon as it is here; one that could run is shown in its folder instead. Throws
   * `cancelled.request` once it was stopped: its folder goes on to be kept equal, but nothing opens by itself later.
   */
  async open(place: FolderPlace, path: string, signal: AbortSignal): Promise<void> {
    this.stop(place, path);
    const stopped = new AbortController();
    const key = keyOf(place, path);
    this.#waiting.set(key, stopped);
    try {
      const file = await this.#fetched(place, path, AbortSignal.any([signal, stopped.signal]));
      if (!stopped.signal.aborted) await this.#show(file);
    } catch (error) {
      throw stopped.signal.aborted ? new AppError('cancelled.request') : error;
    } finally {
      if (this.#waiting.get(key) === stopped) this.#waiting.delete(key);
    }
    if (stopped.signal.aborted) throw new AppError('cancelled.request');
  }

  /** Nobody waits for a file any more. */
  stop(place: FolderPlace, path: string): void {
    this.#waiting.get(keyOf(place, path))?.abort();
  }

  async #show(file: string): Promise<void> {
    if (couldRun(basename(file))) this.#desktop.reveal(file);
    else await this.#desktop.open(file);
  }

  /** Shows a file or folder in the file manager. Throws `not-found.online-only` for what is not kept on this PC. */
  async reveal(place: FolderPlace, path: string): Promise<void> {
    const target = path === '' ? await realPathInside(place.localDir, path) : await this.#kept(place, path);
    if (path === '') await this.#desktop.open(target);
    else this.#desktop.reveal(target);
  }

  /** Lets it be dragged out of the window. Throws `not-found` for what is not on this PC. */
  async drag(place: FolderPlace, path: string): Promise<void> {
    this.#desktop.drag(await this.#kept(place, path));
  }

  /** The file's real path; one that is not on this PC yet is asked for and waited for until `signal`. */
  async #fetched(place: FolderPlace, path: string, signal: AbortSignal): Promise<string> {
    const here = await this.#find(place, path);
    if (here !== null) return here;
    if (!place.report || isUnwanted(path, place.unwanted)) throw notHere(place, path);
    await this.#engine.run({ type: 'syncNow', pair: place.pairId });
    while (!signal.aborted) {
      await untilNextLook(signal);
      const found = await this.#find(place, path);
      if (found !== null) return found;
    }
    throw new AppError('not-found.file');
  }

  async #kept(place: FolderPlace, path: string): Promise<string> {
    const here = await this.#find(place, path);
    if (here === null) throw notHere(place, path);
    return here;
  }

  async #find(place: FolderPlace, path: string): Promise<string | null> {
    try {
      return await realPathInside(place.localDir, path);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-found') return null;
      throw error;
    }
  }
}

function keyOf({ pairId }: FolderPlace, path: string): string {
  return `${pairId} ${path}`;
}

/** Nobody need look for what only has to be chosen. */
function notHere(place: FolderPlace, path: string): AppError {
  return new AppError(isUnwanted(path, place.unwanted) ? 'not-found.online-only' : 'not-found.file');
}

async function untilNextLook(signal: AbortSignal): Promise<void> {
  try {
    await wait(LOOK_EVERY_MS, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
