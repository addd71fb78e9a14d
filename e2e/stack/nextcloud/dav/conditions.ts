/** If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since and If, judged as sabre/dav does. */
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import { parsePath } from '../store/names.ts';
import { preconditionFailed } from './dav-error.ts';

/** What the conditions are judged against: the etag with its quotes and the mtime in seconds. */
export interface Judged {
  readonly etag: string | null;
  readonly mtime: number | null;
  /** Folders do not show their etag in a 412 (13/17). */
  readonly showEtag: boolean;
}

/** Outcome: go on, or answer 304 with this header. */
export type Verdict = 'proceed' | { readonly notModified: Readonly<Record<string, string>> };

/** Judges all conditions for the node the request is about; null when there is none. Throws 412. */
export function judge(exchange: Exchange, target: Judged | null): Verdict {
  judgeIfMatch(exchange, target);
  const byEtag = judgeIfNoneMatch(exchange, target);
  if (byEtag !== 'proceed') return byEtag;
  const byTime = judgeIfModifiedSince(exchange, target);
  if (byTime !== 'proceed') return byTime;
  judgeIfUnmodifiedSince(exchange, target);
  return 'proceed';
}

function judgeIfMatch(exchange: Exchange, target: Judged | null): void {
  const condition = header(exchange, 'if-match');
  if (condition === undefined) return;
  if (!target) {
    throw preconditionFailed('If-Match', 'An If-Match header was specified and the resource did not exist');
  }
  if (condition === '*' || listed(condition).some((etag) => etag === target.etag)) return;
  throw preconditionFailed(
    'If-Match',
    'An If-Match header was specified, but none of the specified ETags matched.',
    target.showEtag && target.etag !== null ? target.etag : undefined,
  );
}

function judgeIfNoneMatch(exchange: Exchange, target: Judged | null): Verdict {
  const condition = header(exchange, 'if-none-match');
  if (condition === undefined || !target || exchange.method === 'PROPFIND') return 'proceed';
  const matched = condition === '*' || listed(condition).some((etag) => etag === target.etag);
  if (!matched) return 'proceed';
  if (isReading(exchange)) return { notModified: target.etag === null ? {} : { ETag: target.etag } };
  throw preconditionFailed(
    'If-None-Match',
    'An If-None-Match header was specified, but the ETag matched (or * was specified).',
  );
}

function judgeIfModifiedSince(exchange: Exchange, target: Judged | null): Verdict {
  const since = dateOf(header(exchange, 'if-modified-since'));
  if (since === null || !isReading(exchange) || header(exchange, 'if-none-match') !== undefined)
    return 'proceed';
  if (!target || target.mtime === null || target.mtime > since) return 'proceed';
  return { notModified: { 'Last-Modified': new Date(target.mtime * 1000).toUTCString() } };
}

function judgeIfUnmodifiedSince(exchange: Exchange, target: Judged | null): void {
  const since = dateOf(header(exchange, 'if-unmodified-since'));
  if (since === null || !target || target.mtime === null || target.mtime <= since) return;
  throw preconditionFailed(
    'If-Unmodified-Since',
    'An If-Unmodified-Since header was specified, but the entity has been changed since the specified date.',
  );
}

/** One `<uri> (["etag"] ...)` of an If header; uri is null when the list is not tagged. */
interface IfGroup {
  readonly uri: string | null;
  readonly etags: readonly string[];
}

/**
 * Judges the If header (06/40 to 06/42). `etagAt` gives the quoted etag at a dav path such as `files/alice/x`,
 * null when nothing is there.
 */
export function judgeIf(
  exchange: Exchange,
  ownPath: string,
  etagAt: (davPath: string) => string | null,
): void {
  const condition = header(exchange, 'if');
  if (condition === undefined) return;
  for (const group of parseIf(condition)) {
    const path = group.uri === null ? ownPath : davPathOf(group.uri);
    const present = etagAt(path);
    if (group.etags.length > 0 && !group.etags.some((etag) => etag === present)) {
      throw preconditionFailed('If', `Failed to find a valid token/etag combination for ${path}`);
    }
  }
}

function parseIf(condition: string): IfGroup[] {
  return [...condition.matchAll(/(?:<([^>]*)>\s*)?\(([^)]*)\)/g)].map(([, uri, list = '']) => ({
    uri: uri ?? null,
    etags: [...list.matchAll(/\[([^\]]*)\]/g)].map(([, etag = '']) => etag),
  }));
}

/** The part of a DAV address after the endpoint, decoded. */
export function davPathOf(uri: string): string {
  const path = uri.replace(/^[a-z]+:\/\/[^/]*/i, '');
  return parsePath(path.replace(/^.*?\/remote\.php\/dav\//, '')).names.join('/');
}

function listed(condition: string): string[] {
  return condition.split(',').map((each) => each.trim());
}

function isReading(exchange: Exchange): boolean {
  return exchange.method === 'GET' || exchange.method === 'HEAD';
}

function dateOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}
