import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileName } from '../../preload/contract/names.ts';
import { suggestedName } from './problem-name.ts';

test('a name is suggested that is as like the old one as can be', () => {
  expect(suggestedName('coupe 1:50.dwg', 'name-not-allowed')).toBe('coupe 1-50.dwg');
  expect(suggestedName('rapport. ', 'name-not-here')).toBe('rapport');
  expect(suggestedName('NUL.txt', 'name-not-here')).toBe('NUL_.txt');
  expect(suggestedName('plan.pdf', 'name-clash')).toBe('plan (2).pdf');
  expect(suggestedName(`${'é'.repeat(200)}.odt`, 'name-too-long')).toBe(`${'é'.repeat(98)}.odt`);
});

test('whatever the name was, the suggested one is possible everywhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (name) => {
      expect(FileName.safeParse(suggestedName(name, 'name-not-allowed')).success).toBe(true);
    }),
  );
});
