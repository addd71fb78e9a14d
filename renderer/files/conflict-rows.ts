import type { DifferencePart } from '../../preload/contract/difference.ts';

/** A line of two versions beside each other: on one side only, on both alike, or so many that are left out. */
export type ConflictRow =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'changed'; readonly there: string | null; readonly here: string | null }
  | { readonly kind: 'skipped'; readonly count: number };

/** Puts the lines that differ beside each other, the first with the first. */
export function conflictRows(parts: readonly DifferencePart[]): ConflictRow[] {
  const rows: ConflictRow[] = [];
  let there: readonly string[] = [];
  let here: readonly string[] = [];
  const settle = () => {
    for (let at = 0; at < Math.max(there.length, here.length); at += 1)
      rows.push({ kind: 'changed', there: there[at] ?? null, here: here[at] ?? null });
    there = [];
    here = [];
  };
  for (const part of parts) {
    if (part.side === 'there') there = [...there, ...part.lines];
    else if (part.side === 'here') here = [...here, ...part.lines];
    else {
      settle();
      if (part.side === 'skipped') rows.push({ kind: 'skipped', count: part.count });
      else rows.push(...part.lines.map((text) => ({ kind: 'same', text }) as const));
    }
  }
  settle();
  return rows;
}
