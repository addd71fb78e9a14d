import type { TimelineItem, TimelineSnapshot } from '../matrix/protocol.ts';
import type { Sending } from '../salons/stores/transfers-store.ts';

/** Messages of one person this close together stand under one name. */
const TOGETHER_MS = 5 * 60_000;

/** One row of the conversation as it is shown. */
export type TimelineRow =
  /** What is above the oldest message: more to come, or the beginning. */
  | { readonly kind: 'edge'; readonly key: string; readonly older: TimelineSnapshot['older'] }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly item: TimelineItem;
      readonly continued: boolean;
    }
  /** What happened to the salon itself; several in a row are one line. */
  | { readonly kind: 'events'; readonly key: string; readonly items: readonly TimelineItem[] }
  /** A file on its way, whose message is not sent yet. */
  | {
      readonly kind: 'sending';
      readonly key: string;
      readonly sending: Sending;
      readonly continued: boolean;
    };

/**
 * The rows of a conversation, oldest first. `newAfter` is the event after which the line "new" stands: none when it is
 * null or everything after it is one's own.
 */
export function timelineRows(
  snapshot: TimelineSnapshot,
  sendings: readonly Sending[],
  newAfter: string | null,
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [{ kind: 'edge', key: 'edge', older: snapshot.older }];
  const newFrom = firstNew(snapshot.items, newAfter);
  let last: { readonly item: TimelineItem; readonly plain: boolean } | null = null;
  for (const item of snapshot.items) {
    const day = dayKey(item.at);
    const newDay: boolean = !last || dayKey(last.item.at) !== day;
    if (newDay) rows.push({ kind: 'day', key: `day ${day}`, at: item.at });
    if (item === newFrom) rows.push({ kind: 'new', key: 'new' });
    const alone = newDay || item === newFrom || last === null;
    if (isEvent(item)) pushEvent(rows, item);
    else
      rows.push({
        kind: 'message',
        key: item.key,
        item,
        continued: !alone && last !== null && together(last, item),
      });
    last = { item, plain: !isEvent(item) };
  }
  pushSendings(rows, last?.item ?? null, unsent(snapshot, sendings));
  return rows;
}

/** How many messages of others stand below the line "new". */
export function countNew(items: readonly TimelineItem[], newAfter: string | null): number {
  const first = firstNew(items, newAfter);
  if (!first) return 0;
  return items.slice(items.indexOf(first)).filter((item) => !item.mine && !isEvent(item)).length;
}

function firstNew(items: readonly TimelineItem[], newAfter: string | null): TimelineItem | null {
  if (newAfter === null) return null;
  const at = items.findIndex((item) => item.eventId === newAfter);
  if (at < 0) return null;
  const after = items.slice(at + 1);
  return after.some((item) => !item.mine && !isEvent(item)) ? (after[0] ?? null) : null;
}

function isEvent({ content }: TimelineItem): boolean {
  return content.kind === 'membership' || content.kind === 'renamed' || content.kind === 'created';
}

function together(
  last: { readonly item: TimelineItem; readonly plain: boolean },
  item: TimelineItem,
): boolean {
  return last.plain && last.item.sender.userId === item.sender.userId && item.at - last.item.at < TOGETHER_MS;
}

function pushEvent(rows: TimelineRow[], item: TimelineItem): void {
  const before = rows.at(-1);
  if (before?.kind === 'events') rows[rows.length - 1] = { ...before, items: [...before.items, item] };
  else rows.push({ kind: 'events', key: item.key, items: [item] });
}

/** Files on their way; one whose message came back from the server in the meantime is shown by that message. */
function unsent(snapshot: TimelineSnapshot, sendings: readonly Sending[]): readonly Sending[] {
  const shown = new Set(
    snapshot.items.flatMap(({ mine, content }) =>
      mine && content.kind === 'folder-file' && content.fileId !== null ? [content.fileId] : [],
    ),
  );
  return sendings.filter(({ transfer }) => {
    // Put among the files, not into the conversation; what failed must be seen somewhere.
    if (transfer.quiet && transfer.step.step !== 'failed') return false;
    if (transfer.salonId !== snapshot.salonId) return false;
    return transfer.step.step !== 'done' || !shown.has(transfer.step.fileId);
  });
}

function pushSendings(rows: TimelineRow[], last: TimelineItem | null, sendings: readonly Sending[]): void {
  let continued = last !== null && last.mine && !isEvent(last);
  for (const sending of sendings) {
    const near = !last || sending.at - last.at < TOGETHER_MS;
    rows.push({ kind: 'sending', key: sending.transfer.transferId, sending, continued: continued && near });
    continued = true;
  }
}

function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
