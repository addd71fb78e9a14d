import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type DictionaryServer, serveDictionaries } from './dictionary-server.ts';
import { dictionaryAsked, languagesOf } from './languages.ts';

const FOLDER = join(import.meta.dirname, '../../assets/dictionaries');

it('words are checked in the languages that were chosen', () => {
  expect([languagesOf('both'), languagesOf('fr'), languagesOf('en'), languagesOf('off')]).toEqual([
    ['fr', 'en-GB'],
    ['fr'],
    ['en-GB'],
    [],
  ]);
});

it.each([
  ['/fr-fr-3-0.bdic', 'fr.bdic'],
  ['/fr-FR-12-4.bdic', 'fr.bdic'],
  ['/en-gb-10-1.bdic', 'en-gb.bdic'],
  ['/de-de-3-0.bdic', null],
  ['/en-us-10-1.bdic', null],
  ['/../fr-fr-3-0.bdic', null],
  ['/fr.bdic', null],
  ['/', null],
])('Chromium’s %s is our %s', (path, file) => {
  expect(dictionaryAsked(path)).toBe(file);
});

// Chromium refuses a dictionary whose sum is wrong, and then has none: header of 32 bytes, sum of what follows in it.
it.each(['fr.bdic', 'en-gb.bdic'])('%s is whole and in the form that Chromium reads', async (name) => {
  const bytes = await readFile(join(FOLDER, name));
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('BDic');
  expect([bytes.readUInt16LE(4), bytes.readUInt16LE(6)]).toEqual([2, 0]);
  const after = bytes.readUInt32LE(8);
  expect(bytes.subarray(16, 32)).toEqual(createHash('md5').update(bytes.subarray(after)).digest());
});

describe('the server', () => {
  let server: DictionaryServer;
  afterEach(() => server.close());

  it('hands out dictionaries to this computer only, and nothing else', async () => {
    server = await serveDictionaries(FOLDER);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const answer = await fetch(`${server.url}fr-fr-3-0.bdic`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(await readFile(join(FOLDER, 'fr.bdic')));
    expect((await fetch(`${server.url}README.md`)).status).toBe(404);
    expect((await fetch(`${server.url}fr-fr-3-0.bdic`, { method: 'POST' })).status).toBe(404);
  });

  it('says so when a dictionary is not in the package', async () => {
    server = await serveDictionaries(join(FOLDER, 'nowhere'));
    expect((await fetch(`${server.url}fr-fr-3-0.bdic`)).status).toBe(500);
  });
});
