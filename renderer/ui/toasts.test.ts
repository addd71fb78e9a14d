import { expect, test } from 'vitest';
import { Toasts } from './toasts.tsx';

test('a line about the same thing replaces the one before', () => {
  const toasts = new Toasts();
  toasts.show('bad', () => 'first', 'main offline');
  toasts.show('bad', () => 'other', 'chat offline');
  toasts.show('bad', () => 'second', 'main offline');
  expect(toasts.shown.get().map(({ about }) => about)).toEqual(['chat offline', 'main offline']);
  toasts.show('ok', () => 'a');
  toasts.show('ok', () => 'b');
  expect(toasts.shown.get()).toHaveLength(3);
  toasts.dispose();
  expect(toasts.shown.get()).toEqual([]);
});
