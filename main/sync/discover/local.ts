import {
  isAway,
  isUnseen,
  type LocalEntry,
  type LocalFile,
  type LocalFolder,
  type SyncedFile,
  type SyncedNode,
} from '../model/entries.ts';
import { LocalFailure, throwIfAborted } from '../model/failures.ts';
import {
  eachObserved,
  type Observed,
  type ObservedLocal,
  observe,
  observedPath,
} from '../model/observed-tree.ts';
import { joinSync, type LocalName, type LocalPath, nameKey, type SyncPath } from '../model/paths.ts';
import type { SyncedTree } from '../model/synced-tree.ts';
import type { FileSystem, ListedEntry } from '../ports/file-system.ts';
import { Claims } from '../reconcile/claims.ts';
import type { Finding } from './finding.ts';
import type { Ignoring } from './ignore.ts';
import { type LeftOut, leftOutFor } from './left-out.ts';
import { remoteNameProblem } from './names.ts';
import { ownPrefix } from './own-names.ts';
import { Strays } from './strays.ts';
import { localPathOf, verifyFiles } from './verify.ts';

/** What a look at the disk needs. */
export interface LocalDiscovery {
  readonly fileSystem: FileSystem;
  readonly root: LocalPath;
  readonly rootEntry: LocalFolder;
  readonly synced: SyncedTree;
  readonly ignoredBy: Ignoring;
  /** Bytes. */
  readonly maxFileSize: number;
  /** ms since 1970. */
  readonly now: number;
  readonly quietMs: number;
  readonly signal: AbortSignal;
  /** Rows whose moves are not to be followed in this run. */
  readonly entangled: ReadonlySet<number>;
}

/** A file that the engine made for itself, perhaps before a crash. */
export interface OwnFile {
  readonly name: LocalName;
  readonly at: LocalPath;
  readonly folder: LocalPath;
  readonly folderPath: SyncPath;
}

/** The disk as it was found. */
export interface LocalFindings {
  readonly root: ObservedLocal;
  readonly claims: Claims<LocalEntry>;
  readonly complete: boolean;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  /** What was in sync and has come to names that are left alone. */
  readonly strays: readonly ObservedLocal[];
  /** Files of the engine's own that stand about. */
  readonly own: readonly OwnFile[];
  /** Files and folders that changed too recently to be trusted, or while they were looked at: look again soon. */
  readonly young: readonly SyncPath[];
}

/** Looks at the whole local folder, and at the content of files that may have changed. */
export async function discoverLocal(task: LocalDiscovery): Promise<LocalFindings> {
  const findings: Finding[] = [];
  const leftOut: LeftOut[] = [];
  const own: OwnFile[] = [];
  const restless: SyncPath[] = [];
  const unseen: SyncPath[] = [];
  const strays = new Strays<LocalEntry>();
  const into = { findings, leftOut, own, restless, unseen, strays };
  const root = observe<LocalEntry>(undefined, '', task.rootEntry);
  await scanFolder(root, task.root, task, into);
  const claims = new Claims<LocalEntry>(
    task.synced,
    (node, inPlace) => identify(node, inPlace, task),
    root,
    true,
    (known) => !isAway(known),
  );
  offerAll(claims);
  for (let stray = strays.followNext(claims); stray !== undefined; stray = strays.followNext(claims)) {
    if (stray.entry.kind === 'folder') await scanFolder(stray, localPathOf(stray, task), task, into);
    offerAll(claims);
  }
  const young = [...restless, ...(await verifyFiles(root, claims, task, { findings, leftOut }))];
  // What is missed elsewhere may be what could not be looked at.
  const complete = unseen.length === 0 && eachObserved(root).every((node) => node.listing !== 'failed');
  return { root, claims, complete, findings, leftOut, strays: strays.settle(), own, young };
}

/** Offers all that is in settled folders, until no folder is in doubt. */
function offerAll(claims: Claims<LocalEntry>): void {
  do {
    for (let ready = claims.takeReady(); ready.length > 0; ready = claims.takeReady()) {
      for (const folder of ready) for (const child of folder.children.values()) claims.offer(child);
    }
  } while (claims.settleNextFolder());
}

/** What a scan collects beside the tree. */
interface Collected {
  readonly findings: Finding[];
  readonly leftOut: LeftOut[];
  readonly own: OwnFile[];
  readonly restless: SyncPath[];
  /** What could not be looked at: it may be anything. */
  readonly unseen: SyncPath[];
  readonly strays: Strays<LocalEntry>;
}

