import { expect, it } from 'vitest';
import { commandOfKey, type KeyPress } from './call-keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  type: 'keyDown',
  key,
  control: false,
  meta: false,
  alt: false,
  shift: false,
  ...held,
});

it.each([
  [press('d', { control: true }), 'toggle-microphone'],
  [press('D', { control: true }), 'toggle-microphone'],
  [press('e', { meta: true }), 'toggle-camera'],
  [press('Escape'), 'dismiss'],
  [press('F6'), 'next-pane'],
] as const)('$0.key means something to the call window', (key, command) => {
  expect(commandOfKey(key)).toBe(command);
});

it.each([
  press('d'),
  press('d', { control: true, alt: true }), // AltGr
  press('d', { control: true, shift: true }),
  press('d', { control: true, type: 'keyUp' }),
  press('F6', { shift: true }),
  press('Tab'),
  press('Process'),
])('every other key stays the conference’s: $key $control $alt', (key) => {
  expect(commandOfKey(key)).toBeNull();
});
