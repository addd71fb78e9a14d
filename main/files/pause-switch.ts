import type { FilesOverview } from '../../preload/contract/files.ts';

/** The folders, as far as a pause goes. */
export interface Pausable {
  readonly overview: () => Pick<FilesOverview, 'paused' | 'pausedUntil'>;
  readonly setPaused: (paused: boolean, until: number | null) => Promise<void>;
}

const MINUTE_MS = 60_000;
/** A timer stands still while the computer sleeps, its clock does not. */
const LOOK_EVERY_MS = 30_000;

/** Pauses all folders, for a while or until the person resumes them; a pause outlives the program, and so does its end. */
export class PauseSwitch {
  readonly #folders: Pausable;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(folders: Pausable, onError: (error: unknown) => void) {
    this.#folders = folders;
    this.#onError = onError;
  }

  /** Waits for the end of a pause of the last run. */
  begin(): void {
    this.#waitForEnd();
  }

  /** `minutes` is how long a pause lasts; null: until it is ended. */
  readonly set = async (paused: boolean, minutes: number | null): Promise<void> => {
    const until = paused && minutes !== null ? Date.now() + minutes * MINUTE_MS : null;
    await this.#folders.setPaused(paused, until);
    this.#waitForEnd();
  };

  /** Ends no pause any more; the next start goes on with it. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #waitForEnd(): void {
    clearTimeout(this.#timer);
    const { paused, pausedUntil } = this.#folders.overview();
    if (!paused || pausedUntil === null) return;
    const left = Math.max(0, pausedUntil - Date.now());
    this.#timer = setTimeout(
      () => {
        if (Date.now() < pausedUntil) this.#waitForEnd();
        else this.set(false, null).catch(this.#onError);
      },
      Math.min(left, LOOK_EVERY_MS),
    );
  }
}
