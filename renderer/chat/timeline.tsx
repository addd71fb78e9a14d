import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useWords } from '../i18n/index.ts';
import type { TimelineSnapshot } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ArrowDownIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import type { ConversationModel } from './conversation-model.ts';
import { Row, rowLabel } from './row.tsx';
import { countNew, type TimelineRow, timelineRows } from './timeline-rows.ts';
import './timeline.css';

const LIKELY_ROW_PX = 64;
/** Nearer than this to the newest message counts as being there. */
const END_PX = 80;
/** Older messages are asked for before their place is reached. */
const NEAR_START_PX = 600;

interface Props {
  readonly model: ConversationModel;
  readonly snapshot: TimelineSnapshot;
}

/**
 * The messages: only those in sight are in the page. It keeps to the end while new ones come and keeps its place while
 * older ones are put above. It is a feed: arrows go from message to message.
 */
export function Timeline({ model, snapshot }: Props) {
  const { t } = useWords();
  const { transfers } = useWorkspace();
  const sendings = useStore(transfers.sendings);
  const newAfter = useStore(model.newAfter);
  const rows = useMemo(() => timelineRows(snapshot, sendings, newAfter), [snapshot, sendings, newAfter]);
  const scroller = useRef<HTMLDivElement>(null);
  const { virtualizer, atEnd, onScroll, toEnd } = useTimelineScroll(scroller, rows, model, snapshot);
  const focus = useRowFocus(rows, virtualizer.scrollToIndex);
  return (
    <div className="timeline-place">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of a feed move between its articles (ARIA feed pattern) */}
      <div
        ref={scroller}
        className="timeline"
        role="feed"
        aria-busy={snapshot.older === 'loading'}
        aria-label={t('chat:messages')}
        onKeyDown={focus.onKeyDown}
        onScroll={onScroll}
      >
        <div className="timeline-rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => (
            <Slot
              key={key}
              ref={virtualizer.measureElement}
              index={index}
              start={start}
              row={rows[index]}
              focusable={rows[index]?.key === focus.current}
              onFocus={focus.move}
              model={model}
            />
          ))}
        </div>
      </div>
      {!atEnd && <JumpToEnd count={countNew(snapshot.items, newAfter)} onPress={toEnd} />}
    </div>
  );
}

interface SlotProps {
  readonly ref: (element: HTMLElement | null) => void;
  readonly index: number;
  readonly start: number;
  readonly row: TimelineRow | undefined;
  readonly focusable: boolean;
  readonly onFocus: (key: string) => void;
  readonly model: ConversationModel;
}

function Slot({ ref, index, start, row, focusable, onFocus, model }: SlotProps) {
  const words = useWords();
  const [focused, setFocused] = useState(false);
  if (!row) return null;
  const article = isArticle(row)
    ? {
        role: 'article',
        'aria-label': rowLabel(row, words),
        tabIndex: focusable ? 0 : -1,
        'data-row': row.key,
      }
    : {};
  return (
    <div
      {...article}
      ref={ref}
      data-index={index}
      className="timeline-slot"
      style={{ transform: `translateY(${start}px)` }}
      onFocus={(event) => {
        onFocus(row.key);
        setFocused(event.target.matches(':focus-visible'));
      }}
      onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
    >
      <Row row={row} model={model} focused={focused} />
    </div>
  );
}

/**
 * Scrolling: at the end it stays at the end, whatever is added or grows; further up it keeps its place, also while older
 * messages are put above. Older ones are asked for before one comes to them.
 */
function useTimelineScroll(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly TimelineRow[],
  model: ConversationModel,
  snapshot: TimelineSnapshot,
) {
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LIKELY_ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    anchorTo: 'end',
    scrollEndThreshold: END_PX,
  });
  const { atEnd, onScroll, isHeld, hold } = useStick(scroller);
  useKeptPlace(scroller, rows, virtualizer, isHeld);
  useShowOnce(rows, virtualizer, hold);
  useShowEdited(model, rows, virtualizer);
  useEffect(() => model.seeEnd(atEnd), [model, atEnd]);
  const nearStart = (virtualizer.scrollOffset ?? 0) < NEAR_START_PX;
  const { older } = snapshot;
  useEffect(() => {
    const stillNear = (scroller.current?.scrollTop ?? 0) < NEAR_START_PX;
    if (nearStart && stillNear && older === 'more') model.loadOlder();
  }, [nearStart, older, model, scroller, snapshot.items.length]);
  const toEnd = () => {
    hold(true);
    virtualizer.scrollToEnd();
  };
  return { virtualizer, atEnd, onScroll, toEnd };
}

type Scrolled = Virtualizer<HTMLDivElement, Element>;

/** Whether the end is in sight, and whether it shall stay so: until the person scrolls up. */
function useStick(scroller: RefObject<HTMLDivElement | null>) {
  const [atEnd, setAtEnd] = useState(true);
  const held = useRef(true);
  const lastTop = useRef(0);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller.current ?? {
      scrollTop: 0,
      scrollHeight: 0,
      clientHeight: 0,
    };
    const near = scrollHeight - clientHeight - scrollTop <= END_PX;
    if (near) held.current = true;
    else if (scrollTop < lastTop.current) held.current = false;
    lastTop.current = scrollTop;
    setAtEnd(near);
  };
  const isHeld = useCallback(() => held.current, []);
  const hold = useCallback((next: boolean) => {
    held.current = next;
  }, []);
  return { atEnd, onScroll, isHeld, hold };
}

