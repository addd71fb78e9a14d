/** A key press as far as shortcuts look at it. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * Whether a press is a shortcut such as `Ctrl+Shift+A`. Letters and digits are matched by what they type and, for
 * digits, by where they lie too: on a French keyboard the digits of the upper row need Shift. `?` is matched by what
 * it types, wherever it lies.
 */
export function matches(press: Press, shortcut: string, mac: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const primary = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (primary !== parts.includes('Ctrl') || press.altKey !== parts.includes('Alt') || other) return false;
  if (/^\d$/.test(key))
    return press.code === `Digit${key}` || press.code === `Numpad${key}` || press.key === key;
  if (key === '?') return press.key === '?';
  return press.shiftKey === parts.includes('Shift') && press.key.toLowerCase() === key.toLowerCase();
}

/** Keys a person types texts with are theirs while they write. */
export function isTyped(press: Press): boolean {
  return press.key.length === 1 && !press.ctrlKey && !press.metaKey && !press.altKey;
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** A shortcut in parts as it stands on the keys: `Ctrl`, `Maj`, `A`. */
export function keyNames(
  shortcut: string,
  names: { readonly shift: string; readonly escape: string; readonly enter: string },
  mac: boolean,
): readonly string[] {
  return shortcut.split('+').map((part) => {
    if (part === 'Ctrl') return mac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return mac ? '⇧' : names.shift;
    if (part === 'Escape') return names.escape;
    if (part === 'Enter') return names.enter;
    return NAMES[part] ?? part;
  });
}
