import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

/** The handler notes where the focus is within the rows; the ref is of the button that stands after them. */
interface KeptFocus {
  readonly after: RefObject<HTMLButtonElement | null>;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * A row may go with the focus, or the button in it that had it. Then the row in its place has it, or what stands after the
 * rows where none is left: never another button of a row, which Enter pressed twice would use.
 */
export function useKeptFocus(): KeptFocus {
  const last = useRef<{ readonly around: HTMLElement; readonly at: Element; readonly row: number } | null>(
    null,
  );
  const after = useRef<HTMLButtonElement>(null);
  // After each drawing: any of them may have taken something away.
  useEffect(() => {
    if (last.current === null || last.current.at.isConnected) return;
    const { around, row } = last.current;
    const rows = around.querySelectorAll<HTMLElement>('.download');
    (row < 0 ? after.current : (rows[Math.min(row, rows.length - 1)] ?? after.current))?.focus();
  });
  return {
    after,
    onFocus: ({ currentTarget, target }) => {
      const rows = [...currentTarget.querySelectorAll('.download')];
      last.current = {
        around: currentTarget,
        at: target,
        row: rows.findIndex((each) => each.contains(target)),
      };
    },
  };
}
