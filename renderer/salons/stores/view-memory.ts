/** What is remembered of the view: nothing a person wrote, nothing secret. */
type Name = 'salon' | 'side' | 'list-width';
const PREFIX = 'traboule.view.';

/** Where the view's small choices are kept between starts: read at once, before the first frame. */
export interface ViewMemory {
  readonly read: (name: Name) => string | null;
  readonly write: (name: Name, value: string | null) => void;
  readonly clear: () => void;
}

const NAMES: readonly Name[] = ['salon', 'side', 'list-width'];

/** Keeps them in the page's own storage, each account's by the name of its stores. */
export function pageMemory(storage: Storage, stores: () => string): ViewMemory {
  const keyOf = (name: Name): string => (stores() === '' ? PREFIX : `${PREFIX}${stores()}.`) + name;
  return {
    read: (name) => storage.getItem(keyOf(name)),
    write: (name, value) => {
      if (value === null) storage.removeItem(keyOf(name));
      else storage.setItem(keyOf(name), value);
    },
    clear: () => {
      for (const name of NAMES) storage.removeItem(keyOf(name));
    },
  };
}

/** Keeps them as long as the page lives. */
export function passingMemory(): ViewMemory {
  const values = new Map<Name, string>();
  return {
    read: (name) => values.get(name) ?? null,
    write: (name, value) => {
      if (value === null) values.delete(name);
      else values.set(name, value);
    },
    clear: () => values.clear(),
  };
}
