import type { Settings } from '../../preload/contract/settings.ts';

/** Chromium's names of the languages that words are checked in, by what was chosen. */
const LANGUAGES: Readonly<Record<Settings['spelling'], readonly string[]>> = {
  off: [],
  fr: ['fr'],
  en: ['en-GB'],
  both: ['fr', 'en-GB'],
};

/** The languages that a choice means; none: words are not checked. */
export function languagesOf(choice: Settings['spelling']): string[] {
  return [...LANGUAGES[choice]];
}

/**
 * The file of a dictionary that Chromium asks for: it names language, region and a version of its own
 * (`/fr-fr-3-0.bdic`), which other versions of Chromium name otherwise. Null for any but ours: that of another region, which
 * a person's system may have, is none of ours.
 */
export function dictionaryAsked(path: string): string | null {
  const language = /^\/(fr-fr|en-gb)-[\d-]+\.bdic$/i.exec(path)?.[1]?.toLowerCase();
  if (language === undefined) return null;
  return language === 'fr-fr' ? 'fr.bdic' : 'en-gb.bdic';
}
