import { describe, expect, it } from 'vitest';
import { findDictionaryFaults, frenchFaults, type Texts } from './i18n-dictionaries.ts';
import { findUseFaults } from './i18n-use.ts';

const whole: Texts = {
  fr: {
    'chat:send': 'Envoyer',
    'chat:files_one': '{{count}} fichier',
    'chat:files_many': '{{count}} de fichiers',
    'chat:files_other': '{{count}} fichiers',
  },
  en: { 'chat:send': 'Send', 'chat:files_one': '{{count}} file', 'chat:files_other': '{{count}} files' },
};
const faultsOf = (change: { fr?: Record<string, string>; en?: Record<string, string> }) =>
  findDictionaryFaults({ fr: { ...whole.fr, ...change.fr }, en: { ...whole.en, ...change.en } });

const source = (text: string, namespace: string | null = null) => ({ text, namespace });

describe('the dictionaries', () => {
  it('pass when both are whole', () => {
    expect(findDictionaryFaults(whole)).toEqual([]);
  });

  it('need each text in both languages', () => {
    expect(faultsOf({ fr: { 'chat:stop': 'Arrêter' } })).toEqual(['en chat:stop: missing']);
    expect(faultsOf({ en: { 'chat:stop': 'Stop' } })).toEqual(['fr chat:stop: missing']);
  });

  it('need the plural forms that the language has', () => {
    const { 'chat:files_many': _, ...fr } = whole.fr;
    expect(findDictionaryFaults({ ...whole, fr })).toEqual(['fr chat:files: no form for "many"']);
  });

  it('fill in the same things', () => {
    expect(faultsOf({ fr: { 'chat:send': 'Envoyer à {{name}}' } })).toEqual([
      'chat:send: fr fills in {{name}}, en ',
    ]);
  });

  it('never show words of the machine room', () => {
    expect(faultsOf({ fr: { 'chat:send': 'Le homeserver est absent' } })[0]).toContain(
      '"homeserver" is a word we never show',
    );
    expect(faultsOf({ fr: { 'chat:send': 'Quitter la room' } })[0]).toContain('"room"');
    expect(faultsOf({ fr: { 'chat:send': 'Le grand salon synchronisé' } })).toEqual([]);
  });
});

describe('French', () => {
  it.each([
    ['Un mot : deux', 'before'],
    ['Un mot: deux', 'before'],
    ['Vraiment?', 'before'],
    ['« Plan »', 'after «'],
    ["L'appel", 'apostrophe'],
    ['Envoi...', '…'],
    ['Deux  espaces', 'two spaces'],
    ['Le "plan"', '« »'],
    ['Bravo\u202f!', 'exclamation'],
  ])('finds what is wrong with %s', (text, fault) => {
    expect(frenchFaults(text).join()).toContain(fault);
  });

  it.each([
    'Un mot\u202f: deux',
    '«\u202fPlan\u202f» a été modifié',
    'L’appel est à 10:42',
    'Merci\u202f!',
    'Voir https://exemple.fr/a?b=c maintenant',
    'Sans les signes \\ /\u202f: *\u202f? " < > |.',
  ])('accepts %s', (text) => {
    expect(frenchFaults(text)).toEqual([]);
  });
});

describe('the use of texts', () => {
  it('finds a key that has no text', () => {
    expect(
      findUseFaults(whole, [source("t('chat:send'); t('chat:files', { count }); t('chat:stop')")], []),
    ).toEqual(['chat:stop: named in a source, but no text']);
  });

  it('finds a text that nothing names', () => {
    expect(findUseFaults(whole, [source("t('chat:send')")], [])).toEqual([
      'chat:files: a text that nothing names',
    ]);
  });

  it('knows that a page with one namespace leaves it out', () => {
    const text = { 'call:leave': 'x', 'call:camera.on': 'x', 'call:camera.off': 'x', 'call:gone': 'x' };
    const sources = [source("t('leave'); t(`camera.${state}`)", 'call')];
    expect(findUseFaults({ fr: text, en: text }, sources, [])).toEqual([
      'call:gone: a text that nothing names',
    ]);
  });

  it('understands keys with a part that is filled in, groups, and keys that the contract makes', () => {
    const text = {
      'errors:a.b.title': 'x',
      'chat:event.joined': 'x',
      'chat:file.kept': 'x',
      'errors:z.title': 'x',
    };
    const sources = [
      source('t(`chat:event.${change}`)'),
      source('const key = `errors:a.${code}` as const; t(`${key}.title`)'),
      source("group('chat:file')"),
    ];
    expect(findUseFaults({ fr: text, en: text }, sources, ['errors:z.title'])).toEqual([]);
  });
});
