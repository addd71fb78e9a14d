import type { LocalEntry, RemoteEntry } from '../model/entries.ts';
import { localName, rootPath, type SyncPath } from '../model/paths.ts';
import { isOwnName } from './own-names.ts';
import { wildcard } from './wildcard.ts';

/** Names that no one means to share: locks, halves of downloads, what file managers leave behind. */
const builtIn: readonly string[] = [
  '.~lock.*#',
  '~$*',
  '*.~tmp',
  '*.part',
  '*.filepart',
  '*.crdownload',
  '*.partial',
  '.*.sw?',
  '.#*',
  '.fuse_hidden*',
  '.nfs????????*',
  '.goutputstream-*',
  '.DS_Store',
  '.AppleDouble',
  '._*',
  '.Spotlight-V100',
  '.Trashes',
  '.Trash-*',
  '.fseventsd',
  'Thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$RECYCLE.BIN',
  'System Volume Information',
  '.directory',
  '.sync_*.db*',
  '._sync_*.db*',
  '.owncloudsync.log*',
  '.nextcloudsync.log*',
  '.sync-exclude.lst',
];
const isBuiltIn = anyOf(builtIn);

/** The file in the pair's root that says what else is left alone, a pattern a line. */
export const excludeFile = localName('.sync-exclude');

/** Who wants something to be left alone: everybody, whoever set the program up, or the folder's own list. */
export type IgnoredBy = 'builtIn' | 'rules' | 'excludeFile';

/** Tells whether what stands in a folder is left alone, on both sides, and who wants that. */
export type Ignoring = (
  folder: SyncPath,
  name: string,
  kind: (LocalEntry | RemoteEntry)['kind'],
) => IgnoredBy | undefined;

/** All patterns, in a form that changes when one of them does. */
export function ignoreKey(rules: readonly string[], excluded: readonly string[]): string {
  return JSON.stringify([...builtIn, ...rules, ...excluded.map((line) => `\n${line}`)]);
}

/**
 * Makes the test for what is left alone. In a pattern `*` is any text, `?` any character, and case is ignored. It is
 * matched on each name, but on the path from the root when it has a `/` before its end; with a `/` at its end it
 * means folders only.
 *
 * @param rules patterns of the administrator or the command line
 * @param excluded those of the folder's own list
 */
export function ignoring(rules: readonly string[], excluded: readonly string[] = []): Ignoring {
  const lists = [
    { by: 'builtIn', isIn: isBuiltIn },
    { by: 'rules', isIn: anyOf(rules) },
    { by: 'excludeFile', isIn: anyOf(excluded) },
  ] as const;
  return (folder, name, kind) => {
    if (isOwnName(name)) return 'builtIn';
    if (folder === rootPath && name === excludeFile) return undefined;
    const place = { folder, name: folded(name), isFolder: kind === 'folder' };
    return lists.find(({ isIn }) => isIn(place))?.by;
  };
}

/** An entry as patterns see it; its name folded. */
interface Standing {
  readonly folder: SyncPath;
  readonly name: string;
  readonly isFolder: boolean;
}

type Test = (standing: Standing) => boolean;

function anyOf(patterns: readonly string[]): Test {
  const tests = patterns.map(testOf).filter((test) => test !== undefined);
  return (standing) => tests.some((test) => test(standing));
}

function testOf(pattern: string): Test | undefined {
  const isForFolders = pattern.endsWith('/');
  const names = folded(pattern)
    .split('/')
    .filter((name) => name !== '');
  const last = names.at(-1);
  if (last === undefined) return undefined;
  const isName = wildcard(last);
  const isAnchored = names.length > 1 || pattern.startsWith('/');
  const above = names.slice(0, -1).map(wildcard);
  return ({ folder, name, isFolder }) =>
    isName(name) && (isFolder || !isForFolders) && (!isAnchored || isPathOf(above, folder));
}

function isPathOf(tests: readonly ((name: string) => boolean)[], folder: SyncPath): boolean {
  const names = folder === rootPath ? [] : folded(folder).split('/');
  return names.length === tests.length && tests.every((test, index) => test(names[index] ?? ''));
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
