import { expect, test } from 'vitest';
import { commandOf } from './shortcuts.ts';

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each([
  [{ key: 'd', ctrlKey: true }, 'toggle-microphone'],
  [{ key: 'D', metaKey: true }, 'toggle-microphone'],
  [{ key: 'e', ctrlKey: true }, 'toggle-camera'],
  [{ key: 'Escape' }, 'dismiss'],
  [{ key: 'F6' }, 'next-pane'],
  [{ key: 'd' }, null],
  [{ key: 'd', ctrlKey: true, shiftKey: true }, null],
  [{ key: 'x', ctrlKey: true }, null],
])('%j means %s', (pressed, command) => {
  expect(commandOf({ ...NONE, ...pressed })).toBe(command);
});
