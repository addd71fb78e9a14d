import type { LeftOut, LeftOutCode } from '../discover/left-out.ts';
import type { Journal } from '../journal/journal.ts';
import { allLeftOut, forgetLeftOut, saveLeftOut } from '../journal/left-out.ts';
import type { LocalEntry, RemoteEntry } from '../model/entries.ts';
import type { Observed, ObservedLocal, ObservedRemote } from '../model/observed-tree.ts';
import { nameKey, type SyncPath } from '../model/paths.ts';
import type { Reporter } from '../propagate/context.ts';

/** Both sides as they were found, with what is left out on each. */
export interface LeftOutFindings {
  readonly local: { readonly root: ObservedLocal; readonly leftOut: readonly LeftOut[] };
  readonly remote: { readonly root: ObservedRemote; readonly leftOut: readonly LeftOut[] };
}

/** So many are named for each reason; the last one stands for the others too. */
const mostNamed = 20;

/** Tells of what is left out, of each thing once as long as it is there. */
export function tellLeftOut({ local, remote }: LeftOutFindings, journal: Journal, reporter: Reporter): void {
  const told = new Set(allLeftOut(journal));
  const found = new Map([...remote.leftOut, ...local.leftOut].map((each) => [each.path, each.code]));
  const fresh = [...found].filter(([path]) => !told.has(path));
  const isOver = (path: SyncPath): boolean =>
    !found.has(path) && isWithout(local.root, path) && isWithout(remote.root, path);
  const over = [...told].filter(isOver);
  if (fresh.length === 0 && over.length === 0) return;
  journal.transaction(() => {
    for (const path of over) forgetLeftOut(journal, path);
    for (const [path] of fresh) saveLeftOut(journal, path);
  });
  for (const [code, paths] of Map.groupBy(fresh, ([, why]) => why)) {
    tellOf(
      code,
      paths.map(([path]) => path),
      reporter,
    );
  }
}

function tellOf(code: LeftOutCode, paths: readonly SyncPath[], reporter: Reporter): void {
  const named = paths.slice(0, mostNamed);
  for (const [index, path] of named.entries()) {
    reporter.notice(code, path, index === mostNamed - 1 ? paths.length - index : 1);
  }
}

/** Whether a side was looked at where something was left out, and it is not left out there any more. */
function isWithout<Entry extends LocalEntry | RemoteEntry>(root: Observed<Entry>, path: SyncPath): boolean {
  let node = root;
  for (const name of path.split('/')) {
    const child = node.children.get(nameKey(name));
    if (child === undefined) return node.listing === 'listed' && node.held === undefined;
    node = child;
  }
  return true;
}
