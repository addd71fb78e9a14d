import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';

const NARROWEST = 240;
const WIDEST = 420;
const USUAL = 300;
const STEP = 20;

/** The width of the list, as the person left it. */
export function useListWidth(): [number, (width: number) => void] {
  const { memory } = useWorkspace();
  const [width, setWidth] = useState(() => clamped(Number(memory.read('list-width') ?? USUAL)));
  const change = (next: number) => {
    const kept = clamped(next);
    setWidth(kept);
    memory.write('list-width', String(kept));
  };
  return [width, change];
}

/** The edge of the list: dragged with the mouse, moved with the arrows, put back by a double click. */
export function ResizeHandle({
  width,
  onChange,
}: {
  readonly width: number;
  readonly onChange: (width: number) => void;
}) {
  const { t } = useWords();
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: width - STEP, ArrowRight: width + STEP, Home: NARROWEST, End: WIDEST }[
      event.key
    ];
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    const from = event.clientX;
    const move = (moved: globalThis.PointerEvent) => onChange(width + moved.clientX - from);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator with a value is a control (ARIA window splitter)
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('app:resize')}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      className="resize-handle"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => onChange(USUAL)}
    />
  );
}

function clamped(width: number): number {
  return Math.max(NARROWEST, Math.min(WIDEST, Number.isFinite(width) ? Math.round(width) : USUAL));
}
