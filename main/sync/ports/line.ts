/** One direction of a pair's way to its server. */
export interface Flow {
  /**
   * Leave to carry some bytes, at least 1 and at most so many: now, or when the line has room. Rejects with an
   * AbortError when the signal fires first.
   */
  grant(most: number, signal: AbortSignal): number | Promise<number>;
}

/** A pair's way to its server, for what files are made of: listings and other small requests pass without leave. */
export interface Line {
  readonly up: Flow;
  readonly down: Flow;
  /** Address of the HTTP proxy that leads to a server, by the server's origin; nothing when none does. */
  proxy(origin: string): string | undefined;
}

const freeFlow: Flow = { grant: (most) => most };

/** A line that nobody limits. */
export const freeLine: Line = { up: freeFlow, down: freeFlow, proxy: () => undefined };
