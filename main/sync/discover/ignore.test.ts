import { expect, test } from 'vitest';
import { ignoreTest } from './ignore.ts';

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
  expect(ignoreTest([])(name)).toBe(true);
});

test.each(['plan.odt', 'part', 'my.part.txt', 'desktop.ini.txt', 'lock#', 'a$b', 'x.DS_Store'])(
  'syncs %s',
  (name) => {
    expect(ignoreTest([])(name)).toBe(false);
  },
);

test('takes patterns of the user, in which dots and brackets stand for themselves', () => {
  const isIgnored = ignoreTest(['*.b?k', '[draft]*']);
  expect(['a.bak', 'a.BOK', '[draft] x'].every(isIgnored)).toBe(true);
  expect(['a.back', 'axbak', 'd x'].some(isIgnored)).toBe(false);
});
