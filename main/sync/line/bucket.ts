/** Leave to carry bytes, which comes at a steady rate and can be saved up for a moment only. Pure. */
export interface Bucket {
  /** Bytes that may be carried at once. */
  readonly tokens: number;
  /** When they were counted; ms since 1970. */
  readonly at: number;
}

const kilobyte = 1024;
/** The most that can be saved up, in seconds of the rate, but never less than a piece. */
const burstSeconds = 0.25;
/** Bytes are granted in pieces of so many seconds of the rate: small enough to take turns, large enough to cost little. */
const pieceSeconds = 0.1;
const smallestPiece = kilobyte;
const largestPiece = 64 * kilobyte;

/** Bytes granted at a time, at a rate of so many bytes a second. */
export function pieceOf(rate: number): number {
  return Math.round(Math.min(largestPiece, Math.max(smallestPiece, rate * pieceSeconds)));
}

/** The most bytes that may pass at once. */
export function burstOf(rate: number): number {
  return Math.max(pieceOf(rate), rate * burstSeconds);
}

/** A bucket as it is when a rate begins to hold. */
export function fresh(rate: number, now: number): Bucket {
  return { tokens: burstOf(rate), at: now };
}

/** The bucket later on. A clock that was put back gives nothing, one that was put forward no more than a burst. */
export function refill({ tokens, at }: Bucket, rate: number, now: number): Bucket {
  const earned = (Math.max(0, now - at) / 1000) * rate;
  return { tokens: Math.min(burstOf(rate), tokens + earned), at: now };
}

/** ms until so many bytes may pass, as far as is known now. */
export function waitFor(bytes: number, { tokens }: Bucket, rate: number): number {
  return Math.max(0, Math.ceil(((bytes - tokens) / rate) * 1000));
}
