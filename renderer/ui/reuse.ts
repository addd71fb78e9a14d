/**
 * Structural sharing: gives `next` with every part that equals the matching part of `previous` replaced by that
 * part, so that unchanged rows keep their identity and do not render again. Snapshots come from another thread as
 * fresh copies; only plain data (objects, arrays, primitives) is shared, anything else is taken from `next`.
 * Array items are matched by their `key` or `id` where they have one, else by position.
 */
export function reuse<T>(previous: T | null | undefined, next: T): T {
  if (Object.is(previous, next) || previous === null || previous === undefined) return next;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- equal to `next` in every part
  return share(previous, next) as T;
}

function share(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) return shareArray(previous, next);
  if (isPlain(previous) && isPlain(next)) return shareObject(previous, next);
  return next;
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byName = new Map(previous.map((item, index) => [nameOf(item, index), item]));
  const shared = next.map((item, index) => share(byName.get(nameOf(item, index)), item));
  const same = shared.length === previous.length && shared.every((item, i) => Object.is(item, previous[i]));
  return same ? previous : shared;
}

/** Own properties only, set as data: `__proto__` is a name like another. */
function shareObject(previous: Plain, next: Plain): Plain {
  const own = (name: string): unknown => (Object.hasOwn(previous, name) ? previous[name] : undefined);
  const shared = Object.entries(next).map(([name, value]) => [name, share(own(name), value)] as const);
  const same =
    shared.length === Object.keys(previous).length &&
    shared.every(([name, value]) => Object.hasOwn(previous, name) && Object.is(value, previous[name]));
  return same ? previous : Object.fromEntries(shared);
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function nameOf(item: unknown, index: number): unknown {
  if (!isPlain(item)) return index;
  return item['key'] ?? item['id'] ?? index;
}
