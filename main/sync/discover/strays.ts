import type { LocalEntry, RemoteEntry } from '../model/entries.ts';
import { type Observed, observe, takeName } from '../model/observed-tree.ts';
import { nameKey } from '../model/paths.ts';
import type { Claims } from '../reconcile/claims.ts';
import type { IgnoredBy } from './ignore.ts';

/**
 * What stands under names that are left alone on one side. Most of it is none of the engine's business. But what was in
 * sync may have come there by a rename, its own or that of a folder above it: it is not removed then. It is followed
 * once more, and forgotten when both sides have it there, as all that a new pattern leaves alone.
 */
export class Strays<Entry extends LocalEntry | RemoteEntry> {
  readonly #seen: Seen<Entry>[] = [];
  readonly #followed: Observed<Entry>[] = [];

  /** Takes note of a name that is left alone. What no one means to share is not followed: it is gone. */
  add(folder: Observed<Entry>, name: string, entry: Entry, by: IgnoredBy): void {
    takeName(folder, name);
    if (by !== 'builtIn') this.#seen.push({ folder, name, entry });
  }

  /**
   * The next one that is missed elsewhere, as a part of its tree; nothing when none is left.
   * To be called when all that is not left alone was offered, and again when what is in that one was.
   */
  followNext(claims: Claims<Entry>): Observed<Entry> | undefined {
    for (let seen = this.#seen.shift(); seen !== undefined; seen = this.#seen.shift()) {
      const { folder, name, entry } = seen;
      if (folder.children.has(nameKey(name))) continue;
      const node = observe(folder, name, entry);
      node.isStray = true;
      folder.takenNames?.delete(node.key);
      if (claims.offerMissed(node)) {
        this.#followed.push(node);
        return node;
      }
      release(node);
    }
    return undefined;
  }

  /** Those that turned out to be what was missed. To be called when all claims are settled: the others are left alone. */
  settle(): readonly Observed<Entry>[] {
    const strangers = this.#followed.filter(
      ({ claimed, held }) => claimed === undefined && held === undefined,
    );
    for (const node of strangers) release(node);
    return this.#followed.filter(({ claimed }) => claimed !== undefined);
  }
}

interface Seen<Entry extends LocalEntry | RemoteEntry> {
  readonly folder: Observed<Entry>;
  readonly name: string;
  readonly entry: Entry;
}

function release<Entry extends LocalEntry | RemoteEntry>({ parent, key }: Observed<Entry>): void {
  if (parent === undefined) return;
  parent.children.delete(key);
  takeName(parent, key);
}
