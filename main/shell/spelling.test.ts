import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Settings } from '../../preload/contract/settings.ts';
import { silentLog } from '../log/silent.ts';
import { checkSpelling } from './spelling.ts';

const DICTIONARIES = join(import.meta.dirname, '../../assets/dictionaries');

/** What Chromium does of it: it takes languages and an address, and says which dictionary it did not get. */
class Spelled extends EventEmitter {
  enabled = false;
  languages: string[] = [];
  address = '';
  setSpellCheckerEnabled(enabled: boolean): void {
    this.enabled = enabled;
  }
  setSpellCheckerLanguages(languages: string[]): void {
    this.languages = languages;
  }
  setSpellCheckerDictionaryDownloadURL(address: string): void {
    this.address = address;
  }
  lacks(language: string): void {
    this.emit('spellcheck-dictionary-download-failure', {}, language);
  }
}

let pages: Spelled;
let choose: (spelling: Settings['spelling']) => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  pages = new Spelled();
  const settings = new EventEmitter();
  const values = { spelling: 'fr' as Settings['spelling'] };
  checkSpelling(pages, {
    dictionaries: DICTIONARIES,
    settings: { view: () => ({ values }), onChange: (listener) => settings.on('change', listener) },
    log: silentLog,
  });
  choose = (spelling) => {
    values.spelling = spelling;
    settings.emit('change');
  };
});
afterEach(() => {
  // Ends the server that is open.
  vi.runAllTimers();
  vi.useRealTimers();
});

const isServed = async (name: string): Promise<boolean> => (await fetch(pages.address + name)).ok;
const opened = () => vi.waitFor(() => expect(pages.address).toMatch(/^http:\/\/127\.0\.0\.1:\d{3,}\/$/));
const closed = (): void => {
  vi.advanceTimersByTime(30_000);
  expect(pages.address).toBe('http://127.0.0.1:1/');
};

it('follows what is chosen', () => {
  expect(pages).toMatchObject({ enabled: true, languages: ['fr'] });
  choose('off');
  expect(pages).toMatchObject({ enabled: false, languages: [] });
});

it('hands out a dictionary when Chromium lacks it, for half a minute', async () => {
  pages.lacks('fr');
  await opened();
  expect(pages.languages).toEqual(['fr']);
  expect(await isServed('fr-fr-3-0.bdic')).toBe(true);
  const { address } = pages;
  closed();
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

it('hands out that of a language that is chosen much later too', async () => {
  pages.lacks('fr');
  await opened();
  closed();
  choose('both');
  pages.lacks('en-GB');
  await opened();
  expect(pages.languages).toEqual(['fr', 'en-GB']);
  expect(await isServed('en-gb-10-1.bdic')).toBe(true);
});
