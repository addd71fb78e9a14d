import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { treeAct, typedTo } from './tree-keys.ts';
import type { TreeRow } from './tree-rows.ts';

/** Letters typed within this time are one search. */
const TYPING_MS = 700;

/** What a person does with a line of the tree. */
export interface RowActs {
  readonly expand: (row: TreeRow) => void;
  readonly collapse: (row: TreeRow) => void;
  readonly open: (row: TreeRow) => void;
}

/** Where the focus is in the tree: a line by its key, or what took its place. */
interface Place {
  readonly key: string | null;
  readonly index: number;
}

/**
 * The line that has the focus, or would get it: it moves by keys and stays with its file when lines come and go. A line
 * that goes leaves the focus to the one in its place.
 */
export function useTreeFocus(rows: readonly TreeRow[], acts: RowActs, scrollTo: (index: number) => void) {
  const [place, setPlace] = useState<Place>({ key: null, index: 0 });
  const typed = useRef({ text: '', at: 0 });
  /** The line is drawn at the next render: only then can it take the focus. */
  const wanted = useRef(false);
  const found = rows.findIndex(({ key }) => key === place.key);
  const active = found >= 0 ? found : Math.min(place.index, Math.max(0, rows.length - 1));
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const lost = found < 0 && place.key !== null && isNowhere();
    if (!wanted.current && !lost) return;
    wanted.current = false;
    own.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
  });

  const go = (index: number) => {
    const row = rows[index];
    if (!row) return;
    wanted.current = true;
    setPlace({ key: row.key, index });
    scrollTo(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The buttons in a line have keys of their own.
    if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = rows[active];
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      openMenu(event.target);
      return;
    }
    const act = treeAct(event.key, rows, active) ?? typing(event.key);
    if (!act || !row) return;
    event.preventDefault();
    if (act.act === 'go') go(act.to);
    else acts[act.act](row);
  };
  const typing = (key: string): { readonly act: 'go'; readonly to: number } | null => {
    if (key.length !== 1 || key === ' ') return null;
    const now = performance.now();
    const text = now - typed.current.at < TYPING_MS ? typed.current.text + key : key;
    typed.current = { text, at: now };
    const to = typedTo(text, rows, active);
    return to === null ? null : { act: 'go', to };
  };
  return { own, active, setPlace, onKeyDown };
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** As the button itself does for the down arrow: the first item has the focus. */
function openMenu(line: HTMLElement): void {
  const button = line.querySelector('button');
  button?.focus();
  for (const type of ['keydown', 'keyup'])
    button?.dispatchEvent(new KeyboardEvent(type, { key: 'ArrowDown', bubbles: true, cancelable: true }));
}
