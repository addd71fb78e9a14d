import type { ProblemCode } from '../../preload/contract/files.ts';

/** Bytes of UTF-8 that every server in use takes, with room for what programs add. */
const LONGEST_NAME = 200;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A name that is possible everywhere and as like the old one as can be, to begin from. */
export function suggestedName(name: string, code: ProblemCode): string {
  const { stem, ending } = split(cleaned(name));
  const marked = code === 'name-clash' ? `${stem} (2)` : stem;
  return shortened(marked, LONGEST_NAME - bytesOf(ending)) + ending;
}

function cleaned(name: string): string {
  const plain = name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .replace(/^\s+/, '')
    .replace(/[\s.]+$/, '')
    .replace(RESERVED, '$1_');
  return plain === '' ? '-' : plain;
}

function split(name: string): { readonly stem: string; readonly ending: string } {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= 16
    ? { stem: name.slice(0, dot), ending: name.slice(dot) }
    : { stem: name, ending: '' };
}

function shortened(text: string, most: number): string {
  const letters = Array.from(text);
  while (letters.length > 1 && bytesOf(letters.join('')) > most) letters.pop();
  return letters.join('').trimEnd();
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
