import type * as NativeReg from 'native-reg';
import type { ReadKey, RegistryKey, RegistryValue } from './registry.ts';

/** What is used of the native module; it is there on Windows only. */
export type Native = Pick<
  typeof NativeReg,
  'HKLM' | 'HKCU' | 'Access' | 'openKey' | 'closeKey' | 'enumValueNames' | 'enumKeyNames' | 'queryValue'
>;

/** The registry by way of native-reg, which is loaded at the first question. */
export function nativeRegistry(load: () => Promise<Native> = () => import('native-reg')): ReadKey {
  return async (hive, path) => {
    const native = await load();
    return withKey(native, native[hive], path, (key) => ({
      values: valuesOf(native, key),
      lists: Object.fromEntries(
        native
          .enumKeyNames(key)
          .map((name) => [
            name,
            withKey(native, key, name, (list) => stringsOf(valuesOf(native, list))) ?? [],
          ]),
      ),
    }));
  };
}

function withKey<T>(
  native: Native,
  parent: NativeReg.HKEY,
  path: string,
  use: (key: NativeReg.HKEY) => T,
): T | null {
  const { READ, WOW64_64KEY } = native.Access;
  const key = native.openKey(parent, path, READ | WOW64_64KEY); // a 32-bit program would be shown another place
  if (key === null) return null;
  try {
    return use(key);
  } finally {
    native.closeKey(key);
  }
}

function valuesOf(native: Native, key: NativeReg.HKEY): RegistryKey['values'] {
  return Object.fromEntries(
    native.enumValueNames(key).map((name) => [name, plain(native.queryValue(key, name))]),
  );
}

function plain(value: NativeReg.ParsedValue | null): RegistryValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Array.isArray(value) ? value : null;
}

/** A list of a template has values 1, 2, 3 and so on. */
function stringsOf(values: RegistryKey['values']): string[] {
  const byName = new Intl.Collator('en', { numeric: true });
  return Object.entries(values)
    .toSorted(([one], [other]) => byName.compare(one, other))
    .flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
}
