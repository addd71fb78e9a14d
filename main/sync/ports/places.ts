import type { RemoteFailure } from '../model/failures.ts';

/** What a transfer showed of how its server stands. */
export type Outcome =
  /** It was answered. `pace` tells how long the answer took, where that can be compared with others of its sort. */
  | {
      readonly kind: 'well';
      readonly pace?: { readonly sort: string; readonly ms: number };
    }
  /** The server, or the way to it, has more than it can bear. `forAll`: a failure that whoever waits would meet too. */
  | { readonly kind: 'trouble'; readonly forAll?: RemoteFailure }
  /** It was ended from here, or failed for a reason of its own. */
  | { readonly kind: 'silent' };

/** Leave for one transfer. */
export interface Place {
  /** Gives it back; once is enough, more does no harm. */
  leave(outcome: Outcome): void;
}

/** A pair's part in the places at its server. */
export interface Places {
  /**
   * Waits for a place. Who holds one never asks for a second. It is given back by `leave`, or when the signal fires.
   * Rejects with an AbortError when the signal fires first, with a RemoteFailure when meanwhile the server turns out
   * to be out of reach.
   */
  take(signal: AbortSignal): Promise<Place>;
}
