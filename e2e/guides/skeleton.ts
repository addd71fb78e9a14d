/** What a line of a guide is, whatever it says: enough to see that two languages tell the same in the same order. */
export type Bone =
  | `heading ${number}`
  | `row of ${number}`
  | `picture ${string}`
  | 'item'
  | 'step'
  | 'code'
  | 'paragraph';

/** The lines of a guide without their words. A block of commands is one: comments in it may be longer in one language. */
export function skeletonOf(text: string): readonly Bone[] {
  const blocks = text.split(/^```.*$/m);
  return blocks.flatMap((block, index) => (index % 2 === 1 ? (['code'] as const) : bonesOf(block)));
}

function bonesOf(text: string): Bone[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [boneOf(line)]));
}

function boneOf(line: string): Bone {
  const heading = /^#+(?= )/.exec(line);
  if (heading) return `heading ${heading[0].length}`;
  const picture = /^\s*!\[.*\]\(.*\/(?<name>.+)-(?:fr|en)\.png\)$/.exec(line);
  if (picture) return `picture ${picture.groups?.['name'] ?? ''}`;
  if (line.startsWith('|')) return `row of ${line.replaceAll(/`[^`]*`/g, '').split('|').length - 2}`;
  if (/^\s*- /.test(line)) return 'item';
  return /^\s*\d+\. /.test(line) ? 'step' : 'paragraph';
}

/** The headings of a guide as links name them: the words in small letters, hyphens for spaces, no other sign. */
export function anchorsIn(text: string): ReadonlySet<string> {
  const headings = text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (?<words>.*)$/gm);
  return new Set([...headings].map(({ groups }) => anchorOf(groups?.['words'] ?? '')));
}

function anchorOf(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}_\- ]/gu, '')
    .replaceAll(' ', '-');
}
