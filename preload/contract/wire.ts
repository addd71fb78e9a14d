import type { Outcome } from './channel.ts';

/**
 * What the preload puts on `window.traboule`: names are checked by main, so the preload knows none of them
 * and stays small (no schema library in it).
 */
export interface PreloadApi {
  readonly invoke: (channel: string, payload: unknown) => Promise<Outcome<unknown>>;
  readonly subscribe: (channel: string, listener: (payload: unknown) => void) => () => void;
  /**
   * Makes dropped files known to main and gives a token for each, in their order; null for a file that lies on no disk
   * (a picture from the clipboard: send its bytes).
   */
  readonly offer: (files: readonly File[]) => Promise<readonly (string | null)[]>;
}

/** The single IPC channels underneath: requests, events, and the preload's own offer of dropped files. */
export const WIRE = {
  request: 'traboule:request',
  event: 'traboule:event',
  offer: 'traboule:offer',
} as const;
