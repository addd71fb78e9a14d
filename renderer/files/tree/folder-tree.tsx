import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { SalonFolder } from '../../../preload/contract/files.ts';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { useAttempt } from '../../salons/use-attempt.ts';
import { useStore } from '../../ui/store.ts';
import { TreeModel } from './tree-model.ts';
import { TreeRowView } from './tree-row.tsx';
import { type EntryTreeRow, isAway, parentOf, type RowShape, shapeOf, type TreeRow } from './tree-rows.ts';
import { useKeepHere } from './use-keep-here.ts';
import { type RowActs, useTreeFocus } from './use-tree-focus.ts';
import './tree.css';

/** As the style sheet has them. */
const ROW_PX: Readonly<Record<RowShape, number>> = { salon: 60, entry: 44, note: 40, loading: 132 };

const COLUMNS = ['salon', 'changed', 'size', 'state'] as const;

const KINDS = ['salon', 'chosen'] as const;

/** The salons' folders, and below them those that the person chose: each kind under its name where there are both. */
export function FolderTrees({ folders }: { readonly folders: readonly SalonFolder[] }) {
  const { t } = useWords();
  const shown = KINDS.filter((kind) => folders.some((folder) => folder.kind === kind));
  return shown.map((kind) => (
    <section key={kind} className="tree-section">
      {(shown.length > 1 || kind === 'chosen') && <h2>{t(`files:section.${kind}`)}</h2>}
      <FolderTree kind={kind} />
    </section>
  ));
}

/**
 * The folders of one kind as a tree with columns (WAI-ARIA treegrid whose rows take the focus). Only the lines in sight are
 * in the page, and the one with the focus; the page scrolls as a whole.
 */
function FolderTree({ kind }: { readonly kind: SalonFolder['kind'] }) {
  const { t } = useWords();
  const { folders } = useWorkspace();
  const [model] = useState(() => new TreeModel(folders, kind));
  useLayoutEffect(() => model.start(), [model]);
  const rows = useStore(model.rows);
  return (
    <div
      role="treegrid"
      className="tree"
      aria-label={t(`files:table.label.${kind}`)}
      aria-rowcount={rows.length + 1}
    >
      <Head kind={kind} />
      <Lines rows={rows} acts={useRowActs(model)} />
    </div>
  );
}

function Head({ kind }: { readonly kind: SalonFolder['kind'] }) {
  const { t } = useWords();
  return (
    <div role="rowgroup">
      <div role="row" className="tree-head" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={`tree-${column}`}>
            {t(column === 'salon' ? `files:table.salon.${kind}` : `files:table.${column}`)}
          </span>
        ))}
        <span role="columnheader">
          <span className="visually-hidden">{t('files:table.acts')}</span>
        </span>
      </div>
    </div>
  );
}

function Lines({ rows, acts }: { readonly rows: readonly TreeRow[]; readonly acts: RowActs }) {
  const { own, active, setPlace, onKeyDown } = useTreeFocus(rows, acts, (index) =>
    virtualizer.scrollToIndex(index),
  );
  const scrollMargin = useTopOf(own);
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => own.current?.closest<HTMLElement>('.page-body') ?? null,
    estimateSize: (index) => {
      const row = rows[index];
      return ROW_PX[row ? shapeOf(row) : 'entry'];
    },
    getItemKey: (index) => rows[index]?.key ?? index,
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active])]
        .filter((index) => index < rows.length)
        .toSorted((one, other) => one - other),
    scrollMargin,
    overscan: 8,
  });
  // Keys tell lines apart, but their heights change with what stands at an index.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rows]);
  return (
    <div ref={own} role="rowgroup" className="tree-body" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const row = rows[index];
        return (
          row && (
            <TreeRowView
              key={key}
              row={row}
              index={index}
              top={start - scrollMargin}
              isActive={index === active}
              acts={acts}
              onFocus={() => setPlace({ key: row.key, index })}
              onKeyDown={onKeyDown}
            />
          )
        );
      })}
    </div>
  );
}

/** How far below the top of the scrolled page an element begins: what is above it grows and shrinks. */
function useTopOf(own: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useEffect(() => {
    const scroller = own.current?.closest<HTMLElement>('.page-body');
    if (!scroller || !own.current) return undefined;
    const measure = () => {
      const here = own.current?.getBoundingClientRect().top ?? 0;
      setTop(Math.round(here - scroller.getBoundingClientRect().top + scroller.scrollTop));
    };
    const observer = new ResizeObserver(measure);
    for (const child of scroller.children) observer.observe(child);
    observer.observe(scroller);
    measure();
    return () => observer.disconnect();
  });
  return top;
}

function useRowActs(model: TreeModel): RowActs {
  const { folders, toasts } = useWorkspace();
  const attempt = useAttempt();
  const keepHere = useKeepHere();
  const pathOf = (row: TreeRow) => (row.kind === 'entry' ? row.entry.path : '');
  const expand = (row: TreeRow) => model.expand(row.salonId, pathOf(row));
  const collapse = (row: TreeRow) => model.collapse(row.salonId, pathOf(row));
  const openFile = (row: EntryTreeRow) => {
    const { salonId, name } = row;
    if (!isAway(row)) return void attempt(folders.open(salonId, pathOf(row)));
    toasts.show('info', ({ t }) => t('files:keepHere.away', { name }), 'keep', {
      label: ({ t }) => t('files:keepHere.itsFolder'),
      act: () => void keepHere(salonId, parentOf(pathOf(row))),
    });
  };
  const open = (row: TreeRow) => {
    if (row.kind === 'note') return;
    if (row.expanded === null) openFile(row);
    else if (row.expanded) collapse(row);
    else expand(row);
  };
  return { expand, collapse, open };
}
