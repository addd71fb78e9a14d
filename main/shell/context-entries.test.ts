import { expect, it } from 'vitest';
import { type Clicked, type ContextEntry, contextEntries } from './context-entries.ts';

const nothing: Clicked = {
  isEditable: false,
  misspelledWord: '',
  dictionarySuggestions: [],
  selectionText: '',
  linkURL: '',
  mediaType: 'none',
  hasImageContents: false,
  srcURL: '',
  editFlags: { canCut: false, canCopy: false, canPaste: true, canSelectAll: true },
};
const entries = (clicked: Partial<Clicked>): ContextEntry[] => contextEntries({ ...nothing, ...clicked });
const kinds = (clicked: Partial<Clicked>): string[] => entries(clicked).map(({ kind }) => kind);

it('there is no menu where there is nothing to do', () => {
  expect(entries({})).toEqual([]);
  expect(entries({ selectionText: '  ' })).toEqual([]);
});

it('a misspelled word comes first, with what may have been meant', () => {
  expect(
    entries({ isEditable: true, misspelledWord: 'bonjoure', dictionarySuggestions: ['bonjour'] }).slice(0, 3),
  ).toEqual([
    { kind: 'suggestion', word: 'bonjour' },
    { kind: 'add-word', word: 'bonjoure' },
    { kind: 'line' },
  ]);
  expect(kinds({ isEditable: true, misspelledWord: 'xyzt' }).slice(0, 2)).toEqual([
    'no-suggestion',
    'add-word',
  ]);
});

it('a field can be edited as far as it can be', () => {
  expect(entries({ isEditable: true })).toEqual([
    { kind: 'cut', enabled: false },
    { kind: 'copy', enabled: false },
    { kind: 'paste', enabled: true },
    { kind: 'paste-plain', enabled: true },
    { kind: 'select-all', enabled: true },
  ]);
});

it('chosen words can be copied, also beside a link', () => {
  expect(kinds({ selectionText: 'mairie', linkURL: 'https://ville.example/' })).toEqual([
    'copy',
    'line',
    'open-link',
    'copy-link',
  ]);
});

it('an address of mail is copied without its scheme; what is no link for people has no entries', () => {
  expect(entries({ linkURL: 'mailto:ana%40ville.example?subject=x' })).toEqual([
    { kind: 'copy-address', address: 'ana@ville.example' },
  ]);
  expect(entries({ linkURL: 'mailto:%E0%A4%A' })).toEqual([{ kind: 'copy-address', address: '%E0%A4%A' }]);
  expect([
    entries({ linkURL: 'javascript:alert(1)' }),
    entries({ linkURL: 'blob:traboule://app/1' }),
  ]).toEqual([[], []]);
});

it('a picture can be copied and kept, unless it is the program’s own or did not come', () => {
  const picture = { mediaType: 'image', hasImageContents: true, srcURL: 'blob:traboule://app/1' } as const;
  expect(kinds(picture)).toEqual(['copy-picture', 'save-picture']);
  expect(entries({ ...picture, srcURL: 'traboule://app/logo.svg' })).toEqual([]);
  expect(entries({ ...picture, hasImageContents: false })).toEqual([]);
});
