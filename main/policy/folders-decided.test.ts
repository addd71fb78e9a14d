import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldersDecidedBy } from './folders-decided.ts';
import { usualValues } from './schema/table.ts';

const comes = (firstSalons: string[], name: string): boolean =>
  foldersDecidedBy({ ...usualValues(), firstSalons }).comesAtFirst(name);

it('turns gigabytes of room into bytes, and none into no limit', () => {
  expect(foldersDecidedBy(usualValues()).mostBytes).toBeNull();
  expect(foldersDecidedBy({ ...usualValues(), spaceLimit: 20 }).mostBytes).toBe(20 * 1024 ** 3);
});

describe('the folders that come to a PC by themselves', () => {
  it('are all where nobody decides, and none where the list names no salon', () => {
    expect(foldersDecidedBy(usualValues()).comesAtFirst('Quais')).toBe(true);
    expect(comes([], 'Quais')).toBe(false);
  });

  it.each([
    ['Quais', 'quais', true],
    ['Quais', 'Quais du Rhône', false],
    ['Direction *', 'direction des Finances', true],
    ['* (projet)', 'Parc (projet)', true],
    ['D*é*s', 'De\u0301claration des e\u0301lus', true],
    ['a*a', 'a', false],
    ['a*b*b', 'ab', false],
    ['*', '', true],
    ['[a-z]+', 'abc', false],
  ])('%s names %s: %s', (pattern, name, expected) => {
    expect(comes([pattern], name)).toBe(expected);
  });

  it('are named as by the same words with anything in the place of the stars', () => {
    const words = array(constantFrom('a', 'b', '*', '.'), { maxLength: 8 }).map((letters) =>
      letters.join(''),
    );
    assert(
      property(words, words, (pattern, name) => {
        const source = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*');
        expect(comes([pattern], name)).toBe(new RegExp(`^${source}$`).test(name));
      }),
    );
  });
});
