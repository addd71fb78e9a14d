import type { ContextMenuParams } from 'electron';

/** What a right click says of what lies under it. */
export type Clicked = Pick<
  ContextMenuParams,
  | 'isEditable'
  | 'misspelledWord'
  | 'dictionarySuggestions'
  | 'selectionText'
  | 'linkURL'
  | 'mediaType'
  | 'hasImageContents'
  | 'srcURL'
> & { readonly editFlags: Pick<ContextMenuParams['editFlags'], EditAct> };

type EditAct = 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll';

/** An entry of the menu of a right click. */
export type ContextEntry =
  | { readonly kind: 'suggestion'; readonly word: string }
  | { readonly kind: 'no-suggestion' | 'line' | 'copy-picture' }
  | { readonly kind: 'add-word'; readonly word: string }
  | { readonly kind: 'cut' | 'copy' | 'paste' | 'paste-plain' | 'select-all'; readonly enabled: boolean }
  | { readonly kind: 'open-link' | 'copy-link'; readonly url: string }
  | { readonly kind: 'copy-address'; readonly address: string }
  | { readonly kind: 'save-picture'; readonly url: string };

/** Pictures of the program itself (`traboule:`) are nobody's to keep. */
const KEEPABLE = /^(blob|https|data):/;

const LINE: ContextEntry = { kind: 'line' };

/**
 * What the menu of a right click has: spelling, what can be cut, copied or pasted there, a link, a picture. Groups are
 * kept apart by a line; none where there is nothing to do.
 */
export function contextEntries(clicked: Clicked): ContextEntry[] {
  const groups = [spelling(clicked), editing(clicked), link(clicked), picture(clicked)];
  return groups
    .filter((group) => group.length > 0)
    .reduce<ContextEntry[]>((all, group) => all.concat(all.length === 0 ? [] : LINE, group), []);
}

function spelling({ isEditable, misspelledWord: word, dictionarySuggestions }: Clicked): ContextEntry[] {
  if (!isEditable || word === '') return [];
  const suggestions = dictionarySuggestions.map((each) => ({ kind: 'suggestion' as const, word: each }));
  return [
    ...(suggestions.length > 0 ? suggestions : [{ kind: 'no-suggestion' as const }]),
    { kind: 'add-word', word },
  ];
}

function editing({ isEditable, selectionText, editFlags }: Clicked): ContextEntry[] {
  if (isEditable)
    return [
      { kind: 'cut', enabled: editFlags.canCut },
      { kind: 'copy', enabled: editFlags.canCopy },
      { kind: 'paste', enabled: editFlags.canPaste },
      { kind: 'paste-plain', enabled: editFlags.canPaste },
      { kind: 'select-all', enabled: editFlags.canSelectAll },
    ];
  return selectionText.trim() === '' ? [] : [{ kind: 'copy', enabled: true }];
}

function link({ linkURL: url }: Clicked): ContextEntry[] {
  const { protocol, pathname } = URL.parse(url) ?? {};
  if (protocol === 'mailto:' && pathname) return [{ kind: 'copy-address', address: unescaped(pathname) }];
  if (protocol !== 'https:' && protocol !== 'http:') return [];
  return [
    { kind: 'open-link', url },
    { kind: 'copy-link', url },
  ];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function picture({ mediaType, hasImageContents, srcURL: url }: Clicked): ContextEntry[] {
  if (mediaType !== 'image' || !hasImageContents || !KEEPABLE.test(url)) return [];
  return [{ kind: 'copy-picture' }, { kind: 'save-picture', url }];
}
