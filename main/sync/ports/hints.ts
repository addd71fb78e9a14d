/** Tells that something may have changed. Never trusted for what changed: it only makes the engine look. */
export interface Hints {
  /** Calls `onHint` until the returned function is called; that function resolves when all is closed. */
  watch(onHint: () => void): () => Promise<void>;
}
