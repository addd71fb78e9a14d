import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import enCall from '../../i18n/en/call.json';
import enCommon from '../../i18n/en/common.json';
import frCall from '../../i18n/fr/call.json';
import frCommon from '../../i18n/fr/common.json';

/** The texts of the call window: its own, and those that every page has. */
export const callDictionaries = {
  fr: { common: frCommon, call: frCall },
  en: { common: enCommon, call: enCall },
};

declare module 'i18next' {
  interface ResourceNamespaceMap {
    call: typeof frCall;
  }
}

export type CallWords = TFunction<['call', 'common']>;

/** The translation of the call window's keys; `common:` stands before those that every page has. */
export function useCallWords(): CallWords {
  return useTranslation(['call', 'common']).t;
}

/** A person's name, or words for somebody who gave none. */
export function nameOf(person: { readonly name: string }, t: CallWords): string {
  return person.name.trim() === '' ? t('guest') : person.name;
}
