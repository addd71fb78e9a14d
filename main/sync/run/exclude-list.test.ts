import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternsOf } from './exclude-list.ts';

test('a list has a pattern a line, comments and empty lines', () => {
  expect(patternsOf('\uFEFF# what stays here\r\n\r\n*.bak \n  build/\n#x\n/top')).toEqual([
    '*.bak',
    'build/',
    '/top',
  ]);
});

test('whatever stands in a list, no pattern is empty, and reading what was read gives the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const patterns = patternsOf(text);
      expect(patterns).not.toContain('');
      expect(patternsOf(patterns.join('\n'))).toEqual(patterns);
    }),
  );
});
