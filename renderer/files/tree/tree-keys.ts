import type { TreeRow } from './tree-rows.ts';

/** What a key does in the tree: go to a line, open or close the one where one is, or act on it. */
export type TreeAct =
  | { readonly act: 'go'; readonly to: number }
  | { readonly act: 'expand' | 'collapse' | 'open' };

/** Lines of a page, for Page Up and Page Down. */
const PAGE = 10;

/**
 * What a key means on the line at `at` (WAI-ARIA Authoring Practices, Treegrid: rows take the focus): up and down, first
 * and last, right opens or goes in, left closes or goes out, Enter acts. Null for a key that means nothing here.
 */
export function treeAct(key: string, rows: readonly TreeRow[], at: number): TreeAct | null {
  const row = rows[at];
  if (!row) return null;
  const go = (to: number): TreeAct => ({ act: 'go', to: Math.max(0, Math.min(rows.length - 1, to)) });
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'PageDown':
      return go(at + PAGE);
    case 'PageUp':
      return go(at - PAGE);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      if (!canExpand(row)) return null;
      return row.expanded ? go(at + 1) : { act: 'expand' };
    case 'ArrowLeft':
      if (canExpand(row) && row.expanded) return { act: 'collapse' };
      return row.level === 1 ? null : go(parentOf(rows, at));
    case 'Enter':
      return row.kind === 'note' ? null : { act: 'open' };
    default:
      return null;
  }
}

/** The next line after `at`, round the end, whose name begins with what was typed; `at` itself for a longer word. */
export function typedTo(typed: string, rows: readonly TreeRow[], at: number): number | null {
  const wanted = plain(typed);
  const first = typed.length > 1 ? 0 : 1;
  for (let step = first; step < rows.length + first; step += 1) {
    const index = (at + step) % rows.length;
    const row = rows[index];
    if (row && row.kind !== 'note' && plain(nameOf(row)).startsWith(wanted)) return index;
  }
  return null;
}

/** What a line is called. */
export function nameOf(row: Exclude<TreeRow, { kind: 'note' }>): string {
  return row.kind === 'salon' ? row.folder.name : row.name;
}

function canExpand(row: TreeRow): row is Exclude<TreeRow, { kind: 'note' }> {
  return row.kind !== 'note' && row.expanded !== null;
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let index = at - 1; index > 0; index -= 1) if ((rows[index]?.level ?? 1) < level) return index;
  return 0;
}

/** Without accents and capitals: "etude" finds "Étude". */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
