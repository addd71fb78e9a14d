/**
 * One type for each role that a path or a name plays, so that one can't be used for another.
 *
 * | type | what it is | example |
 * |---|---|---|
 * | NameKey | a name in NFC: what both sides are compared by | `été.txt` |
 * | LocalName | the spelling on this disk, perhaps NFD | `e\u0301te\u0301.txt` |
 * | RemoteName | the spelling on the server | `été.txt` |
 * | SyncPath | NameKeys joined by `/`, relative to the pair; `''` is its root | `plans/été.txt` |
 * | RemotePath | RemoteNames joined by `/`, relative to the remote root | `plans/été.txt` |
 * | LocalPath | an absolute path of this computer | `/home/ana/Traboule/plans/…` |
 */
declare const role: unique symbol;
type Role<Name extends string> = string & { readonly [role]: Name };

export type NameKey = Role<'NameKey'>;
export type LocalName = Role<'LocalName'>;
export type RemoteName = Role<'RemoteName'>;
export type SyncPath = Role<'SyncPath'>;
export type RemotePath = Role<'RemotePath'>;
export type LocalPath = Role<'LocalPath'>;

/** Gives a text its role. The roles are made here and nowhere else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the role is chosen by the caller's type
function as<Path extends Role<string>>(text: string): Path {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists for the compiler only
  return text as Path;
}

export const rootPath: SyncPath = as('');
export const remoteRoot: RemotePath = as('');

/** The key both sides are compared by. */
export function nameKey(spelled: string): NameKey {
  return as(spelled.normalize('NFC'));
}

/** A name as the disk spells it. */
export function localName(spelled: string): LocalName {
  return as(spelled);
}

/** A name as the server spells it. */
export function remoteName(spelled: string): RemoteName {
  return as(spelled);
}

/** An absolute path of this computer. */
export function localPath(path: string): LocalPath {
  return as(path);
}

/** A path relative to the remote root, from names that were checked. */
export function remotePath(names: readonly string[]): RemotePath {
  return as(names.join('/'));
}

/** A path of the pair that was one before: from the journal, or from an event. */
export function knownSyncPath(path: string): SyncPath {
  return as(path);
}

/** `parent/name`, or `name` alone under the root. */
export function joinSync(parent: SyncPath, name: NameKey): SyncPath {
  return as(parent === '' ? name : `${parent}/${name}`);
}

/** `parent/name` in the server's spelling. */
export function joinRemote(parent: RemotePath, name: RemoteName): RemotePath {
  return as(parent === '' ? name : `${parent}/${name}`);
}

/** Splits the last name off; the root has none. */
export function splitSync(path: SyncPath): { readonly parent: SyncPath; readonly name: NameKey } {
  const slash = path.lastIndexOf('/');
  return slash === -1
    ? { parent: rootPath, name: as(path) }
    : { parent: as(path.slice(0, slash)), name: as(path.slice(slash + 1)) };
}

/** Whether `path` is `folder` or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** What the outside gave as a path of the pair, normalised; throws on a path that leaves it. */
export function toSyncPath(given: string): SyncPath {
  const names = given
    .normalize('NFC')
    .split('/')
    .filter((name) => name !== '');
  if (names.some((name) => name === '.' || name === '..' || name.includes('\0'))) {
    throw new RangeError('a path of the pair has no . or .. in it');
  }
  return as(names.join('/'));
}
