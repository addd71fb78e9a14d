import { createInstance, type FormatterModule, type i18n, type Resource, type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { type Formats, formatsFor, type Language } from './format.ts';

export type { Formats, Language } from './format.ts';

/** Whether to say "vous" in French or English when the person chose nothing: what the system speaks, else French. */
export function languageOf(chosen: 'system' | Language, system: Language): Language {
  return chosen === 'system' ? system : chosen;
}

/** What texts are made with: the translation of keys, and dates, sizes and lists as the language writes them. */
export interface Words {
  readonly t: TFunction<typeof NAMESPACES>;
  readonly format: Formats;
}

/** A text that is made when it is shown, in the language of that moment. */
export type Phrase = (words: Words) => string;

/** The dictionaries of one program page: namespaces a language. */
export type Dictionaries = Readonly<Record<Language, Resource[string]>>;

/**
 * Starts the translations of a page with its dictionaries. French is the source language and what a missing
 * English text falls back to; nothing is escaped since React does it.
 */
export function startI18n(language: Language, dictionaries: Dictionaries): i18n {
  const instance = createInstance();
  instance.use(initReactI18next);
  instance.use(figures);
  void instance.init({
    lng: language,
    fallbackLng: 'fr',
    resources: dictionaries,
    defaultNS: 'common',
    ns: Object.keys(dictionaries.fr),
    initAsync: false,
    interpolation: { escapeValue: false, alwaysFormat: true },
    returnNull: false,
  });
  document.documentElement.lang = language;
  instance.on('languageChanged', (next) => {
    document.documentElement.lang = next;
  });
  return instance;
}

/** Figures within a text are written as the language writes them; what is a text already stays as it is. */
const figures: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language) =>
    typeof value === 'number' ? formats(language === 'en' ? 'en' : 'fr').count(value) : String(value),
};

/** Every namespace, so that a key of each is known wherever it stands. */
const NAMESPACES = [
  'common',
  'app',
  'signin',
  'salons',
  'chat',
  'files',
  'calls',
  'services',
  'downloads',
  'settings',
  'diagnostics',
  'errors',
] as const;

const known = new Map<Language, Formats>();

function formats(language: Language): Formats {
  const existing = known.get(language);
  if (existing) return existing;
  const made = formatsFor(language);
  known.set(language, made);
  return made;
}

/** The words of the language that an instance speaks now, for what is no component. */
export function wordsOf(instance: i18n): Words {
  return {
    t: instance.getFixedT(null, NAMESPACES),
    format: formats(instance.language === 'en' ? 'en' : 'fr'),
  };
}

/** The words and formats of the person's language, for a component. */
export function useWords(): Words {
  const { t, i18n: instance } = useTranslation(NAMESPACES);
  return { t, format: formats(instance.language === 'en' ? 'en' : 'fr') };
}
