import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { localName, localPath } from '../model/paths.ts';
import { joinName } from './join-name.ts';

test.each(['..\\..\\Users', 'plans\\a.txt', 'plans\\', '\\', 'C:', 'C:a.txt', '..', '.', '', 'a/b'])(
  'on Windows %j is no name in a folder',
  (name) => {
    const join = (): unknown => joinName(localPath('D:\\Salons'), localName(name), win32);
    expect(join).toThrow(expect.objectContaining({ name: 'LocalFailure', code: 'outside' }));
  },
);

test('on Windows a name stands below its folder, or below a drive', () => {
  expect(joinName(localPath('D:\\Salons'), localName('..a.txt'), win32)).toBe('D:\\Salons\\..a.txt');
  expect(joinName(localPath('D:\\'), localName('été'), win32)).toBe('D:\\été');
});

test('elsewhere a backslash is part of a name, and a slash is not', () => {
  expect(joinName(localPath('/salons'), localName('..\\a'), posix)).toBe('/salons/..\\a');
  expect(joinName(localPath('/'), localName('C:a'), posix)).toBe('/C:a');
  expect(() => joinName(localPath('/salons'), localName('../a'), posix)).toThrow(
    expect.objectContaining({ code: 'outside' }),
  );
});
