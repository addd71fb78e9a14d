import { createInstance } from 'i18next';
import { dictionaries } from './dictionaries.ts';
import { type Words, wordsOf } from './index.ts';

const instance = createInstance();
void instance.init({
  lng: 'fr',
  resources: dictionaries,
  ns: Object.keys(dictionaries.fr),
  defaultNS: 'common',
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** The French texts, for tests of what says something. */
export const frenchWords: Words = wordsOf(instance);
