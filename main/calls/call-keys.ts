import type { CallCommand } from '../../preload/contract/calls.ts';

/** A key as Electron reports it before a page hears of it. */
export interface KeyPress {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/**
 * What a key does that was pressed while the conference's own frame has the focus, where the call window's page hears
 * none; null for a key that stays the conference's. The same keys as the page's own shortcuts.
 */
export function commandOfKey({ type, key, control, meta, alt, shift }: KeyPress): CallCommand | null {
  if (type !== 'keyDown' || alt || shift) return null;
  if (key === 'Escape') return 'dismiss';
  if (key === 'F6') return 'next-pane';
  if (!control && !meta) return null;
  switch (key.toLowerCase()) {
    case 'd':
      return 'toggle-microphone';
    case 'e':
      return 'toggle-camera';
    default:
      return null;
  }
}
