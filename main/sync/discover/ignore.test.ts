import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toSyncPath } from '../model/paths.ts';
import { type IgnoredBy, ignoring } from './ignore.ts';

const root = toSyncPath('');

function byDefault(name: string): IgnoredBy | undefined {
  return ignoring([])(root, name, 'file');
}

test.each([
  '.~lock.plan.odt#',
  '~$plan.docx',
  'film.part',
  '.DS_Store',
  'thumbs.DB',
  'desktop.ini',
  '.plan.txt.swp',
  '.~traboule-in-1f',
])('leaves %s alone', (name) => {
  expect(byDefault(name)).toBe('builtIn');
});

test.each(['plan.odt', 'part', 'my.part.txt', 'desktop.ini.txt', 'lock#', 'a$b', 'x.DS_Store'])(
  'syncs %s',
  (name) => {
    expect(byDefault(name)).toBeUndefined();
  },
);

test('tells whose pattern it was; dots and brackets stand for themselves, case and spelling do not count', () => {
  const by = ignoring(['*.b?k', '[draft]*'], ['ÉTÉ*']);
  expect(['a.bak', 'a.BOK', '[draft] x'].map((name) => by(root, name, 'file'))).toEqual(
    Array.from({ length: 3 }, () => 'rules'),
  );
  expect(by(root, 'e\u0301te\u0301.txt', 'file')).toBe('excludeFile');
  expect(['a.back', 'axbak', 'd x'].some((name) => by(root, name, 'file') !== undefined)).toBe(false);
});

describe('a pattern', () => {
  const isLeftOut = (pattern: string, path: string, kind: 'file' | 'folder' = 'file'): boolean => {
    const names = path.split('/');
    const name = names.pop() ?? '';
    return ignoring([], [pattern])(toSyncPath(names.join('/')), name, kind) !== undefined;
  };

  test('is matched on each name', () => {
    expect(isLeftOut('*.bak', 'a/b/c.bak')).toBe(true);
    expect(isLeftOut('*.bak', 'c.bak')).toBe(true);
    expect(isLeftOut('*', 'a/b')).toBe(true);
  });

  test('with a slash at its end means folders only', () => {
    expect(isLeftOut('build/', 'a/build', 'folder')).toBe(true);
    expect(isLeftOut('build/', 'a/build', 'file')).toBe(false);
  });

  test('with a slash before its end is a path from the root, in which * stays within a name', () => {
    expect(isLeftOut('/build', 'build')).toBe(true);
    expect(isLeftOut('/build', 'a/build')).toBe(false);
    expect(isLeftOut('docs/*/x?', 'docs/a/x1')).toBe(true);
    expect(isLeftOut('docs/*/x?', 'docs/a/b/x1')).toBe(false);
    expect(isLeftOut('docs/*/x?', 'other/docs/a/x1')).toBe(false);
  });

  test('of slashes alone means nothing', () => {
    expect(isLeftOut('/', 'a', 'folder')).toBe(false);
    expect(isLeftOut('//', 'a', 'folder')).toBe(false);
  });

  const patterns = fc.array(fc.string({ unit: fc.constantFrom('*', '?', '/', 'a', '.', '[', '\\', '😀') }), {
    maxLength: 4,
  });

  test('never throws, whatever it is, and never means the list itself', () => {
    fc.assert(
      fc.property(patterns, fc.string({ unit: 'grapheme' }), (lines, name) => {
        const by = ignoring(lines, [...lines, '*', '.sync-exclude', '/.sync-exclude', '.*']);
        expect(() => by(root, name, 'folder')).not.toThrow();
        expect(by(root, '.sync-exclude', 'file')).toBeUndefined();
      }),
    );
  });

  test('matches as the regular expression of the same meaning does', () => {
    const letters = fc.constantFrom('*', '?', 'a', 'b', '.');
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: letters, minLength: 1, maxLength: 7 }), name, (pattern, text) => {
        const source = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*').replaceAll('?', '.');
        expect(isLeftOut(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  test('that would take a regular expression for ever is answered at once', () => {
    const pattern = `${'*a'.repeat(100)}b`;
    const name = 'a'.repeat(250);
    const before = performance.now();
    expect(isLeftOut(pattern, name)).toBe(false);
    expect(isLeftOut(`${'*a'.repeat(100)}*b*`, name)).toBe(false);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
