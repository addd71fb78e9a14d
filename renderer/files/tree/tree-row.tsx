import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import type { Author } from '../../../preload/contract/files.ts';
import { useWords } from '../../i18n/index.ts';
import { EntryStateIcon, entryTone } from '../../salons/entry-state.tsx';
import { folderState } from '../../salons/folder-state.ts';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { FileTile } from '../../ui/file-tile.tsx';
import { CaretRightIcon } from '../../ui/icons.ts';
import { StateIcon } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { useStore } from '../../ui/store.ts';
import { sizeOf } from '../activity.ts';
import { RowMenu } from './row-menu.tsx';
import {
  type EntryTreeRow,
  isAway,
  type NoteTreeRow,
  type SalonTreeRow,
  shapeOf,
  type TreeRow,
} from './tree-rows.ts';
import { useRowDrag } from './use-row-drag.ts';
import type { RowActs } from './use-tree-focus.ts';

interface Props {
  readonly row: TreeRow;
  readonly index: number;
  /** Pixels below the top of the lines. */
  readonly top: number;
  /** Whether Tab leads to it. */
  readonly isActive: boolean;
  readonly acts: RowActs;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One line of the tree. */
export function TreeRowView({ row, index, top, isActive, acts, onFocus, onKeyDown }: Props) {
  const { over, handlers } = useRowDrag(row);
  const style: CSSProperties = {
    transform: `translateY(${top}px)`,
    '--tree-indent': `${(row.level - 1) * 22}px`,
  };
  const place = row.kind === 'note' ? {} : { 'aria-posinset': row.position, 'aria-setsize': row.count };
  const isOpen = row.kind === 'note' || row.expanded === null ? {} : { 'aria-expanded': row.expanded };
  return (
    <div
      role="row"
      {...handlers}
      className={cx(
        'tree-row',
        `tree-row-${shapeOf(row)}`,
        row.kind !== 'note' && isAway(row) && 'tree-row-away',
        over && 'tree-row-over',
      )}
      style={style}
      tabIndex={isActive ? 0 : -1}
      aria-level={row.level}
      aria-rowindex={index + 2}
      {...place}
      {...isOpen}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        // A press on the line itself; its menu is drawn elsewhere in the page, and buttons act for themselves.
        const { target, currentTarget } = event;
        if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest('button'))
          return;
        currentTarget.focus({ preventScroll: true });
        acts.open(row);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        event.currentTarget.querySelector('button')?.click();
      }}
    >
      <Cells row={row} isActive={isActive} acts={acts} />
    </div>
  );
}

interface CellsProps<R extends TreeRow> {
  readonly row: R;
  readonly isActive: boolean;
  readonly acts: RowActs;
}

function Cells({ row, ...rest }: CellsProps<TreeRow>) {
  switch (row.kind) {
    case 'salon':
      return <SalonCells row={row} {...rest} />;
    case 'entry':
      return <EntryCells row={row} {...rest} />;
    case 'note':
      return <NoteCells row={row} />;
  }
}

function SalonCells({ row, isActive, acts }: CellsProps<SalonTreeRow>) {
  const words = useWords();
  const { t, format } = words;
  const { folder, salonId, expanded } = row;
  const { tone, title } = folderState(folder, words);
  const isOnline = isAway(row) && tone === 'ok';
  const known = sizeOf(folder);
  const size = known.is === 'counted' || known.is === 'coming' ? format.size(known.bytes) : '';
  return (
    <>
      <Name
        isOpen={expanded}
        tile={
          folder.kind === 'salon' ? (
            <Avatar name={folder.name} seed={salonId} shape="salon" size={36} />
          ) : (
            <FileTile name={null} size={36} />
          )
        }
      >
        <span className="tree-title cut">{folder.name}</span>
        {known.is === 'counted' && (
          <span className="least figures cut">{t('common:files', { count: known.files })}</span>
        )}
      </Name>
      <Figures changed={folder.lastChange} by={null} size={size} />
      <State
        tone={isOnline ? 'wait' : tone}
        icon={isOnline ? <EntryStateIcon state="online-only" /> : <StateIcon tone={tone} />}
        words={title}
      />
      <RowMenu row={row} isActive={isActive} acts={acts} />
    </>
  );
}

function EntryCells({ row, isActive, acts }: CellsProps<EntryTreeRow>) {
  const { t, format } = useWords();
  const { entry, name, expanded } = row;
  const isFolder = entry.kind === 'folder';
  const isUnknown = isFolder && entry.fileCount === 0 && entry.size === 0;
  const size = isUnknown ? '' : format.size(entry.size);
  return (
    <>
      <Name isOpen={expanded} tile={<FileTile name={isFolder ? null : name} />}>
        <span className="tree-entry cut" title={name}>
          {name}
        </span>
        {isFolder && entry.state !== 'online-only' && (
          <span className="least figures cut">{t('common:files', { count: entry.fileCount })}</span>
        )}
      </Name>
      <Figures changed={isFolder ? null : entry.modifiedAt} by={row.author} size={size} />
      <State
        tone={entryTone(entry.state)}
        icon={<EntryStateIcon state={entry.state} />}
        words={entry.state === 'conflict' ? t('files:row.conflict') : t(`salons:entry.${entry.state}`)}
      />
      <RowMenu row={row} isActive={isActive} acts={acts} />
    </>
  );
}

function NoteCells({ row }: { readonly row: NoteTreeRow }) {
  const { t } = useWords();
  return (
    <div role="gridcell" className="tree-note secondary" aria-colspan={5}>
      {row.note === 'loading' ? <SkeletonRows rows={3} avatar={32} /> : t(`files:note.${row.note}`)}
    </div>
  );
}

interface NameProps {
  readonly isOpen: boolean | null;
  readonly tile: ReactNode;
  readonly children: ReactNode;
}

function Name({ isOpen, tile, children }: NameProps) {
  return (
    <div role="rowheader" className="tree-salon tree-name">
      <span className="tree-caret" data-open={isOpen ?? false}>
        {isOpen !== null && <CaretRightIcon size={16} weight="bold" aria-hidden />}
      </span>
      {tile}
      <span className="tree-words">{children}</span>
    </div>
  );
}

interface FiguresProps {
  readonly changed: number | null;
  readonly by: Author | null;
  readonly size: string;
}

function Figures({ changed, by, size }: FiguresProps) {
  const { t, format } = useWords();
  const { clock } = useWorkspace();
  const now = useStore(clock.minute);
  return (
    <>
      <div role="gridcell" className="tree-changed figures">
        {changed !== null && <span title={format.full(changed)}>{format.relative(changed, now)}</span>}
        {by && (
          <span className="least cut">
            {by.kind === 'you' ? t('files:row.byYou') : t('files:row.by', { name: by.name })}
          </span>
        )}
      </div>
      <div role="gridcell" className="tree-size figures">
        {size}
      </div>
    </>
  );
}

interface StateProps {
  readonly tone: string;
  readonly icon: ReactNode;
  readonly words: string;
}

function State({ tone, icon, words }: StateProps) {
  return (
    <div role="gridcell" className={`tree-state tone-${tone}`} title={words}>
      {icon}
      <span className="cut">{words}</span>
    </div>
  );
}
