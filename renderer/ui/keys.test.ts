import { describe, expect, it } from 'vitest';
import { isTyped, keyNames, matches, type Press } from './keys.ts';

const press = (key: string, rest: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});

describe('a shortcut', () => {
  it('is its letter with its modifiers, no more and no less', () => {
    expect(matches(press('k', { ctrlKey: true }), 'Ctrl+K', false)).toBe(true);
    expect(matches(press('k'), 'Ctrl+K', false)).toBe(false);
    expect(matches(press('K', { ctrlKey: true, shiftKey: true }), 'Ctrl+K', false)).toBe(false);
    expect(matches(press('A', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+A', false)).toBe(true);
    expect(matches(press('k', { ctrlKey: true, altKey: true }), 'Ctrl+K', false)).toBe(false);
  });

  it('takes the command key on a Mac', () => {
    expect(matches(press('k', { metaKey: true }), 'Ctrl+K', true)).toBe(true);
    expect(matches(press('k', { ctrlKey: true }), 'Ctrl+K', true)).toBe(false);
  });

  it('finds the digits of a French keyboard, which type & é " without Shift', () => {
    expect(matches(press('&', { code: 'Digit1', ctrlKey: true }), 'Ctrl+1', false)).toBe(true);
    expect(matches(press('1', { code: 'Digit1', ctrlKey: true, shiftKey: true }), 'Ctrl+1', false)).toBe(
      true,
    );
    expect(matches(press('1', { code: 'Numpad1', ctrlKey: true }), 'Ctrl+1', false)).toBe(true);
    expect(matches(press('é', { code: 'Digit2', ctrlKey: true }), 'Ctrl+1', false)).toBe(false);
  });

  it('finds ? wherever the keyboard has it', () => {
    expect(matches(press('?', { shiftKey: true, code: 'KeyM' }), '?', false)).toBe(true);
    expect(matches(press('?', { code: 'Slash' }), '?', false)).toBe(true);
  });
});

describe('a key of a text', () => {
  it('is one sign without Ctrl, Alt or command', () => {
    expect(isTyped(press('?', { shiftKey: true }))).toBe(true);
    expect(isTyped(press('F1'))).toBe(false);
    expect(isTyped(press('k', { ctrlKey: true }))).toBe(false);
  });
});

describe('the names of keys', () => {
  it('are those on the keyboard', () => {
    const french = { shift: 'Maj', escape: 'Échap', enter: 'Entrée' };
    expect(keyNames('Alt+Shift+ArrowUp', french, false)).toEqual(['Alt', 'Maj', '↑']);
    expect(keyNames('Ctrl+K', french, true)).toEqual(['⌘', 'K']);
  });
});
