import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GUIDES, ROOT } from './pictures.ts';

/** The guides that are there in both languages: the English and the French one. */
export const TWINS: readonly (readonly [english: string, french: string])[] = [
  ['administrators.md', 'administrateurs.md'],
  ['deploying.md', 'deploiement.md'],
  ['diagnostics.md', 'diagnostic.md'],
  ['files.md', 'fichiers.md'],
  ['first-steps.md', 'premiers-pas.md'],
  ['integrators.md', 'integrateurs.md'],
  ['network.md', 'reseau.md'],
];

/** Those that are for people who read code, or that list what was measured and tried: in English only. */
export const ENGLISH_ONLY: readonly string[] = [
  'bad-input.md',
  'performance.md',
  'security-checklist.md',
  'verified.md',
];

/** The names of all guides. */
export async function guides(): Promise<readonly string[]> {
  return (await readdir(GUIDES)).filter((name) => name.endsWith('.md')).toSorted();
}

/** The text of a guide; README.md, which stands above them, is one too. */
export function textOf(guide: string): string {
  return readFileSync(join(guide === 'README.md' ? ROOT : GUIDES, guide), 'utf8');
}

/** A picture that a guide shows. */
export interface Shown {
  readonly guide: string;
  /** Its file in the folder of pictures. */
  readonly file: string;
  /** What is said instead to people who do not see it. */
  readonly alternative: string;
}

/** The pictures of a guide, in their order. */
export function picturesIn(guide: string): readonly Shown[] {
  const found = textOf(guide).matchAll(/!\[(?<alternative>[^\]]*)\]\((?:docs\/)?pictures\/(?<file>[^)]+)\)/g);
  return [...found].map(({ groups }) => ({
    guide,
    file: groups?.['file'] ?? '',
    alternative: groups?.['alternative'] ?? '',
  }));
}
