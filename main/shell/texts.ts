import en from './texts/en.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

export type Language = 'fr' | 'en';
export type TextKey = keyof typeof fr;

/** Main's own few words (menu, tray, notifications, dialogs), with `{name}` replaced by a value. */
export type Texts = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const DICTIONARIES: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { fr, en };

/** The words of one language; `values` are those that every text may name (`{product}`). */
export function createTexts(language: () => Language, usual: Readonly<Record<string, string>>): Texts {
  return (key, values = {}) =>
    DICTIONARIES[language()][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? usual[name] ?? whole),
    );
}

/** The language in force: the person's choice, else French or English as the system speaks (any other: French). */
export function languageOf(chosen: Language | 'system', systemLocale: string): Language {
  if (chosen !== 'system') return chosen;
  return systemLocale.toLowerCase().startsWith('en') ? 'en' : 'fr';
}
