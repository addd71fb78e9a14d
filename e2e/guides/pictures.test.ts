import { describe, expect, it } from 'vitest';
import { ENGLISH_ONLY, guides, picturesIn, TWINS } from './guides.ts';
import { keptPictures, readNotes } from './kept.ts';
import { SHOTS } from './pictures.ts';

const made = SHOTS.map(({ file }) => file).toSorted();
const shown = [...(await guides()), 'README.md'].flatMap(picturesIn);

/** Words that stand in nearly every sentence of one language and in none of the other. */
const WORDS = { fr: /\b(?:le|la|les|une|des|et|avec)\b/i, en: /\b(?:the|of|and|with)\b/i };

describe('the pictures of the guides', () => {
  it('are those that are made', async () => {
    expect(await keptPictures()).toEqual(made);
    expect(Object.keys((await readNotes()).words).toSorted()).toEqual(made);
  });

  it('are all shown, and no other is', () => {
    expect([...new Set(shown.map(({ file }) => file))].toSorted()).toEqual(made);
  });

  it('speak the language of their guide', () => {
    const wrong = shown.filter(({ guide, file }) => {
      const other =
        TWINS.some(([english]) => english === guide) || ENGLISH_ONLY.includes(guide) ? 'fr' : 'en';
      return file.endsWith(`-${other}.png`);
    });
    expect(wrong).toEqual([]);
  });

  it('are told in that language to people who do not see them', () => {
    const untold = shown.filter(({ file, alternative }) => {
      const [own, other] = file.endsWith('-fr.png') ? [WORDS.fr, WORDS.en] : [WORDS.en, WORDS.fr];
      return alternative.length < 40 || !own.test(alternative) || other.test(alternative);
    });
    expect(untold).toEqual([]);
  });
});
