import { once } from 'node:events';
import type { Exchange } from '../http/exchange.ts';
import { reply, start } from '../http/reply.ts';
import { multistatusEnd, multistatusStart } from './xml-write.ts';

/** What the dav endpoint says it can do (01/20). */
export const davFeatures =
  '1, 3, extended-mkcol, access-control, calendarserver-principal-property-search, nextcloud-checksum-update, nc-calendar-search, nc-enable-birthday-calendar';

/** The same of the older endpoints and of public links (01/19, 09/49). */
export const olderFeatures = '1, 3, extended-mkcol, nextcloud-checksum-update';

const headers = { 'Content-Type': 'application/xml; charset=utf-8', Vary: 'Brief,Prefer' };
const pieceSize = 256 * 1024;

/** Answers 207 with one response per item; long lists leave in pieces so that they never lie in memory whole. */
export async function sendMultistatus<Item>(
  exchange: Exchange,
  items: Iterable<Item>,
  write: (item: Item) => string,
  features: string | null = davFeatures,
): Promise<void> {
  // SEARCH answers with a slightly other head (10/15).
  const head =
    features === null
      ? { 'Content-Type': 'application/xml; charset="utf-8"' }
      : { ...headers, DAV: features };
  let piece = multistatusStart;
  let started = false;
  for (const item of items) {
    piece += write(item);
    if (piece.length < pieceSize) continue;
    if (!started) start(exchange, 207, head);
    started = true;
    if (!exchange.response.write(piece)) await drained(exchange);
    piece = '';
  }
  piece += multistatusEnd;
  if (started) exchange.response.end(piece);
  else reply(exchange, 207, head, piece);
}

async function drained({ response }: Exchange): Promise<void> {
  if (response.destroyed) return;
  const over = new AbortController();
  const { signal } = over;
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  } finally {
    // Which one comes is heard; the other must not be listened for as long as the answer lasts.
    over.abort();
  }
}
