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

test('a name in it is cleaned of what disks refuse, and never pushes out that of the file or its ending', () => {
  const named = (label: string, name = 'plan.pdf') => conflictName(nameKey(name), label, at, free);
  expect(named('copie en conflit de Nadia Berger')).toBe(
    'plan (copie en conflit de Nadia Berger 2026-11-22 101500).pdf',
  );
  expect(named('copie de A/B\\C:\u202Efdp "x"\n')).toBe('plan (copie de A B C fdp x 2026-11-22 101500).pdf');
  const long = named(`copie de ${'Élisabeth '.repeat(60)}`, `${'plan '.repeat(60)}.pdf`);
  expect(long).toMatch(/^plan plan .*\(copie de Élisabeth .* 2026-11-22 101500\)\.pdf$/);
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
});

test('any label gives a name that Windows takes too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (label) => {
      const name = conflictName(nameKey('plan.pdf'), label, at, free);
      expect(name).toMatch(/^plan \([^\\/:*?"<>|\p{Cc}]*2026-11-22 101500\)\.pdf$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      expect(name.isWellFormed()).toBe(true);
    }),
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
