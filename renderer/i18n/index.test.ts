// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dictionaries } from './dictionaries.ts';
import { type Language, languageOf, startI18n, wordsOf } from './index.ts';

const page = { documentElement: { lang: '' } };
// Files of a worker share its globals: the next one has no page.
beforeAll(() => vi.stubGlobal('document', page));
afterAll(() => vi.unstubAllGlobals());

/** The keys of all texts, however deep: `event.created`. */
function keysOf(texts: object): string[] {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'object' ? keysOf(text).map((rest) => `${key}.${rest}`) : [key],
  );
}

function asKey(key: string): 'common:continue' {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was read from a dictionary; all are said alike
  return key as 'common:continue';
}

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

  it.each<Language>(['fr', 'en'])('are said from memory as they were looked up: %s', (language) => {
    const i18n = startI18n(language, dictionaries);
    const { t } = wordsOf(i18n);
    const keys = Object.entries(dictionaries[language]).flatMap(([namespace, texts]) =>
      keysOf(texts).map((key) => asKey(`${namespace}:${key}`)),
    );
    expect(keys.length).toBeGreaterThan(1000);
    const looked = keys.map((key) => i18n.t(key));
    expect(keys.map((key) => t(key))).toEqual(looked);
    expect(keys.map((key) => t(key))).toEqual(looked);
  });

  it('are those of the language that was chosen last, and the same words as long as it stays', async () => {
    const i18n = startI18n('fr', dictionaries);
    const french = wordsOf(i18n);
    expect(french.t('common:continue')).toBe('Continuer');
    await i18n.changeLanguage('en');
    expect(wordsOf(i18n).t('common:continue')).toBe('Continue');
    expect(french.t('common:continue')).toBe('Continuer');
    await i18n.changeLanguage('fr');
    expect(wordsOf(i18n)).toBe(french);
  });

  it('follow the system until the person chose a language', () => {
    expect(languageOf('system', 'en')).toBe('en');
    expect(languageOf('fr', 'en')).toBe('fr');
  });
});
