import { describe, expect, it } from 'vitest';
import { members } from '../../e2e/gallery/world/people.ts';
import { completed, mentionAt, mentionedIn, suggestions } from './mentions.ts';

describe('a name being typed after @', () => {
  it.each([
    ['@', 1, { from: 0, typed: '' }],
    ['Merci @kar', 10, { from: 6, typed: 'kar' }],
    ['(@Jean-Ba', 9, { from: 1, typed: 'Jean-Ba' }],
    ['@Yann Le G', 10, { from: 0, typed: 'Yann Le G' }],
    ['@kar et plus', 4, { from: 0, typed: 'kar' }],
  ])('is found in %s', (text, caret, start) => {
    expect(mentionAt(text, caret)).toEqual(start);
  });

  it.each([
    ['écrire à nom@exemple.fr', 23],
    ['@ perdu', 7],
    ['sans arobase', 5],
    ['@kar\nla suite', 13],
  ])('is not found in %s', (text, caret) => {
    expect(mentionAt(text, caret)).toBeNull();
  });
});

describe('suggestions', () => {
  const names = (typed: string) => suggestions(members, typed).map(({ name }) => name);

  it('begin a name or one of its words, without minding accents', () => {
    expect(names('ines')).toEqual(['Inès Navarro']);
    expect(names('faure')).toEqual(['Élodie Faure']);
    expect(names('delacroix')).toEqual(['Jean-Baptiste Delacroix-Montgolfier']);
    expect(names('zz')).toEqual([]);
  });

  it('are few', () => {
    expect(names('').length).toBeLessThanOrEqual(6);
  });
});

describe('a chosen name', () => {
  it('takes the place of what was typed, with one space after it', () => {
    expect(completed('Merci @kar !', { from: 6, typed: 'kar' }, 'Karim Mansouri')).toEqual({
      text: 'Merci @Karim Mansouri !',
      caret: 22,
    });
  });
});

describe('who is mentioned', () => {
  it('is who stands after an @, a longer name before a shorter one that it begins with', () => {
    const people = [
      { userId: '@a:x', name: 'Karim', partnerOf: null, avatar: null },
      { userId: '@b:x', name: 'Karim Mansouri', partnerOf: null, avatar: null },
    ];
    expect(mentionedIn('@Karim Mansouri peut-il voir ?', people)).toEqual(['@b:x']);
    expect(mentionedIn('@Karim et @Karim Mansouri', people).toSorted()).toEqual(['@a:x', '@b:x']);
    expect(mentionedIn('Karim Mansouri sans arobase', people)).toEqual([]);
  });
});
