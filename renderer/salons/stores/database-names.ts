import { isOfPerson, passingPrefix } from '../../matrix/engine/names.ts';

/** How the names of all our databases begin. */
const OURS = 'traboule';
const PAGE = `${OURS}-page`;

/** Whose databases there are: Matrix id, the name of the stores, and that of those whose key is written nowhere. */
export interface DatabaseOwner {
  readonly user: string;
  readonly stores: string;
  readonly passing: string | null;
}

/** The name of the page's own database, by the names of an account's stores. */
export function pageDatabaseName({ stores, passing }: Pick<DatabaseOwner, 'stores' | 'passing'>): string {
  if (passing !== null) return `${passingPrefix(passing)}page`;
  return stores === '' ? PAGE : `${PAGE}:${stores}`;
}

/**
 * Databases of ours that are nobody's: a sign-out that a crash cut short left them, or a program that had their key in
 * memory only. Nobody can read them. None while it is not known whose there are; what a key store may open again is an
 * account's, and stays.
 */
export function strayDatabases(names: readonly string[], owners: readonly DatabaseOwner[] | null): string[] {
  if (owners === null) return [];
  const isKept = (name: string): boolean =>
    owners.some(
      ({ user, stores, passing }) =>
        name === pageDatabaseName({ stores, passing: null }) ||
        isOfPerson(name, user) ||
        (passing !== null && name.startsWith(passingPrefix(passing))),
    );
  return names.filter((name) => name.startsWith(OURS) && !isKept(name));
}
