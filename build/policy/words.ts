import { z } from 'zod';
import type { Category, Form, Setting } from '../../main/policy/schema/setting.ts';
import type { SettingId } from '../../main/policy/schema/table.ts';
import en from '../../main/policy/texts/en.json' with { type: 'json' };
import fr from '../../main/policy/texts/fr.json' with { type: 'json' };

/** What is said of a setting. */
interface SettingText {
  readonly name: string;
  readonly explanation: string;
  /** A name for each word of a choice. */
  readonly options?: Readonly<Record<string, string>>;
}
/** What is said of all of them: an id without a text is a fault of types. */
interface Texts {
  readonly categories: Readonly<Record<Category, string>>;
  readonly settings: Readonly<Record<SettingId, SettingText>>;
}

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const TEXTS: Readonly<Record<Language, Texts>> = { fr, en };

/** What templates and tables say around the texts. */
export const FRAME = {
  fr: {
    culture: 'fr-FR',
    description: (product: string) => `Ce que l’administration décide pour ${product}.`,
    supported: (product: string, version: string) => `${product} ${version} ou plus récent`,
    without: (usual: string) => `Sans décision\u202f: ${usual}.`,
    nothing: 'rien',
    yes: 'oui',
    no: 'non',
    scope: { machine: 'PC', user: 'compte', both: 'PC, compte' },
    form: { flag: 'oui ou non', number: 'nombre', choice: 'un mot', text: 'texte', list: 'liste' },
    columns: ['clé', 'nom', 'ce qui est décidé', 'valeurs', 'sans décision', 'pour', 'depuis'],
    title: 'Tous les réglages',
    generated: 'Cette page est produite par `npm run policy`\u202f; elle suit le code.',
  },
  en: {
    culture: 'en-US',
    description: (product: string) => `What administrators decide for ${product}.`,
    supported: (product: string, version: string) => `${product} ${version} or newer`,
    without: (usual: string) => `Without a decision: ${usual}.`,
    nothing: 'nothing',
    yes: 'yes',
    no: 'no',
    scope: { machine: 'PC', user: 'account', both: 'PC, account' },
    form: { flag: 'yes or no', number: 'number', choice: 'one word', text: 'text', list: 'list' },
    columns: ['key', 'name', 'what is decided', 'values', 'without a decision', 'for', 'since'],
    title: 'All settings',
    generated: 'This page is made by `npm run policy`; it follows the code.',
  },
} as const;

const Written = z.union([z.boolean(), z.number(), z.string(), z.array(z.string()), z.null()]);
/** A value in a policy file. */
export type Written = z.infer<typeof Written>;

/** The usual value as it would be written in a policy file; null where nothing stands for it. */
export function usualWritten({ form, usual }: Pick<Setting, 'form' | 'usual'>): Written {
  return form.as === 'text' ? form.usual : Written.parse(usual);
}

/** The usual value in words. */
export function usualInWords(setting: Setting, id: SettingId, language: Language): string {
  const { yes, no, nothing } = FRAME[language];
  const written = usualWritten(setting);
  if (written === null) return nothing;
  if (typeof written === 'boolean') return written ? yes : no;
  if (Array.isArray(written)) return written.length === 0 ? nothing : written.join(', ');
  const word = String(written);
  return TEXTS[language].settings[id].options?.[word] ?? word;
}

/** What may be written, for a table. */
export function valuesInWords(form: Form, id: SettingId, language: Language): string {
  const { options } = TEXTS[language].settings[id];
  switch (form.as) {
    case 'choice':
      return form.options.map((word) => `\`${word}\` (${options?.[word] ?? word})`).join(', ');
    case 'number':
      return `${form.min} – ${form.max}`;
    case 'flag':
    case 'text':
    case 'list':
      return FRAME[language].form[form.as];
  }
}
