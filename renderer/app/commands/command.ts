import type { Phrase } from '../../i18n/index.ts';
import type { Workspace } from '../../salons/stores/workspace.ts';

/** Something a person can do by keyboard or by its name, as data. */
export interface Command {
  readonly id: string;
  readonly name: Phrase;
  /** Keys that do it, as `Ctrl+Shift+A`; Ctrl is the command key on a Mac. */
  readonly keys: readonly string[];
  /** Where it stands in the list of all keys. */
  readonly group: 'go' | 'salon' | 'view';
  /** Whether the search offers it by name. */
  readonly found: boolean;
  /** Whether it can be done now; always, when left out. */
  readonly available?: (workspace: Workspace) => boolean;
  readonly perform: (workspace: Workspace) => void;
}
