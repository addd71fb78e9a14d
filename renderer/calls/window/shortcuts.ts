import type { CallCommand } from '../../../preload/contract/calls.ts';

/** What a key means in the call window; null where it means nothing here. Cmd does on a Mac what Ctrl does elsewhere. */
export function commandOf(
  key: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): CallCommand | null {
  if (key.altKey || key.shiftKey) return null;
  if (key.key === 'Escape') return 'dismiss';
  if (key.key === 'F6') return 'next-pane';
  if (!key.ctrlKey && !key.metaKey) return null;
  switch (key.key.toLowerCase()) {
    case 'd':
      return 'toggle-microphone';
    case 'e':
      return 'toggle-camera';
    default:
      return null;
  }
}
