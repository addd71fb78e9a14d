import type { Author, FolderEntry, SalonFolder } from '../../../preload/contract/files.ts';
import type { AuthorsByPath } from '../../salons/stores/folder-authors.ts';
import type { Listing } from '../../salons/stores/folders-store.ts';
import { fileName } from '../../ui/file-name.ts';
import { shareOf } from '../choice/choice-model.ts';

/** A salon's folder, the first level of the tree. */
export interface SalonTreeRow {
  readonly kind: 'salon';
  readonly key: string;
  readonly level: 1;
  readonly salonId: string;
  readonly folder: SalonFolder;
  readonly expanded: boolean;
  readonly position: number;
  readonly count: number;
}

/** A file or folder in it; `expanded` is null for a file. */
export interface EntryTreeRow {
  readonly kind: 'entry';
  readonly key: string;
  readonly level: number;
  readonly salonId: string;
  readonly entry: FolderEntry;
  readonly name: string;
  /** Whether it is, or is in, a folder that is not wanted on this PC. */
  readonly isUnwanted: boolean;
  /** Who made the last change, null where nobody can tell or it is not everybody's yet. */
  readonly author: Author | null;
  readonly expanded: boolean | null;
  readonly position: number;
  readonly count: number;
}

/** A line that stands for what is not there: not known yet, nothing, not to be had, more than is shown. */
export interface NoteTreeRow {
  readonly kind: 'note';
  readonly key: string;
  readonly level: number;
  readonly salonId: string;
  readonly note: 'loading' | 'empty' | 'failed' | 'more';
}
export type TreeRow = SalonTreeRow | EntryTreeRow | NoteTreeRow;

/** How a line looks, which says how high it is. */
export type RowShape = TreeRow['kind'] | 'loading';

/** The shape of a line: what is not known yet takes the place of some lines. */
export function shapeOf(row: TreeRow): RowShape {
  return row.kind === 'note' && row.note === 'loading' ? 'loading' : row.kind;
}

/** What is the same for everybody: of anything else the last change is the person's own. */
const COMMON: ReadonlySet<FolderEntry['state']> = new Set(['synced', 'online-only', 'downloading']);
/** Main lists no more of one folder. */
const MOST_LISTED = 5000;

/** What is known of a folder of a salon. */
export interface FolderView {
  readonly listing: Listing;
  readonly authors: AuthorsByPath;
}
export type ViewOf = (salonId: string, path: string) => FolderView;

/** Whether a line is of something that is not kept on this PC: only a choice brings it here. */
export function isAway(row: SalonTreeRow | EntryTreeRow): boolean {
  if (row.kind === 'salon') return row.folder.unwanted.includes('');
  return row.isUnwanted && row.entry.state === 'online-only';
}

/** The folder that something is in; `''` for the salon's own. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Names a salon's folder (path '') or an entry in it. */
export function rowKey(salonId: string, path: string): string {
  return `${salonId} ${path}`;
}

/**
 * The tree as the lines that are shown, from top to bottom: each salon, and below an expanded one its folders, then its
 * files, by name.
 */
export function treeRows(
  folders: readonly SalonFolder[],
  expanded: ReadonlySet<string>,
  viewOf: ViewOf,
): TreeRow[] {
  return folders.flatMap((folder, index): TreeRow[] => {
    const { salonId } = folder;
    const key = rowKey(salonId, '');
    const isOpen = expanded.has(key);
    const row: SalonTreeRow = {
      kind: 'salon',
      key,
      level: 1,
      salonId,
      folder,
      expanded: isOpen,
      position: index + 1,
      count: folders.length,
    };
    return isOpen ? [row, ...below(folder, '', 2, expanded, viewOf)] : [row];
  });
}

function below(
  folder: SalonFolder,
  path: string,
  level: number,
  expanded: ReadonlySet<string>,
  viewOf: ViewOf,
): TreeRow[] {
  const { salonId, unwanted } = folder;
  const { listing, authors } = viewOf(salonId, path);
  const { entries, error } = listing;
  const note = (what: NoteTreeRow['note']): NoteTreeRow => ({
    kind: 'note',
    key: `${rowKey(salonId, path)}/`,
    level,
    salonId,
    note: what,
  });
  if (!entries) return [note(error ? 'failed' : 'loading')];
  if (entries.length === 0) return [note('empty')];
  const rows: TreeRow[] = [];
  for (const [index, { entry, name }] of inOrder(entries).entries()) {
    const key = rowKey(salonId, entry.path);
    const isOpen = entry.kind === 'folder' ? expanded.has(key) : null;
    rows.push({
      kind: 'entry',
      key,
      level,
      salonId,
      entry,
      name,
      isUnwanted: shareOf(entry.path, unwanted) === 'none',
      author: COMMON.has(entry.state) ? (authors.get(entry.path)?.author ?? null) : null,
      expanded: isOpen,
      position: index + 1,
      count: entries.length,
    });
    if (isOpen) for (const row of below(folder, entry.path, level + 1, expanded, viewOf)) rows.push(row);
  }
  if (entries.length >= MOST_LISTED) rows.push(note('more'));
  return rows;
}

interface Named {
  readonly entry: FolderEntry;
  readonly name: string;
}

const byName = new Intl.Collator(undefined, { numeric: true });
/** Thousands of names are put in order once, not at each step of an upload elsewhere. */
const ordered = new WeakMap<readonly FolderEntry[], readonly Named[]>();

function inOrder(entries: readonly FolderEntry[]): readonly Named[] {
  const known = ordered.get(entries);
  if (known) return known;
  const named = entries.map((entry) => ({ entry, name: fileName(entry.path) }));
  named.sort((one, other) =>
    one.entry.kind === other.entry.kind
      ? byName.compare(one.name, other.name)
      : one.entry.kind === 'folder'
        ? -1
        : 1,
  );
  ordered.set(entries, named);
  return named;
}
