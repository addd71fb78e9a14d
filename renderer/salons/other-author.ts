import type { FileAuthor } from '../../preload/contract/files.ts';
import type { AuthorsByPath } from './stores/folder-authors.ts';

/** Who changed the file at the server that has a name already in use here: one that differs in capitals only may be it. */
export function otherAuthor(authors: AuthorsByPath, path: string): FileAuthor | null {
  const exact = authors.get(path);
  if (exact) return exact;
  const alike = path.toLowerCase();
  return [...authors.values()].find((each) => each.path.toLowerCase() === alike) ?? null;
}
