/** What is remembered of the view: nothing a person wrote, nothing secret. */
type Name = 'salon' | 'side' | 'list-width';
const PREFIX = 'traboule.view.';

/** Where the view's small choices are kept between starts: read at once, before the first frame. */
export interface ViewMemory {
  readonly read: (name: Name) => string | null;
  readonly write: (name: Name, value: string | null) => void;
  readonly clear: () => void;
}

/** Keeps them in the page's own storage. */
export function pageMemory(storage: Storage): ViewMemory {
  return {
    read: (name) => storage.getItem(PREFIX + name),
    write: (name, value) => {
      if (value === null) storage.removeItem(PREFIX + name);
      else storage.setItem(PREFIX + name, value);
    },
    clear: () => storage.clear(),
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
