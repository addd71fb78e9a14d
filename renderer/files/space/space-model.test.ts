import { expect, test } from 'vitest';
import { bytesOf, unwantedAfter } from './space-model.ts';

const folder = (salonId: string, path: string) => ({ salonId, path, files: 3, bytes: 10, unsent: 0 });

test('what leaves is added to what is not wanted already, for each salon once', () => {
  const leaving = [folder('a', 'Films'), folder('a', 'Plans'), folder('b', ''), folder('gone', 'x')];
  const folders = [
    { salonId: 'a', unwanted: ['Plans/Old', 'Notes'] },
    { salonId: 'b', unwanted: ['Photos'] },
    { salonId: 'c', unwanted: [] },
  ];
  expect([...unwantedAfter(leaving, folders)]).toEqual([
    ['a', ['Films', 'Notes', 'Plans']],
    ['b', ['']],
  ]);
  expect(bytesOf(leaving)).toBe(40);
});
