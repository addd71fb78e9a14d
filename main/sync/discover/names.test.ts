import { expect, test } from 'vitest';
import { localNameProblem, remoteNameProblem } from './names.ts';

test.each(['a:b', 'CON', 'con.txt', 'lpt1', 'x.', 'x ', 'a?', 'tab\there'])(
  'Windows can’t hold %j, Linux can',
  (name) => {
    expect(localNameProblem(name, { windows: true })).toBe('nameNotHeldHere');
    expect(localNameProblem(name, { windows: false })).toBeUndefined();
  },
);

test.each(['..', '.', 'a/b', 'nul\0'])('no computer can hold %j', (name) => {
  expect(localNameProblem(name, { windows: false })).toBe('nameNotHeldHere');
});

test('names that are too long, no text, or refused by every server are told apart', () => {
  expect(localNameProblem('é'.repeat(128), { windows: false })).toBe('nameTooLong');
  expect(remoteNameProblem('x'.repeat(251))).toBe('nameTooLong');
  expect(remoteNameProblem('bad \uFFFD')).toBe('notUnicode');
  expect(remoteNameProblem('back\\slash')).toBe('nameRefusedByServer');
  expect(remoteNameProblem('line\nbreak')).toBe('nameRefusedByServer');
  expect(remoteNameProblem('été 🎉 : ? *.txt')).toBeUndefined();
});