async function scanFolder(
  folder: ObservedLocal,
  path: LocalPath,
  task: LocalDiscovery,
  into: Collected,
): Promise<void> {
  throwIfAborted(task.signal);
  const { findings, own } = into;
  const listed = await listOrReport(folder, path, task, into);
  if (listed === undefined) return;
  if (listed.unreadableNames > 0) {
    folder.keeps = true;
    report(folder, 'notUnicode', { count: listed.unreadableNames }, findings);
  }
  const folderPath = observedPath(folder);
  for (const { name, entry } of listed.entries) {
    const at = task.fileSystem.join(path, name);
    if (name.startsWith(ownPrefix)) own.push({ name, at, folder: path, folderPath });
    const by = task.ignoredBy(folderPath, name, entry.kind);
    if (isUnseen(entry) && by !== 'builtIn')
      noteUnseen(joinSync(folderPath, nameKey(name)), entry.errno, into);
    if (by !== undefined) {
      into.strays.add(folder, name, entry, by);
      const code = leftOutFor(by);
      if (code !== undefined) into.leftOut.push({ path: joinSync(folderPath, nameKey(name)), code });
      continue;
    }
    const child = admit(folder, name, entry, into);
    if (child?.entry.kind === 'folder' && child.held === undefined) await scanFolder(child, at, task, into);
  }
}

/**
 * Lists a folder, and makes sure that it was that very folder: another may have come to stand in its place since
 * it was seen, an unmounted disk's empty one for example, and then nothing is missing from this one.
 */
async function listOrReport(
  folder: ObservedLocal,
  path: LocalPath,
  task: LocalDiscovery,
  { findings, restless }: Collected,
): Promise<{ readonly entries: readonly ListedEntry[]; readonly unreadableNames: number } | undefined> {
  try {
    const listed = await task.fileSystem.list(path);
    if (isSameFolder(await task.fileSystem.look(path), folder.entry)) return listed;
    restless.push(observedPath(folder));
  } catch (error) {
    if (!(error instanceof LocalFailure) || folder.parent === undefined) throw error;
    if (error.code === 'missing') restless.push(observedPath(folder));
    else report(folder, 'localUnreadable', error.data, findings);
  }
  folder.listing = 'failed';
  return undefined;
}

function isSameFolder(found: LocalEntry | undefined, expected: LocalEntry): boolean {
  if (found?.kind !== 'folder' || expected.kind !== 'folder') return false;
  return found.inode === expected.inode && found.born === expected.born;
}

/** Hangs an entry into the tree, unless its name is already taken by another spelling of the same. */
function admit(
  folder: ObservedLocal,
  name: ListedEntry['name'],
  entry: LocalEntry,
  { findings, leftOut }: Collected,
): ObservedLocal | undefined {
  if (folder.children.has(nameKey(name))) {
    folder.keeps = true;
    const path = joinSync(observedPath(folder), nameKey(name));
    findings.push({ path, code: 'nameClash', action: 'scan', data: { name } });
    return undefined;
  }
  const child = observe(folder, name, entry);
  if (isUnseen(entry)) {
    child.held = 'localUnreadable';
    return child;
  }
  if (entry.kind === 'special') {
    child.held = 'special';
    const code = entry.what === 'link' ? 'leftOutLink' : 'leftOutSpecial';
    leftOut.push({ path: observedPath(child), code });
    return child;
  }
  const problem = remoteNameProblem(name);
  child.held = problem;
  if (problem !== undefined) report(child, problem, {}, findings);
  return child;
}

/** It stays as it was, with its problem told; nothing can be concluded about what is missing elsewhere. */
function noteUnseen(path: SyncPath, errno: string, { findings, unseen }: Collected): void {
  unseen.push(path);
  findings.push({ path, code: 'localUnreadable', action: 'scan', data: { errno } });
}

/** By inode, wherever they are; a file that is no other one under its old name, whatever wrote it. */
function identify(
  node: Observed<LocalEntry>,
  inPlace: SyncedNode | undefined,
  task: LocalDiscovery,
): SyncedNode | undefined {
  const { entry } = node;
  if (entry.kind === 'special') return undefined;
  const known = inPlace?.inode === entry.inode ? inPlace : task.synced.byInode(entry.inode);
  if (entry.kind === 'file' && inPlace?.kind === 'file') {
    return isMoved(known, entry) && !task.entangled.has(known.row) ? known : inPlace;
  }
  if (known === undefined || task.entangled.has(known.row)) return undefined;
  if (entry.kind === 'folder') {
    return known.kind === 'folder' && entry.born !== 0n && known.born === entry.born ? known : undefined;
  }
  return isMoved(known, entry) ? known : undefined;
}

/** Whether it looks like that file at another place; only its content tells for certain. */
function isMoved(known: SyncedNode | undefined, entry: LocalFile): known is SyncedFile {
  return known?.kind === 'file' && entry.size === known.size && entry.modified === known.modified;
}

function report(
  node: ObservedLocal,
  code: Finding['code'],
  data: Finding['data'],
  findings: Finding[],
): void {
  findings.push({ path: observedPath(node), code, action: 'scan', data });
}
