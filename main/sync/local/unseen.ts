import { type LocalName, localName } from '../model/paths.ts';
import type { ListedEntry } from '../ports/file-system.ts';
import { errnoOf } from './local-failures.ts';

/** With more of them it is the folder that can't be looked at. */
const most = 20;
/** What the system says when a whole drive is gone: each further look would take as long to say so again. */
const ofDrives = new Set([
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENODEV',
  'ENOTCONN',
  'ENXIO',
  'ETIMEDOUT',
]);

/**
 * Entries of one folder that can't be looked at: a scanner holds one back, one is damaged or with a cloud that is away. The
 * others need not wait for them.
 */
export class Unseen {
  readonly entries: ListedEntry[] = [];
  #first: unknown;

  /** Takes one in; throws the error again where more than this one seems to be out of sight. */
  add(name: string, error: unknown): void {
    const errno = errnoOf(error);
    if (errno === undefined || ofDrives.has(errno) || this.entries.length === most) throw error;
    this.#first ??= error;
    const known: LocalName = localName(name);
    this.entries.push({ name: known, entry: { kind: 'special', what: 'unseen', errno } });
  }

  /** Throws when nothing of a folder of so many names could be looked at. */
  refuseAll(names: number): void {
    if (names > 1 && this.entries.length === names) throw this.#first;
  }
}
