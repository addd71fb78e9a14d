import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHref, nameProblem, parsePath, percentDecode } from './names.ts';

const pathText = fc.array(
  fc.constantFrom('..', '.', '', 'a', '%2e%2e', '%2F', '%00', '%ff', 'é', '\\', '%5c'),
  {
    maxLength: 12,
  },
);

describe('paths', () => {
  it('never climb out and never hold a separator, whatever is asked', () => {
    fc.assert(
      fc.property(pathText, (parts) => {
        for (const name of parsePath(parts.join('/')).names) {
          expect(['', '.', '..']).not.toContain(name);
          expect(name).not.toContain('/');
        }
      }),
    );
  });

  it('are stored in composed form and keep the spelling they were asked by', () => {
    expect(parsePath('cafe%CC%81')).toEqual({ asked: ['cafe\u0301'], names: ['caf\u00e9'] });
  });

  it('that are not UTF-8 are read as Latin-1', () => {
    expect(percentDecode('bad%ff%fe')).toBe('bad\u00ff\u00fe');
  });

  it('come back the same after being written as an href', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        fc.pre(!/[/\0]/.test(name) && name !== '' && name !== '.' && name !== '..');
        expect(parsePath(encodeHref(name)).asked).toEqual([name]);
      }),
    );
  });

  it('are written with lower-case escapes', () => {
    expect(encodeHref('/é ü+(x)@:~')).toBe('/%c3%a9%20%c3%bc%2b(x)@:~');
  });
});

describe('names', () => {
  it.each([
    ['.HTAccess', 'forbidden'],
    ['a\\b', 'invalid-character'],
    ['a\u0000b', 'invalid-character'],
    ['x'.repeat(251), 'too-long'],
    ['é'.repeat(126), 'too-long'],
  ])('such as %j are refused', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });

  it.each(['CON', 'dot.', 'a:b?', '...', 'x'.repeat(250)])('such as %j are taken', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it('with characters an administrator forbids are refused', () => {
    expect(nameProblem('a:b', [':'])).toBe('invalid-character');
  });
});
