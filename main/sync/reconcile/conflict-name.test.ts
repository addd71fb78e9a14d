import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameKey } from '../model/paths.ts';
import { conflictName, numberedName } from './conflict-name.ts';

const at = new Date(2026, 10, 22, 10, 15, 0).getTime();
const free = (): boolean => false;

test('says what it is and when, before the ending', () => {
  expect(conflictName(nameKey('plan.pdf'), 'copie en conflit', at, free)).toBe(
    'plan (copie en conflit 2026-11-22 101500).pdf',
  );
  expect(conflictName(nameKey('.profile'), 'copie en conflit', at, free)).toBe(
    '.profile (copie en conflit 2026-11-22 101500)',
  );
});

test('takes a number when the name is taken', () => {
  const taken = new Set<string>(['plan (2).pdf', 'plan.pdf']);
  expect(numberedName(nameKey('plan.pdf'), (name) => taken.has(name))).toBe('plan (3).pdf');
  expect(numberedName(nameKey('new.pdf'), (name) => taken.has(name))).toBe('new.pdf');
});

test('any name gives one that every disk and server takes, and that is valid text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 255 }), (text) => {
      const name = conflictName(nameKey(text), 'copie en conflit', at, free);
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
      expect(name.isWellFormed()).toBe(true);
      expect(name).toContain('2026-11-22 101500');
    }),
  );
});
