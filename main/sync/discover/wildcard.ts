/**
 * Makes the test for a pattern in which `*` is any text and `?` any one character. Not a regular expression: a pattern
 * may come from anybody who writes to the folder, and whatever it says, a name takes at most pattern times name steps.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const head = pattern.slice(0, pattern.search(/[*?]/));
  const tail = pattern.slice(Math.max(pattern.lastIndexOf('*'), pattern.lastIndexOf('?')) + 1);
  const characters = Array.from(pattern);
  return (text) => text.startsWith(head) && text.endsWith(tail) && matches(characters, Array.from(text));
}

/** The last `*` takes as little as it can, and one character more each time what follows it does not fit. */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let star: { readonly next: number; readonly taken: number } | undefined;
  for (let position = 0; position < text.length; ) {
    if (pattern[at] === '*') {
      at += 1;
      star = { next: at, taken: position };
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[position])) {
      at += 1;
      position += 1;
    } else if (star === undefined) {
      return false;
    } else {
      star = { next: star.next, taken: star.taken + 1 };
      at = star.next;
      position = star.taken;
    }
  }
  return pattern.slice(at).every((character) => character === '*');
}