/**
 * Keeps to the end, or else the topmost message in sight where it is while rows are put above it. The list's own way
 * holds on to the topmost row whatever it is, and a date or the edge does not stay with the messages below it.
 */
function useKeptPlace(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly TimelineRow[],
  virtualizer: Scrolled,
  isHeld: () => boolean,
): void {
  const kept = useRef<{ readonly key: string; readonly at: number } | null>(null);
  const last = useRef({ rows, height: 0 });
  const look = useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0;
    const first = virtualizer
      .getVirtualItems()
      .find(({ index, start }) => start >= top && isArticle(rows[index]));
    kept.current = first ? { key: String(first.key), at: first.start - top } : null;
  }, [scroller, rows, virtualizer]);
  useLayoutEffect(() => {
    const height = virtualizer.getTotalSize();
    const changed = last.current.rows !== rows;
    if (isHeld() && (changed || last.current.height !== height)) virtualizer.scrollToEnd();
    else if (changed && kept.current) {
      const { key, at } = kept.current;
      const start = virtualizer.measurementsCache[rows.findIndex((row) => row.key === key)]?.start;
      const top = scroller.current?.scrollTop ?? 0;
      if (start !== undefined && Math.abs(start - at - top) > 1) virtualizer.scrollToOffset(start - at);
    }
    last.current = { rows, height };
    look();
  });
  useEffect(() => {
    const feed = scroller.current;
    feed?.addEventListener('scroll', look, { passive: true });
    return () => feed?.removeEventListener('scroll', look);
  }, [scroller, look]);
}

/** Once, at the beginning: the first new message in the middle, where there is one. */
function useShowOnce(
  rows: readonly TimelineRow[],
  virtualizer: Scrolled,
  hold: (held: boolean) => void,
): void {
  const shown = useRef(false);
  useEffect(() => {
    const firstNew = rows.findIndex((row) => row.kind === 'new');
    if (shown.current) return;
    shown.current = true;
    if (firstNew <= 0) return;
    hold(false);
    virtualizer.scrollToIndex(firstNew, { align: 'center' });
  }, [rows, virtualizer, hold]);
}

/** A message that begins to be edited comes into sight. */
function useShowEdited(model: ConversationModel, rows: readonly TimelineRow[], virtualizer: Scrolled): void {
  const editing = useStore(model.editing);
  const at = editing === null ? -1 : rows.findIndex((row) => row.key === editing);
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at);
  }, [at, virtualizer]);
}

function isArticle(row: TimelineRow | undefined): boolean {
  return row?.kind === 'message' || row?.kind === 'sending';
}

/** One message at a time can be reached with Tab (the newest at first); arrows, Home and End move between them. */
function useRowFocus(rows: readonly TimelineRow[], scrollToIndex: (index: number) => void) {
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = rows.findLast(isArticle)?.key ?? null;
  const current = rows.some((row) => row.key === chosen) ? chosen : newest;
  /** Where the focus goes once it is in the page: the next key counts from there. */
  const coming = useRef<string | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = rowOf(event.target);
    const from = at && (coming.current ?? at);
    if (from === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = neighbour(rows, from, event.key);
    if (target < 0) return;
    event.preventDefault();
    const key = rows[target]?.key ?? '';
    setChosen(key);
    scrollToIndex(target);
    const feed = event.currentTarget;
    if (focusRow(feed, key)) return;
    coming.current = key;
    requestAnimationFrame(() => {
      coming.current = null;
      focusRow(feed, key);
    });
  };
  return { current, move: setChosen, onKeyDown };
}

/** The message that a key was pressed in; none while one writes in it. */
function rowOf(target: EventTarget): string | undefined {
  if (!(target instanceof HTMLElement) || target.matches('textarea')) return undefined;
  return target.closest<HTMLElement>('[data-row]')?.dataset['row'];
}

function neighbour(rows: readonly TimelineRow[], from: string, key: string): number {
  const at = rows.findIndex((row) => row.key === from);
  switch (key) {
    case 'ArrowUp':
      return rows.findLastIndex((row, index) => index < at && isArticle(row));
    case 'ArrowDown':
      return rows.findIndex((row, index) => index > at && isArticle(row));
    case 'Home':
      return rows.findIndex(isArticle);
    case 'End':
      return rows.findLastIndex(isArticle);
    default:
      return -1;
  }
}

/** False where the message is not in the page yet. */
function focusRow(feed: Element, key: string): boolean {
  const row = feed.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
  row?.focus({ preventScroll: true });
  return row !== null;
}

function JumpToEnd({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const { t } = useWords();
  return (
    <Button className="timeline-jump" icon={ArrowDownIcon} onPress={onPress}>
      {count > 0 ? t('chat:jumpNew', { count }) : t('chat:jump')}
    </Button>
  );
}
