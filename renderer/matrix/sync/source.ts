import type { SyncDelta } from './delta.ts';

/** One way to hear from the server. The loop asks it again and again. */
export interface SyncSource {
  readonly kind: 'sliding' | 'classic';
  /**
   * One request and its answer in common words. Long-polls once there is nothing new.
   * @throws ChatError; `unsupported` when the server does not speak this way of syncing.
   */
  next(signal: AbortSignal): Promise<SyncDelta>;
  /** The last answer was taken in: the next request goes on from it. Without this it is asked for again. */
  commit(): void;
  /** The salons whose events must come whether or not they are in the window. */
  watch(roomIds: readonly string[]): void;
  /** The server forgot our position: begin anew. */
  restart(): void;
}
