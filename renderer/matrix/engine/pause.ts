/** Waiting that can be cut short for all who wait. */
export class Pause {
  readonly #waiting = new Set<() => void>();

  /** Resolves after the time, when `end` is called, or when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        this.#waiting.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal?.addEventListener('abort', finish, { once: true });
      this.#waiting.add(finish);
      if (signal?.aborted) finish();
    });
  }

  /** Nobody waits any longer. */
  end(): void {
    for (const finish of this.#waiting) finish();
  }
}

/** Lets other work (a command, a paint) go first. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
