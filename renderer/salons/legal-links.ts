import { useWords } from '../i18n/index.ts';
import { useBrand } from './use-brand.ts';

/** A page about the program that the organisation offers. */
export interface LegalLink {
  readonly name: string;
  readonly url: string;
}

/** Legal notice, accessibility statement and what is done with personal data: those that the brand has. */
export function useLegalLinks(): readonly LegalLink[] {
  const { t } = useWords();
  const { legal, accessibility, privacy } = useBrand().links;
  const all = [
    { name: t('common:legalNotice'), url: legal },
    { name: t('common:accessibility'), url: accessibility },
    { name: t('common:privacy'), url: privacy },
  ];
  return all.flatMap(({ name, url }) => (url === null ? [] : [{ name, url }]));
}
