import { callDictionaries } from '../../renderer/calls/window/words.ts';
import { dictionaries } from '../../renderer/i18n/dictionaries.ts';

/**
 * The words of the interface in the language that the page speaks, given those it has in French: scenes name buttons
 * and fields by their French words. What is no text of the interface stays as it is.
 */
export function asSaid(french: string): string {
  if (document.documentElement.lang !== 'en') return french;
  return (
    sameText(french, dictionaries.fr, dictionaries.en) ??
    sameText(french, callDictionaries.fr, callDictionaries.en) ??
    french
  );
}

/** The text of the other tree that stands where this one has the text looked for. */
function sameText(wanted: string, here: unknown, there: unknown): string | undefined {
  if (typeof here === 'string') return here === wanted && typeof there === 'string' ? there : undefined;
  if (!isTree(here) || !isTree(there)) return undefined;
  for (const [key, below] of Object.entries(here)) {
    const found = sameText(wanted, below, there[key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
