import { useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useFirstShown } from '../../ui/first-shown.ts';
import { useStore } from '../../ui/store.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';
import { folded, type ListRow } from './list-rows.ts';
import { rowId, SalonRow } from './salon-row.tsx';

const ROW_PX = 60;
const GROUP_PX = 34;
/** Letters typed within this time are one search. */
const TYPING_MS = 700;

interface Props {
  readonly rows: readonly ListRow[];
  readonly selected: string | null;
  readonly onOpen: (salonId: string) => void;
}

/**
 * The list itself: a listbox that keeps the focus while arrows move through it (aria-activedescendant), so that only
 * the rows in sight are in the page. Enter opens, letters jump to a name.
 */
export function SalonList({ rows, selected, onOpen }: Props) {
  const { t } = useWords();
  const { clock } = useWorkspace();
  const now = useStore(clock.minute);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? GROUP_PX : ROW_PX),
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 8,
  });
  const scrollTo = (index: number) => virtualizer.scrollToIndex(index === 1 ? 0 : index);
  const { active, onKeyDown, onFocus } = useActive(rows, selected, scrollTo, onOpen);
  const salonIds = rows.flatMap((row) => (row.kind === 'salon' ? [row.salon.id] : []));
  useFirstShown('salons', salonIds.length > 0);
  return (
    <div
      ref={scroller}
      className="salon-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('salons:list')}
      data-pane-focus
      {...(active !== null ? { 'aria-activedescendant': rowId(active) } : {})}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          return (
            <div key={key} className="salon-list-slot" style={{ transform: `translateY(${start}px)` }}>
              {row?.kind === 'group' && <p className="salon-list-group">{t(`salons:group.${row.group}`)}</p>}
              {row?.kind === 'salon' && (
                <SalonRow
                  salon={row.salon}
                  caller={row.caller}
                  position={salonIds.indexOf(row.salon.id) + 1}
                  count={salonIds.length}
                  selected={row.salon.id === selected}
                  active={row.salon.id === active}
                  now={now}
                  onOpen={onOpen}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function keyOf(row: ListRow | undefined): string {
  if (!row) return '';
  return row.kind === 'group' ? row.group : row.salon.id;
}

/** Which row the keys are on, and what the keys do. */
function useActive(
  rows: readonly ListRow[],
  selected: string | null,
  scrollTo: (index: number) => void,
  onOpen: (salonId: string) => void,
) {
  const [moved, setMoved] = useState({ selected, to: selected });
  const typed = useRef({ text: '', at: 0 });
  const active = moved.selected === selected ? moved.to : selected;
  const moveTo = (index: number) => {
    const row = rows[index];
    if (row?.kind !== 'salon') return;
    setMoved({ selected, to: row.salon.id });
    scrollTo(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = rows.findIndex((row) => row.kind === 'salon' && row.salon.id === active);
    if (event.key === 'Enter' || (event.key === ' ' && typed.current.text === '')) {
      if (at >= 0 && active !== null) onOpen(active);
    } else if (event.key in KEY_MOVES) moveTo(step(rows, at, event.key));
    else if (event.key.length === 1) moveTo(typeahead(rows, at, event.key, typed.current));
    else return;
    event.preventDefault();
  };
  const shown = rows.some((row) => row.kind === 'salon' && row.salon.id === active) ? active : null;
  // Who comes by the keyboard sees where they are; a mouse that presses a row must not have it scroll away.
  const onFocus = ({ currentTarget }: FocusEvent) => {
    if (shown === null && currentTarget.matches(':focus-visible')) moveTo(step(rows, -1, 'Home'));
  };
  return { active: shown, onKeyDown, onFocus };
}

const KEY_MOVES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The index of the salon where a moving key leads from another. */
function step(rows: readonly ListRow[], at: number, key: string): number {
  const salons = rows.flatMap((row, index) => (row.kind === 'salon' ? [index] : []));
  const from = salons.indexOf(at);
  const target = from < 0 ? 0 : from + (KEY_MOVES[key] ?? 0);
  return salons[Math.max(0, Math.min(salons.length - 1, target))] ?? -1;
}

/** The index of the next salon whose name begins with what is typed. */
function typeahead(
  rows: readonly ListRow[],
  at: number,
  letter: string,
  typed: { text: string; at: number },
): number {
  const now = performance.now();
  typed.text = now - typed.at < TYPING_MS ? typed.text + letter : letter;
  typed.at = now;
  const begins = (row: ListRow | undefined) =>
    row?.kind === 'salon' && folded(row.salon.name).startsWith(folded(typed.text));
  const from = typed.text.length > 1 ? at : at + 1;
  for (let i = 0; i < rows.length; i++) {
    const index = (Math.max(0, from) + i) % rows.length;
    if (begins(rows[index])) return index;
  }
  return -1;
}
