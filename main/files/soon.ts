/** Runs something once for many wishes, a moment after the first; a long series of wishes never holds it up. */
export interface Soon {
  readonly wish: () => void;
  /** Forgets the wish. */
  readonly cancel: () => void;
}

/** Makes one; `afterMs` is how long wishes are gathered. */
export function soon(run: () => void, afterMs: number): Soon {
  let timer: NodeJS.Timeout | undefined;
  return {
    wish: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        run();
      }, afterMs);
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
