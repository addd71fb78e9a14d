import { describe, expect, it } from 'vitest';
import { ProblemCode } from '../../preload/contract/files.ts';
import { errorWords } from '../i18n/error-words.ts';
import { wordsIn } from '../i18n/testing.ts';
import { actOf } from './problem-act.ts';

describe.each(['fr', 'en'] as const)('the problems in %s', (language) => {
  it.each(ProblemCode.options)('%s says what happened, what is kept, and what to do', (code) => {
    const { title, kept, action } = errorWords({ from: 'file', code, detail: '' }, wordsIn(language));
    for (const text of [title, kept, action]) {
      expect(text).toMatch(/^\p{Lu}[^{}]*$/u);
      expect(text).not.toMatch(/errors:|problem\.|etag|webdav|sync/i);
    }
    expect(kept).toMatch(/\.$/);
    expect(action).toMatch(/\.$/);
  });

  it('are told apart by their first words', () => {
    const titles = ProblemCode.options.map(
      (code) => errorWords({ from: 'file', code, detail: '' }, wordsIn(language)).title,
    );
    expect(new Set(titles).size).toBe(titles.length);
  });
});

it('each problem has the act that its words speak of', () => {
  const acts = Object.groupBy(ProblemCode.options, actOf);
  expect(acts.rename).toEqual(['name-not-allowed', 'name-too-long', 'name-not-here', 'name-clash']);
  expect(acts['ask-rights']).toEqual(['read-only-there']);
  expect(acts['free-here']).toEqual(['disk-full', 'limit-here']);
  expect(acts['free-there']).toEqual(['quota']);
});
