import { type DragEvent, useState } from 'react';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { showError, useAttempt } from '../../salons/use-attempt.ts';
import { nameOf } from './tree-keys.ts';
import type { TreeRow } from './tree-rows.ts';

/** What is not on this PC, or not whole. */
const ELSEWHERE: ReadonlySet<string> = new Set(['online-only', 'downloading']);

/** A line's part in dragging: files and folders go out of the window with it, folders take files that are dropped on them. */
export function useRowDrag(row: TreeRow) {
  const { folders, toasts } = useWorkspace();
  const attempt = useAttempt();
  const { over, drop } = useDrop(row);
  const onDragStart = (event: DragEvent) => {
    // The system drags the file itself, not a picture of the line: main begins it, which knows where the file is.
    event.preventDefault();
    if (row.kind !== 'entry') return;
    if (ELSEWHERE.has(row.entry.state)) toasts.show('warn', ({ t }) => t('files:row.notHere'), 'drag');
    else void attempt(folders.drag(row.salonId, row.entry.path));
  };
  return { over, handlers: { draggable: row.kind === 'entry', onDragStart, ...drop } };
}

function useDrop(row: TreeRow) {
  const { transfers, toasts } = useWorkspace();
  /** Entered minus left: each element under the mouse counts. */
  const [depth, setDepth] = useState(0);
  if (row.kind === 'note' || row.expanded === null) return { over: false, drop: {} };
  const path = row.kind === 'entry' ? row.entry.path : '';
  const ofFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    act(event);
  };
  const add = async (files: readonly File[]) => {
    const error = await transfers.addFiles(row.salonId, files, path);
    if (error) showError(toasts, { from: 'main', error });
    else toasts.show('ok', ({ t }) => t('files:row.added', { count: files.length, name: nameOf(row) }));
  };
  return {
    over: depth > 0,
    drop: {
      onDragEnter: ofFiles(() => setDepth((now) => now + 1)),
      onDragOver: ofFiles((event) => {
        event.dataTransfer.dropEffect = 'copy';
      }),
      onDragLeave: ofFiles(() => setDepth((now) => Math.max(0, now - 1))),
      onDrop: ofFiles((event) => {
        setDepth(0);
        void add([...event.dataTransfer.files]);
      }),
    },
  };
}
