/** Which part of a file a Range header means, in sabre/dav's reading (05/07 to 05/21). */

interface Subject {
  /** With quotes. */
  readonly etag: string;
  /** Seconds. */
  readonly mtime: number;
  readonly size: number;
}

/** `part` has both ends included. */
export type Range =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  | { readonly kind: 'refused'; readonly message: string };

const whole: Range = { kind: 'whole' };

/** Several ranges, other units and an outdated If-Range all mean the whole file. */
export function chooseRange(
  asked: { readonly range: string | undefined; readonly ifRange: string | undefined },
  { etag, mtime, size }: Subject,
): Range {
  const match = asked.range === undefined ? null : /^bytes=(\d*)-(\d*)$/i.exec(asked.range);
  if (!match || size === 0) return whole;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return whole;
  if (asked.ifRange !== undefined && !stillHolds(asked.ifRange, etag, mtime)) return whole;
  if (first === '') return { kind: 'part', from: Math.max(0, size - Number(last)), to: size - 1 };
  return explicitRange(Number(first), last === '' ? size - 1 : Number(last), size);
}

function explicitRange(from: number, to: number, size: number): Range {
  if (from >= size) {
    return {
      kind: 'refused',
      message: `The start offset (${from}) exceeded the size of the entity (${size})`,
    };
  }
  if (to < from) {
    return { kind: 'refused', message: `The end offset (${to}) is lower than the start offset (${from})` };
  }
  return { kind: 'part', from, to: Math.min(to, size - 1) };
}

function stillHolds(ifRange: string, etag: string, mtime: number): boolean {
  const date = Date.parse(ifRange);
  return ifRange.startsWith('"') || Number.isNaN(date) ? ifRange === etag : Math.floor(date / 1000) >= mtime;
}
