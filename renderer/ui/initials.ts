/** Words that carry no initial: "Accueil des nouveaux" is AN. */
const SMALL_WORDS = new Set([
  'de',
  'des',
  'du',
  'la',
  'le',
  'les',
  'et',
  'en',
  'au',
  'aux',
  'à',
  'the',
  'of',
  'and',
]);
const TINTS = 6;

/**
 * One or two letters that stand for a name: the first of the first and second word for a salon, of the first and
 * last for a person (what stands in brackets at the end is their organisation). `?` where the name has no letter or figure.
 */
export function initials(name: string, salon = false): string {
  const words = name
    .normalize('NFC')
    .replace(/\s*\([^)]*\)\s*$/u, '')
    .split(/[\s,;:()'’\-_/]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const telling = words.filter((word) => !SMALL_WORDS.has(word.toLowerCase()) && !/^[a-z]$/i.test(word));
  const chosen = telling.length > 0 ? telling : words;
  const first = chosen[0];
  if (first === undefined) return '?';
  const second = salon ? chosen[1] : chosen.at(-1);
  const letters = second === undefined || second === first ? [first] : [first, second];
  return letters.map((word) => letter(word)).join('');
}

function letter(word: string): string {
  return (/[\p{L}\p{N}]/u.exec(word)?.[0] ?? '').toLocaleUpperCase('fr');
}

/** A colour from 1 to 6, always the same for a seed (FNV-1a). */
export function tintOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) {
    hash ^= seed.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return ((hash >>> 0) % TINTS) + 1;
}
