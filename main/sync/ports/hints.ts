/**
 * What a side tells: that something may have changed; that from now on it tells of every change (what changed until
 * then it did not); that it no longer does.
 */
export type Hint = 'changed' | 'live' | 'lost';

/** Tells that something may have changed. Never trusted for what changed: it only makes the engine look. */
export interface Hints {
  /** Calls `onHint` until the returned function is called; that function resolves when all is closed. */
  watch(onHint: (hint: Hint) => void): () => Promise<void>;
}
