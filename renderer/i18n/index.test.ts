// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { dictionaries } from './dictionaries.ts';
import { languageOf, startI18n, wordsOf } from './index.ts';

const page = { documentElement: { lang: '' } };
Object.assign(globalThis, { document: page });

describe('texts', () => {
  it('write figures as the language does and choose its plural', () => {
    const { t } = wordsOf(startI18n('fr', dictionaries));
    expect(t('common:files', { count: 1 })).toBe('1 fichier');
    expect(t('common:files', { count: 1284 }).replaceAll(/\s/gu, ' ')).toBe('1 284 fichiers');
    expect(t('common:files', { count: 0 })).toBe('0 fichier');
    expect(wordsOf(startI18n('en', dictionaries)).t('common:files', { count: 1284 })).toBe('1,284 files');
  });

  it('tell the page its language, for screen readers and hyphenation', async () => {
    const i18n = startI18n('fr', dictionaries);
    expect(page.documentElement.lang).toBe('fr');
    await i18n.changeLanguage('en');
    expect(page.documentElement.lang).toBe('en');
  });

  it('follow the system until the person chose a language', () => {
    expect(languageOf('system', 'en')).toBe('en');
    expect(languageOf('fr', 'en')).toBe('fr');
  });
});
