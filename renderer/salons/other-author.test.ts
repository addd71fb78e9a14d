import { expect, it } from 'vitest';
import type { FileAuthor } from '../../preload/contract/files.ts';
import { otherAuthor } from './other-author.ts';

const by = (path: string, name: string): [string, FileAuthor] => [
  path,
  { path, author: { kind: 'other', name }, at: 1 },
];
const authors = new Map([by('Plans/Été.pdf', 'Karim'), by('Plans/été.pdf', 'Claire')]);

it('names who wrote the file of that very name, else one that differs in capitals only', () => {
  const nameOf = (path: string) => otherAuthor(authors, path)?.author;
  expect(nameOf('Plans/été.pdf')).toMatchObject({ name: 'Claire' });
  expect(nameOf('Plans/ÉTÉ.pdf')).toMatchObject({ name: 'Karim' });
});

it('names nobody where nobody is known', () => {
  expect(otherAuthor(authors, 'été.pdf')).toBeNull();
});
