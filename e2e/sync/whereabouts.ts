import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Ledger, textOf } from '../simulate/ledger.ts';
import { contentsOf } from './people.ts';
import { sha1, type Tree } from './rig.ts';

/** What became of everything that people wrote. */
export interface Whereabouts {
  /** Owed and nowhere. */
  readonly lost: readonly string[];
  /** Owed and only in a trash. */
  readonly inTrash: readonly string[];
  /** Conflict copies of what a person had done away with, as `path content`: nobody needs those. */
  readonly needless: readonly string[];
}

/**
 * Looks for all that is owed: in a tree, then in trashes of this disk. Of the contents whose checksums are in
 * `doubtful` nobody could know whether they had arrived: a copy of those is not needless, whatever came of them.
 */
export function whereaboutsOf(
  ledger: Ledger,
  tree: Tree,
  trashes: readonly string[],
  doubtful: ReadonlySet<string> = new Set(),
): Whereabouts {
  const live = new Set(Object.values(tree));
  const thrown = new Set(trashes.filter(existsSync).flatMap(contentsOf).map(textOf));
  const away = [...ledger.owed()].filter((content) => !live.has(content));
  const short = (content: string): string => content.slice(0, 12);
  return {
    lost: away.filter((content) => !thrown.has(content)).map(short),
    inTrash: away.filter((content) => thrown.has(content)).map(short),
    needless: Object.entries(tree)
      .filter(([path, content]) => isConflictCopy(path) && content !== '/' && !ledger.owed().has(content))
      .filter(([, content]) => !doubtful.has(sha1(content)))
      .map(([path, content]) => `${path} ${short(content)}`),
  };
}

/** A conflict copy of ours, or of Nextcloud's own client. */
export function isConflictCopy(path: string): boolean {
  return /\((?:copie en conflit|conflicted copy) \d{4}-\d\d-\d\d[^/]*$/.test(path);
}

/** The trash of an account of the stand-in, as files of this disk. */
export function serverTrash(base: string, user: string): string {
  return join(base, 'server', 'data', user, 'files_trashbin', 'files');
}
