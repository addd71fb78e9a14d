import { isOfPerson } from '../../matrix/engine/names.ts';

/** How the names of all our databases begin. */
const OURS = 'traboule';
const PAGE = `${OURS}-page`;

/** Whose databases there are: Matrix id, and the name of the stores. */
export interface DatabaseOwner {
  readonly user: string;
  readonly stores: string;
}

/** The name of the page's own database, by the name of an account's stores. */
export function pageDatabaseName(stores: string): string {
  return stores === '' ? PAGE : `${PAGE}:${stores}`;
}

/**
 * Databases of ours that are nobody's: a sign-out that a crash cut short left them, or an account whose key was lost and
 * that began anew. Nobody can read them. None while it is not known whose there are.
 */
export function strayDatabases(names: readonly string[], owners: readonly DatabaseOwner[] | null): string[] {
  if (owners === null) return [];
  const isKept = (name: string): boolean =>
    owners.some(({ user, stores }) => name === pageDatabaseName(stores) || isOfPerson(name, user));
  return names.filter((name) => name.startsWith(OURS) && !isKept(name));
}
