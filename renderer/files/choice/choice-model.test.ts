import { array, assert, boolean, constantFrom, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { leaving, shareOf, takeBack, turnAway, type Unwanted } from './choice-model.ts';

const tree: Readonly<Record<string, readonly string[]>> = {
  '': ['a', 'b', 'ab'],
  a: ['a/x', 'a/y'],
  'a/x': ['a/x/1', 'a/x/2'],
};
const foldersIn = (path: string): readonly string[] => tree[path] ?? [];
const all = ['', ...Object.values(tree).flat()];

test('what is below a folder goes with it, and a name that only begins alike does not', () => {
  expect(turnAway('a', ['a/x', 'b'])).toEqual(['a', 'b']);
  expect(shareOf('a/x/1', ['a'])).toBe('none');
  expect(shareOf('ab', ['a'])).toBe('all');
  expect(shareOf('', ['a/x'])).toBe('some');
});

test('one folder of those that are away comes back alone', () => {
  expect(takeBack('a/x/1', ['a'], foldersIn)).toEqual(['a/x/2', 'a/y']);
  expect(takeBack('b', [''], foldersIn)).toEqual(['a', 'ab']);
  expect(takeBack('a', ['a/x', 'a/y', 'b'], foldersIn)).toEqual(['b']);
});

test('only what was wanted leaves', () => {
  expect(leaving(['a/x'], ['a'])).toEqual(['a']);
  expect(leaving(['a'], ['a/x', 'b'])).toEqual(['b']);
});

test('after each choice the folder is as it was chosen, and no path is below another', () => {
  const choice = record({ path: constantFrom(...all), isWanted: boolean() });
  assert(
    property(array(choice, { maxLength: 12 }), (choices) => {
      let unwanted: Unwanted = [];
      for (const { path, isWanted } of choices) {
        unwanted = isWanted ? takeBack(path, unwanted, foldersIn) : turnAway(path, unwanted);
        expect(shareOf(path, unwanted)).toBe(isWanted ? 'all' : 'none');
        for (const one of unwanted)
          expect(unwanted.filter((other) => shareOf(one, [other]) === 'none')).toEqual([one]);
      }
    }),
  );
});
