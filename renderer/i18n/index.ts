import { createInstance, type FormatterModule, type i18n, type Resource, type TFunction } from 'i18next';
import { createContext, useContext } from 'react';
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

/** The words of each instance, by language. */
const spoken = new WeakMap<i18n, Map<string, Words>>();

/** The words of the language that an instance speaks now; always the same for a language. */
export function wordsOf(instance: i18n): Words {
  const { language } = instance;
  const languages = spoken.get(instance) ?? new Map<string, Words>();
  spoken.set(instance, languages);
  const words = languages.get(language) ?? {
    t: remembering(instance.getFixedT(language, NAMESPACES)),
    format: formats(language === 'en' ? 'en' : 'fr'),
  };
  languages.set(language, words);
  return words;
}

/**
 * The same translation, which looks a text up once that nothing is put into. i18next takes its time to look one up, and
 * the first screen asks 1,600 times for 85 texts: a seventh of the page's work in a restart (docs/performance.md).
 */
function remembering(translate: Words['t']): Words['t'] {
  const texts = new Map<string, string>();
  return new Proxy(translate, {
    apply: (_, self, args: Parameters<Words['t']>) => {
      const [key] = args;
      if (args.length > 1 || typeof key !== 'string') return Reflect.apply(translate, self, args);
      const text = texts.get(key) ?? String(Reflect.apply(translate, self, args));
      texts.set(key, text);
      return text;
    },
  });
}

/** Where components find the words of the person's language (`words-provider.tsx`). */
export const WordsContext = createContext<Words | null>(null);

/** The words and formats of the person's language, for a component. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('there is no WordsProvider around this component');
  return words;
}
