import type { Finding } from './check/finding.ts';
import { filled, type Words } from './words.ts';

/** A finding as one line: where, what, and what to do. */
export function findingLine({ pack, file, field, code, about }: Finding, words: Words): string {
  const place = [`${pack}/${file}`, ...(field === '' ? [] : [field])].join(' ');
  const text = words.findings[code].replace('{remedy}', remedyOf(field, words));
  return `${place}: ${filled(text, ...about)}`;
}

/** How the value of a field must be. */
export function remedyOf(field: string, words: Words): string {
  return words.remedies.find(([pattern]) => pattern.test(field))?.[1] ?? words.remedy;
}
