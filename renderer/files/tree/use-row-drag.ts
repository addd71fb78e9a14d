import type { DragEvent } from 'react';
import { useWorkspace } from '../../salons/stores/workspace-context.tsx';
import { showError, useAttempt } from '../../salons/use-attempt.ts';
import { useFileZone } from '../../ui/use-file-zone.ts';
import { nameOf } from './tree-keys.ts';
import { isAway, type TreeRow } from './tree-rows.ts';

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
  // What is not kept on this PC takes nothing: it would leave again.
  const isFolder = row.kind !== 'note' && row.expanded !== null && !isAway(row);
  const add = async (files: readonly File[]) => {
    if (!isFolder) return;
    const path = row.kind === 'entry' ? row.entry.path : '';
    const error = await transfers.addFiles(row.salonId, files, path);
    if (error) showError(toasts, { from: 'main', error });
    else toasts.show('ok', ({ t }) => t('files:row.added', { count: files.length, name: nameOf(row) }));
  };
  const { over, handlers } = useFileZone((files) => void add(files));
  return isFolder ? { over, drop: handlers } : { over: false, drop: {} };
}
