import { expect, test } from 'vitest';
import { files } from './files.ts';
import { FileName } from './names.ts';

test('only names that are possible everywhere pass', () => {
  const passes = (name: string) => FileName.safeParse(name).success;
  const good = ['plan.pdf', '.profile', 'Été 2026 (v2).odt', 'console.txt', 'a'.repeat(255)];
  const bad = ['', '.', '..', 'a/b', 'a\\b', 'a:b', 'a?', 'a*', 'a.', 'a ', ' a', 'CON', 'nul.txt', 'a\nb'];
  expect(good.filter((name) => !passes(name))).toEqual([]);
  expect([...bad, 'é'.repeat(128), '\ud800'].filter(passes)).toEqual([]);
});

test('a salon’s folder itself gets no other name', () => {
  const { request } = files.requests.rename;
  const passes = (path: string) => request.safeParse({ salonId: '!a', path, name: 'b' }).success;
  expect(passes('a')).toBe(true);
  expect(passes('')).toBe(false);
});
