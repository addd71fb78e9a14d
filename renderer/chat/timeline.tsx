import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import type { TimelineSnapshot } from '../matrix/protocol.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { Button } from '../ui/button.tsx';
import { ArrowDownIcon } from '../ui/icons.ts';
import { useStore } from '../ui/store.ts';
import type { ConversationModel } from './conversation-model.ts';
import { Row, rowLabel } from './row.tsx';
import { countNew, type TimelineRow, timelineRows } from './timeline-rows.ts';

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
  const { virtualizer, atEnd } = useTimelineScroll(scroller, rows, model, snapshot);
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
      {!atEnd && (
        <JumpToEnd count={countNew(snapshot.items, newAfter)} onPress={() => virtualizer.scrollToEnd()} />
      )}
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
      onFocus={() => onFocus(row.key)}
    >
      <Row row={row} model={model} />
    </div>
  );
}

function useTimelineScroll(
  scroller: React.RefObject<HTMLDivElement | null>,
  rows: readonly TimelineRow[],
  model: ConversationModel,
  snapshot: TimelineSnapshot,
) {
  const [atEnd, setAtEnd] = useState(true);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LIKELY_ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_PX,
    onChange: (instance) => setAtEnd(instance.isAtEnd(END_PX)),
  });
  const firstNew = rows.findIndex((row) => row.kind === 'new');
  useEffect(() => {
    virtualizer.scrollToEnd();
    if (firstNew > 0) virtualizer.scrollToIndex(firstNew, { align: 'center' });
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the conversation opens
  }, []);
  useEffect(() => model.seeEnd(atEnd), [model, atEnd]);
  const nearStart = (virtualizer.scrollOffset ?? 0) < NEAR_START_PX;
  const { older } = snapshot;
  useEffect(() => {
    if (nearStart && older === 'more') model.loadOlder();
  }, [nearStart, older, model, snapshot.items.length]);
  return { virtualizer, atEnd };
}

function isArticle(row: TimelineRow): boolean {
  return row.kind === 'message' || row.kind === 'sending';
}

/** One message at a time can be reached with Tab (the newest at first); arrows, Home and End move between them. */
function useRowFocus(rows: readonly TimelineRow[], scrollToIndex: (index: number) => void) {
  const [chosen, setChosen] = useState<string | null>(null);
  const newest = rows.findLast(isArticle)?.key ?? null;
  const current = rows.some((row) => row.key === chosen) ? chosen : newest;
  const onKeyDown = (event: KeyboardEvent) => {
    const from = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
    if (from === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const target = neighbour(rows, from, event.key);
    if (target < 0) return;
    event.preventDefault();
    setChosen(rows[target]?.key ?? null);
    scrollToIndex(target);
    const feed = event.currentTarget;
    requestAnimationFrame(() => focusRow(feed, rows[target]?.key ?? ''));
  };
  return { current, move: setChosen, onKeyDown };
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

function focusRow(feed: Element, key: string): void {
  feed.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus();
}

function JumpToEnd({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  const { t } = useWords();
  return (
    <Button className="timeline-jump" icon={ArrowDownIcon} onPress={onPress}>
      {count > 0 ? t('chat:jumpNew', { count }) : t('chat:jump')}
    </Button>
  );
}
