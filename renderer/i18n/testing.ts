import { createInstance } from 'i18next';
import { dictionaries } from './dictionaries.ts';
import type { Language } from './format.ts';
import { type Words, wordsOf } from './index.ts';

/** The texts of a language, for tests of what says something. */
export function wordsIn(language: Language): Words {
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: dictionaries,
    ns: Object.keys(dictionaries.fr),
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return wordsOf(instance);
}

/** The French texts. */
export const frenchWords: Words = wordsIn('fr');
