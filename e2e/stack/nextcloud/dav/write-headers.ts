/** Headers that come with a write, and their odd rules (03/05 to 03/17). */
import type { Exchange } from '../http/exchange.ts';
import { header } from '../http/exchange.ts';
import type { Standin } from '../standin.ts';
import { ocId } from '../standin.ts';
import type { StoredNode } from '../store/nodes.ts';
import type { Place, View } from '../store/view.ts';
import { insufficientStorage, invalidMtime } from './dav-error.ts';
import { quotaAvailable } from './properties.ts';

/** A time header: absent, a number of seconds, or a complaint to be raised after the bytes were stored. */
export type TimeHeader =
  | { readonly kind: 'absent' }
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'bad'; readonly message: string };

const firstAcceptedSecond = 86_400;

/** Reads X-OC-MTime or X-OC-CTime: whole seconds, a fraction is cut off, hexadecimal is refused (03/07 to 03/11). */
export function parseTime(value: string | undefined): TimeHeader {
  if (value === undefined) return { kind: 'absent' };
  if (/^\s*0x/i.test(value) || value.trim() === '' || Number.isNaN(Number(value))) {
    return { kind: 'bad', message: 'X-OC-MTime header must be an integer (unix timestamp).' };
  }
  const seconds = Math.trunc(Number(value));
  if (seconds <= firstAcceptedSecond) {
    return { kind: 'bad', message: 'X-OC-MTime header must be a valid positive integer' };
  }
  return { kind: 'seconds', seconds };
}

/** The server stores the file first and complains afterwards (03/08). */
export function complainAbout(time: TimeHeader): void {
  if (time.kind === 'bad') throw invalidMtime(time.message);
}

/** What a write that sent time headers is told back. */
export function acceptedTimes(exchange: Exchange): Record<string, string> {
  return {
    ...(header(exchange, 'x-oc-mtime') === undefined ? {} : { 'X-OC-MTime': 'accepted' }),
    ...(header(exchange, 'x-oc-ctime') === undefined ? {} : { 'X-OC-CTime': 'accepted' }),
  };
}

/** OC-FileId, and both etag headers for a file. */
export function nodeHeaders(standin: Standin, node: StoredNode): Record<string, string> {
  const fileId = { 'OC-FileId': ocId(standin, node.id) };
  return node.kind === 'folder' ? fileId : { ...fileId, ETag: `"${node.etag}"`, 'OC-ETag': `"${node.etag}"` };
}

export const emptyPage = { 'Content-Type': 'text/html; charset=UTF-8' };

/** 507 when `required` bytes do not fit; replaced bytes are not taken into account (03/76). */
export function checkQuota(standin: Standin, place: Place, shownPath: string, required: number): void {
  const available = quotaAvailable(standin, standin.view.owner(place));
  if (available < 0 || required <= available) return;
  throw insufficientStorage(
    `Insufficient space in ${shownPath}, ${required} required, ${available} available`,
  );
}

/** How many bytes a write announces: the larger of Content-Length and OC-Total-Length (03/72). */
export function announcedLength(exchange: Exchange): number {
  const lengths = ['content-length', 'oc-total-length'].map((name) => Number(header(exchange, name) ?? 0));
  return Math.max(...lengths.filter((length) => Number.isFinite(length)));
}

/** Whether the account may do this here. */
export function may(view: View, place: Place, bit: number): boolean {
  return (view.permissions(place) & bit) !== 0;
}
