import type { Guard } from '../api.ts';
import type { Journal } from '../journal/journal.ts';
import type { LocalFolder, RemoteFolder } from '../model/entries.ts';
import { LocalFailure, RemoteFailure } from '../model/failures.ts';
import { type LocalPath, localName, nameKey, remoteName } from '../model/paths.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileSystem } from '../ports/file-system.ts';
import type { Remote, RemoteIdentity } from '../ports/remote.ts';
import { inTime, type RootPlace } from './root-place.ts';

/** Both ends of a pair, found to be the ones that the journal speaks of. */
export interface Roots {
  readonly local: LocalFolder;
  readonly path: LocalPath;
  readonly remote: RemoteFolder;
}

export type RootCheck =
  | { readonly kind: 'ready'; readonly roots: Roots }
  | { readonly kind: 'guarded'; readonly reason: Guard['reason'] };

interface RootTask {
  readonly fileSystem: FileSystem;
  readonly remote: Remote;
  readonly journal: Journal;
  readonly localDir: LocalPath;
  readonly place: RootPlace;
  readonly clock: Clock;
  readonly makeFolders: (path: LocalPath) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Makes sure that both ends are the ones that were in sync before. What the journal says of one folder must
 * never be applied to another: an unmounted disk, a folder put in its place, another account, a restored server.
 */
export async function checkRoots(task: RootTask): Promise<RootCheck> {
  const known = task.journal.synced.root !== undefined;
  const local = await findLocal(task, known);
  if (local === undefined) return guarded('localRootMissing');
  const identity = await findRemote(task, known);
  if (identity === undefined) return guarded('remoteRootMissing');
  const roots = { local: local.entry, path: local.path, remote: identity.root };
  const reason = differenceOf(task.journal, roots, identity);
  if (reason !== undefined) return guarded(reason);
  rememberRoots(task.journal, roots, identity);
  return { kind: 'ready', roots };
}

function guarded(reason: Guard['reason']): RootCheck {
  return { kind: 'guarded', reason };
}

async function findLocal(
  task: RootTask,
  known: boolean,
): Promise<{ readonly entry: LocalFolder; readonly path: LocalPath } | undefined> {
  const { fileSystem, localDir, clock, signal } = task;
  if (!known) await inTime(task.makeFolders(localDir), clock, signal);
  try {
    const path = await task.place.find(signal);
    const entry = await fileSystem.look(path);
    if (entry?.kind !== 'folder') throw new LocalFailure('other', { what: entry?.kind ?? 'missing' });
    return { entry, path };
  } catch (error) {
    if (error instanceof LocalFailure && error.code === 'missing') return undefined;
    throw error;
  }
}

async function findRemote(task: RootTask, known: boolean): Promise<RemoteIdentity | undefined> {
  try {
    return await task.remote.identify(task.signal);
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.code !== 'notFound') throw error;
    if (known) return undefined;
    await task.remote.createRoot(task.signal);
    return task.remote.identify(task.signal);
  }
}

function differenceOf(journal: Journal, roots: Roots, identity: RemoteIdentity): Guard['reason'] | undefined {
  const { root } = journal.synced;
  if (root === undefined) return undefined;
  if (!isSameAccount(journal, roots, identity)) return 'accountChanged';
  if (root.remoteId !== roots.remote.id) return 'remoteRootReplaced';
  const isReborn = root.born !== 0n && roots.local.born !== 0n && root.born !== roots.local.born;
  if (root.inode !== roots.local.inode || isReborn) return 'localRootReplaced';
  return journal.meta('fingerprint') === identity.fingerprint ? undefined : 'serverRestored';
}

/** The folder may have another name by now: its id tells that it is the same one. */
function isSameAccount(journal: Journal, { remote }: Roots, { account, owner }: RemoteIdentity): boolean {
  const known = journal.meta('account');
  const isSameFolder = remote.id !== '' && remote.id === journal.synced.root?.remoteId;
  return known === account || (isSameFolder && known?.startsWith(`${owner} /`) === true);
}

function rememberRoots(journal: Journal, roots: Roots, identity: RemoteIdentity): void {
  if (journal.synced.root !== undefined) {
    if (journal.meta('account') !== identity.account) journal.setMeta('account', identity.account);
    return;
  }
  journal.transaction(() => {
    journal.setMeta('account', identity.account);
    journal.setMeta('fingerprint', identity.fingerprint);
    journal.putRoot({
      kind: 'folder',
      choice: 'here',
      name: nameKey(''),
      localName: localName(''),
      remoteName: remoteName(''),
      remoteId: roots.remote.id,
      permissions: roots.remote.permissions,
      etag: '',
      inode: roots.local.inode,
      born: roots.local.born,
    });
  });
}
